"""How messages go out: at Telegram's pace, again after a failure, and once."""

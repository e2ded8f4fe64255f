"""Telegram's updates as they come: parsed, what python-telegram-bot does not know yet read, the rest cut away."""

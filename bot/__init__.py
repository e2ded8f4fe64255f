"""The Telegram bot: it knows Telegram, never how an answer is found."""

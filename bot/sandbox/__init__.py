"""A strict local Telegram Bot API server, and a chat with the bot in the terminal: Trích without a token.

`World` holds the state (users, chats, messages, updates, faults) and is what people act through; `serving` puts the
Bot API over it, and `/sandbox/` for other processes (see `control`); `chat` talks to the bot.
"""

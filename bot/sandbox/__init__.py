"""A strict local Telegram Bot API server, and a chat with the bot in the terminal: Trích without a token.

`World` holds the state (users, chats, messages, updates), `serving` puts the Bot API over it, `chat` talks to the bot.
"""

"""A strict local Bot API server, and a web page and a terminal to chat with the bot over it, without a token.

`World` holds the state (users, chats, messages, updates, faults) and is what people act through; `serving` puts the
Bot API over it, `/sandbox/` for other processes (see `control`, `live`), and the page (see `web`, `page/`); `chat` is
the terminal's.
"""

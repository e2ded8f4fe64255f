"""What the bot remembers of its chats, over restarts: SQLite files of its own, and what is kept in them."""

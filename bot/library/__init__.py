"""The library that the bot answers from, kept up to date while it does: read again, added to, one in use at a time."""

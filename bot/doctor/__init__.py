"""What is in order and what isn't, before or while the bot runs; with what to do about it."""

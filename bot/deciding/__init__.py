"""Whether a message is meant for the bot, and what it asks. Pure."""

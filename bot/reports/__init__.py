"""What the query log tells those who run the bot: how much was asked, what in vain, and all of it as a table."""

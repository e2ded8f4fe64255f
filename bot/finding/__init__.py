"""What the bot asks of the library, in worker processes: a question that hangs or crashes costs one of them."""

"""The query log: one row for each update, what people think of the answers, and how both are thinned and deleted."""

"""What all else stands on: SQLite files, the log of the program, health and metrics, lengths of texts, API errors."""

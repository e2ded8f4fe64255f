"""The SQLite file of articles, sentences and persons: adding, removing, and a snapshot for who reads."""

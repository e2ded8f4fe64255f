"""One module for each concern: read the update, call the library, reply."""

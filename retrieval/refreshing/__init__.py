"""Files → store: what is new or changed is read, by several processes where it is much."""

"""Channels whose posts are read, and the groups that discuss them."""

"""A session as messages between those that take part in it."""

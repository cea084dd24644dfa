"""The list of the messages that were shown."""

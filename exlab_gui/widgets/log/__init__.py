"""The log and one event of it."""

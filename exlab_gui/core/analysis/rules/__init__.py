"""The rules that a machine sets for the events of a session."""

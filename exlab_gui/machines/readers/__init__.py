"""One reader per kind of state machine."""

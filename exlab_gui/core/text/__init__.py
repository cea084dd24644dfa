"""Sessions in plain text."""

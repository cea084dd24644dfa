"""What the program says about sessions, as plain text."""

"""The form for the input that a plugin requires."""

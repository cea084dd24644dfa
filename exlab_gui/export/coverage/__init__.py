"""Coverage as files."""

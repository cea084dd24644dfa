"""Every dialog of the window."""

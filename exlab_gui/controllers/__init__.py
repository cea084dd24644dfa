"""The actions of the window."""

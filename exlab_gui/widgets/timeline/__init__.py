"""The timeline of a session, and the buttons that move along it."""

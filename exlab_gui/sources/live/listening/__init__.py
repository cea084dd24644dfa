"""Listening to the event streams of a server's sessions."""

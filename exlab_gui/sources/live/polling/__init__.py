"""Polling: when a server is asked, and what its answers tell."""

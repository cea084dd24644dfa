"""The form with which an operator answers a plugin."""

"""Views: each shows a model, and asks it for commands."""

"""Thin views: they show a model and emit what the user wants."""

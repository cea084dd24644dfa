"""What the window's actions do with the shown session: they decide, the widgets show."""

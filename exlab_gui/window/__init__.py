"""The window: its panes, its menus, and what it remembers."""

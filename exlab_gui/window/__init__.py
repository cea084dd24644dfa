"""The main window: panes, menus and saved layout."""

from tests.helpers.window import open_window, settings, theme, window

__all__ = ["open_window", "settings", "theme", "window"]

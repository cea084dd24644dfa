from tests.helpers.live_window import demo, nothing_found
from tests.helpers.window import open_window, settings, theme, window

__all__ = ["demo", "nothing_found", "open_window", "settings", "theme", "window"]

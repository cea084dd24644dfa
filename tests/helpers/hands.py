"""A user's hands, as the plugin has them, for our own tests."""

import pytest

from exlab_gui.testing.user_input import (
    click,
    double_click,
    drag,
    open_menu,
    place_of,
    press,
    press_shortcut,
    right_click,
    turn_wheel,
    write,
)

__all__ = [
    "POPUPS",
    "click",
    "double_click",
    "drag",
    "open_menu",
    "place_of",
    "press",
    "press_shortcut",
    "right_click",
    "turn_wheel",
    "write",
]

POPUPS = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)
"""For tests that open menus: the offscreen platform says this of itself then."""

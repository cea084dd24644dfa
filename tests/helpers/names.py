"""What a test reads in the window by names, as the plugin has it, for our own tests."""

from exlab_gui.testing.locators import (
    Row,
    Rows,
    Seen,
    diagram_item,
    find,
    headers,
    rows,
    seen,
    the_window,
)

__all__ = [
    "Row",
    "Rows",
    "Seen",
    "diagram_item",
    "find",
    "headers",
    "rows",
    "seen",
    "the_window",
]

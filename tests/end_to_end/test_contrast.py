"""What is painted can be read, in every theme: computed from the pixels of the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from exlab_gui.sources.commands import WalkTo
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.contrast import GRAPHICS_CONTRAST, STRONG, STRONG_TEXT, TEXT_CONTRAST, THEMES
from tests.helpers.rendered import contrast_in, painted, places
from tests.helpers.window import settle

SCHEME = Qt.ColorScheme

ANTIALIASED = 0.93
"""What is left of a contrast if no pixel of a stroke is wholly covered."""


def unreadable(widget: QWidget, name: str) -> dict[str, float]:
    """Return what has too little contrast in the theme of that name, and how much it has."""
    image = painted(widget)
    text, disabled = (STRONG_TEXT, TEXT_CONTRAST) if name in STRONG else (TEXT_CONTRAST, 3.0)
    found = {}
    for place in places(widget):
        if place.is_icon and not place.enabled:
            continue  # it is to stand back; its tool tip says why
        least = GRAPHICS_CONTRAST if place.is_icon else text if place.enabled else disabled
        if (ratio := contrast_in(image, place.frame)) < ANTIALIASED * least:
            found[f"{place.what} {place.frame.getRect()}"] = round(ratio, 2)
    return found


@pytest.mark.parametrize(
    ("name", "choice", "scheme", "state"),
    [
        ("light", "light", SCHEME.Light, "failed"),
        ("dark", "dark", SCHEME.Dark, "input_required"),
        ("contrast light", "contrast", SCHEME.Light, "input_required"),
        ("contrast dark", "contrast", SCHEME.Dark, "failed"),
    ],
)
def test_every_text_can_be_read(
    window: MonitorWindow, theme: Theme, name: str, choice: str, scheme: SCHEME, state: str
) -> None:
    """Text has 4.5 : 1 to its ground, 7 : 1 in high contrast; disabled text 3 and 4.5 : 1."""
    theme.choose(choice)
    QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)
    assert theme.colours is THEMES[name]
    window.session_actions.open()
    window.session.request(WalkTo(state))
    window.panes.messages.show_error("The disk is full.")
    settle()
    assert unreadable(window, name) == {}
    assert sum(1 for _ in places(window)) > 60


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("action", "dialog"),
    [("actionCommandPalette", "paletteDialog"), ("actionNotices", "noticesDialog")],
)
def test_lists_of_commands_and_notices_can_be_read(
    window: MonitorWindow, theme: Theme, name: str, action: str, dialog: str
) -> None:
    """With what is disabled, with errors, and with all of the chosen one."""
    theme.choose(name.split()[0])
    scheme = SCHEME.Dark if "dark" in name else SCHEME.Light
    QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)
    assert theme.colours is THEMES[name]
    window.panes.messages.show_info("Copied 3 rows")
    window.panes.messages.show_error("The disk is full.")
    window.actions_by_name[action].trigger()
    opened = window.findChild(QDialog, dialog)
    settle()
    assert unreadable(opened, name) == {}
    assert sum(1 for _ in places(opened)) > 8
    opened.close()

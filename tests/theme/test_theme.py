import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from exlab_gui import paths
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.theme.high_contrast import HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT
from exlab_gui.theme.theme import Theme, ThemeChoice
from tests.helpers.contrast import GRAPHICS_CONTRAST, contrast


def near_left_edge(widget: QWidget) -> str:
    """Return the colour with which `widget` is filled, taken beside its border."""
    widget.resize(80, 24)
    image = widget.window().grab().toImage()
    return image.pixelColor(widget.mapTo(widget.window(), QPoint(4, 12))).name().upper()


def test_a_theme_applies_itself_at_once(theme: Theme, qapp: QApplication) -> None:
    """Making a theme is enough: style, palette and style sheet are in place."""
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    assert LIGHT.accent in qapp.styleSheet()
    qapp.setStyleSheet("")  # which hides the style below it
    assert qapp.style().name() == "fusion"


def test_a_choice_changes_the_whole_application(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    """Choosing dark gives dark colours, palette and style sheet, and says so once."""
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert (theme.choice, theme.colours) == (ThemeChoice.DARK, DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert DARK.accent in qapp.styleSheet()
    assert LIGHT.accent not in qapp.styleSheet()


def test_a_change_is_painted_in_a_turn_of_its_own(theme: Theme, qtbot: QtBot) -> None:
    """What came meanwhile is answered first; then windows paint again, also after two changes."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    theme.choose("dark")
    theme.choose("light")
    assert not window.updatesEnabled()
    qtbot.waitUntil(window.updatesEnabled)


def test_choosing_what_is_shown_already_says_nothing(theme: Theme, qtbot: QtBot) -> None:
    """`changed` is emitted only where something looks different."""
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("light")


def test_an_unknown_choice_is_refused(theme: Theme) -> None:
    """A settings file with nonsense in it leaves the theme as it was."""
    with pytest.raises(ValueError, match="sepia"):
        theme.choose("sepia")
    assert theme.choice == ThemeChoice.LIGHT


def test_system_follows_the_system(theme: Theme, qapp: QApplication) -> None:
    """Where the system is followed, its changes are the window's changes."""
    theme.choose("system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours is DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.colours is LIGHT


def test_a_system_that_says_nothing_is_light(theme: Theme, qapp: QApplication) -> None:
    """A system that knows no schemes gets the light theme."""
    theme.choose("system")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert theme.colours is LIGHT


def test_a_choice_stands_against_the_system(theme: Theme, qapp: QApplication) -> None:
    """Who chose light keeps it when the system turns dark for the night."""
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours is LIGHT


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_looks_are_asked_for_by_role(theme: Theme, qtbot: QtBot, choice: str) -> None:
    """A widget that has a role has that look in either theme."""
    theme.choose(choice)
    primary, caption = QPushButton("Submit"), QLabel("caption")
    for widget, role in ((primary, "primary"), (caption, "caption")):
        widget.setProperty("role", role)
        qtbot.addWidget(widget)
    assert near_left_edge(primary) == theme.colours.accent
    caption.ensurePolished()
    assert caption.palette().color(QPalette.ColorRole.WindowText) == QColor(theme.colours.muted)


@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_legal_next_state_is_seen_on_its_button(
    theme: Theme, qtbot: QtBot, choice: str, kind: type[QAbstractButton]
) -> None:
    """A transition button has the accent's tint exactly while it is enabled, and needs no help."""
    theme.choose(choice)
    pane = QWidget()
    qtbot.addWidget(pane)
    button = kind(pane)
    button.setObjectName("transition_done")
    for enabled in (True, False, True):
        button.setEnabled(enabled)
        fill = theme.colours.accent_soft if enabled else theme.colours.window
        assert near_left_edge(button) == fill


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    """Every colour in the style sheet is one of the theme's, by name."""
    sheet = (paths.resources() / "qss" / "window.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(", sheet)


def test_the_style_sheet_shows_every_drawing_beside_it(theme: Theme, qapp: QApplication) -> None:
    """The style sheets of the two themes name the drawings that there are, and no others."""
    shown = set()
    for choice in ("light", "dark"):
        theme.choose(choice)
        shown |= set(re.findall(r'url\("(.*?)"\)', qapp.styleSheet()))
    assert shown == {path.as_posix() for path in (paths.resources() / "qss").glob("*.svg")}


def test_the_style_sheets_drawings_fit_the_themes() -> None:
    """Check marks have the colour of what stands on the accent; arrows are seen in both themes."""
    qss = paths.resources() / "qss"
    for name, colours in (("check-light", LIGHT), ("check-dark", DARK)):
        assert f'stroke="{colours.on_accent}"' in (qss / f"{name}.svg").read_text()
    for path in qss.glob("arrow-*.svg"):
        (stroke,) = re.findall(r'stroke="(#\w+)"', path.read_text())
        for colours in (LIGHT, DARK):
            assert contrast(stroke, colours.surface) >= GRAPHICS_CONTRAST


def test_high_contrast_is_chosen(theme: Theme, qapp: QApplication) -> None:
    """It is light or dark as the system is, with its own palette and style sheet."""
    theme.choose("contrast")
    assert theme.colours is HIGH_CONTRAST_LIGHT
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.colours is HIGH_CONTRAST_DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("#000000")
    assert "check-dark.svg" in qapp.styleSheet()


@pytest.mark.skipif(not hasattr(QStyleHints, "accessibility"), reason="since Qt 6.10")
def test_high_contrast_follows_the_system(theme: Theme, qapp: QApplication) -> None:
    """A system that asks for high contrast gets it, unless the user chose another theme."""
    theme.choose("system")
    asked = qapp.styleHints().accessibility().contrastPreferenceChanged
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    asked.emit(Qt.ContrastPreference.HighContrast)
    assert theme.colours is HIGH_CONTRAST_DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)  # as Windows' contrast themes
    assert theme.colours is HIGH_CONTRAST_LIGHT
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)  # which changes nothing
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(HIGH_CONTRAST_LIGHT.window)
    theme.choose("dark")
    assert theme.colours is DARK
    theme.choose("system")
    asked.emit(Qt.ContrastPreference.NoPreference)
    assert theme.colours is LIGHT

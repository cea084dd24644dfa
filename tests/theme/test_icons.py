import gc
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from exlab_gui import paths
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.theme.icons import IconName, icon
from exlab_gui.theme.theme import Theme

NAMES: tuple[IconName, ...] = get_args(IconName)
LINES = [name for name in NAMES if name != "app"]
every_icon = pytest.mark.parametrize("name", NAMES)
every_line_icon = pytest.mark.parametrize("name", LINES)


def image(shown: QIcon, size: int = 24, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return shown.pixmap(QSize(size, size), 1.0, mode).toImage()


def colours_of(picture: QImage) -> set[str]:
    """Return the colours of the pixels that are quite opaque."""
    pixels = (
        picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    return {pixel.name().upper() for pixel in pixels if pixel.alpha() == 255}


def test_the_names_are_those_of_the_drawings() -> None:
    """No drawing is without a name, and no name without a drawing."""
    assert sorted(NAMES) == sorted(p.stem for p in (paths.resources() / "icons").iterdir())


@every_line_icon
def test_drawings_are_one_family(name: str) -> None:
    """Every line icon is on the same grid, drawn with the same pen, in no colour of its own."""
    root = ET.parse(paths.resources() / "icons" / f"{name}.svg").getroot()
    assert root.attrib == {
        "viewBox": "0 0 24 24",
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": "1.75",
        "stroke-linecap": "round",
        "stroke-linejoin": "round",
    }
    for shape in root.iter():
        assert shape.get("fill", "none") in ("none", "currentColor")
        assert shape.get("stroke", "currentColor") == "currentColor"


@every_icon
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icons_are_rendered_for_the_screen_they_are_on(
    theme: Theme, name: IconName, scale: float
) -> None:
    """A picture has as many pixels as the screen shows, so that no scale makes it blurred."""
    picture = icon(name).pixmap(QSize(20, 20), scale)
    assert picture.size() == QSize(20, 20) * scale
    assert picture.devicePixelRatio() == scale
    assert colours_of(picture.toImage())


@every_line_icon
def test_no_line_is_cut_at_the_edge(theme: Theme, name: IconName) -> None:
    """The outermost pixels of a line icon are empty."""
    picture = image(icon(name), 48)
    edge = [(i, j) for i in range(48) for j in (0, 47)]
    assert {picture.pixelColor(x, y).alpha() for a, b in edge for x, y in ((a, b), (b, a))} == {0}


@every_line_icon
def test_an_icon_has_the_colour_that_is_asked_for(theme: Theme, name: IconName) -> None:
    """A coloured icon is drawn in that colour alone."""
    assert colours_of(image(icon(name, LIGHT.failure), 48)) == {LIGHT.failure}


def test_an_icon_follows_the_theme(theme: Theme) -> None:
    """The same icon is drawn in the text's colour before and after a change of theme."""
    shown = icon("play")
    assert colours_of(image(shown)) == {LIGHT.text}
    theme.choose("dark")
    assert colours_of(image(shown)) == {DARK.text}


def test_a_disabled_icon_is_quieter(theme: Theme) -> None:
    """An icon that cannot be used is drawn as a quiet line."""
    assert colours_of(image(icon("play"), mode=QIcon.Mode.Disabled)) == {LIGHT.faint}


def test_a_coloured_icon_keeps_its_colour(theme: Theme) -> None:
    """A colour that means something is the same for a disabled icon."""
    shown = icon("failed", LIGHT.failure)
    assert colours_of(image(shown, mode=QIcon.Mode.Disabled)) == {LIGHT.failure}


def test_a_button_shows_its_icon(theme: Theme, qtbot: QtBot) -> None:
    """An icon is painted on a button, in the middle of it."""
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icon("breakpoint", LIGHT.failure))
    picture = button.grab().toImage()
    assert picture.pixelColor(picture.rect().center()) == QColor(LIGHT.failure)


@pytest.mark.parametrize("size", [(0, 0), (0, 16), (16, 0)])
def test_an_icon_without_room_is_nothing(theme: Theme, size: tuple[int, int]) -> None:
    """A button that is made very small paints its icon in no pixels: Qt has no reason to warn."""
    shown, room = icon("play"), QRect(QPoint(3, 3), QSize(*size))
    assert shown.pixmap(room.size(), 1.0).isNull()
    picture = QPixmap(20, 20)
    painter = QPainter(picture)
    shown.paint(painter, room)
    painter.end()


def test_an_icon_outlives_what_made_it(theme: Theme) -> None:
    """Icons that Qt copied for itself are drawn after Python has cleaned up."""
    copy = QIcon(icon("play"))
    copy.addPixmap(QPixmap(1, 1))  # makes Qt copy what was shared
    gc.collect()
    assert colours_of(image(copy)) == {LIGHT.text}

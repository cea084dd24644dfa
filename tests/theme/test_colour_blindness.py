"""Outcomes and statuses are told apart by everybody, however they see colours."""

from itertools import combinations
from math import dist

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.diagram_looks import edge_shapes, state_shapes
from exlab_gui.core.layout.geometry import Box, Point, Route
from exlab_gui.core.meaning import STATUS_WORDS, Meaning
from exlab_gui.theme.colours import Colours
from exlab_gui.widgets.badge import badge_icon
from tests.helpers.contrast import THEMES, seen_by
from tests.theme.test_contrast import oklab

themes = pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
eyes = pytest.mark.parametrize("eye", ["deuteranopia", "protanopia", "tritanopia"])

APART = 0.05
"""From which distance in OKLab two colours are told apart side by side; 0.02 is just noticed."""

ROUTE = Route("", "", (Point(4, 16), Point(72, 16)), quiet=False)


def colour(colours: Colours, meaning: Meaning | None) -> str:
    return getattr(colours, meaning or "accent")


def mark(meaning: Meaning | None, colours: Colours) -> bytes:
    """Return the badge of `meaning` in black and white: what is lighter than its ground, or not."""
    image = badge_icon(meaning, colours).pixmap(18, 18).toImage()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    threshold = 128
    return bytes(
        grey.pixelColor(x, y).lightness() > threshold and image.pixelColor(x, y).alpha() > threshold
        for y in range(grey.height())
        for x in range(grey.width())
    )


@themes
@eyes
def test_outcomes_are_told_apart(colours: Colours, eye: str, qapp: QApplication) -> None:
    """Any two ways to stand differ by their colour, as it is seen, or by mark and word."""
    for a, b in combinations(STATUS_WORDS, 2):
        one, other = (seen_by(eye, colour(colours, meaning)) for meaning in (a, b))
        by_colour = dist(oklab(one), oklab(other)) >= APART
        by_mark_and_word = (
            mark(a, colours) != mark(b, colours) and STATUS_WORDS[a] != STATUS_WORDS[b]
        )
        assert by_colour or by_mark_and_word, (a, b)


@themes
def test_marks_need_no_colour(colours: Colours, qapp: QApplication) -> None:
    """In grey, each way to stand has a mark of its own."""
    marks = [mark(meaning, colours) for meaning in STATUS_WORDS]
    assert len(set(marks)) == len(STATUS_WORDS)


@themes
@eyes
def test_what_interrupts_is_told_from_what_is_well(colours: Colours, eye: str) -> None:
    """Failed and done, the pair that red and green confuse, differ by their lightness at least."""
    failed, done = (seen_by(eye, colour) for colour in (colours.failure, colours.success))
    assert dist(oklab(failed), oklab(done)) >= APART


def test_statuses_in_the_diagram_need_no_colour() -> None:
    """Any two statuses of states and of transitions differ by shape, line or mark."""
    for make, statuses in (
        (lambda s: state_shapes(Box("", 0, 0, 72, 24), s, terminal=False), StateStatus),
        (lambda s: edge_shapes(ROUTE, s), EdgeStatus),
    ):
        drawn = [
            tuple((shape.path, shape.width, shape.dashes, shape.fill is None) for shape in make(s))
            for s in statuses
        ]
        assert len(set(drawn)) == len(drawn)


def test_the_simulation_is_that_of_machado() -> None:
    """Greys stay as they are; red and green become alike for who lacks the cone for either."""
    for eye in ("deuteranopia", "protanopia", "tritanopia"):
        assert dist(oklab(seen_by(eye, "#808080")), oklab("#808080")) < 0.01
    red, green = "#A04000", "#505000"
    as_seen = dist(oklab(seen_by("protanopia", red)), oklab(seen_by("protanopia", green)))
    assert as_seen < dist(oklab(red), oklab(green)) / 2

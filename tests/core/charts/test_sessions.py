"""The picture of sessions over time."""

from itertools import pairwise

import pytest

from exlab_gui.core.charts.picture import Canvas, Letters, Text
from exlab_gui.core.charts.sessions import Lane, Row, Session, SessionsOverTime
from exlab_gui.core.meaning import ENDINGS, STATUS_WORDS

LETTERS = Letters("Sans", 13.0, lambda text: 7.0 * len(text))


ONE = Session(1, "run", "FLOW_CYTOMETER_01", 0, 10**6, 10**6, 0, "aborted", "aborted")
CHART = SessionsOverTime([ONE], [Row(ONE.equipment, [Lane([ONE], [0], [10**6], [0])])])


@pytest.mark.parametrize("width", [260.0, 400.0, 560.0, 660.0, 2000.0])
def test_the_legend_tells_every_mark(width: float) -> None:
    """Also in a narrow picture with long names: below them, and in as many lines as it takes."""
    picture = CHART.draw(Canvas(width, LETTERS))
    told = {item.text: item for item in picture.items if isinstance(item, Text)}
    words = [told[STATUS_WORDS[meaning]] for meaning in (None, "input", *ENDINGS)]
    for word in words:
        assert word.x >= 0
        assert word.x + LETTERS.width(word.text) <= width
    for word, following in pairwise(words):
        below = following.y >= word.y + LETTERS.line
        assert below or following.x > word.x + LETTERS.width(word.text)


def test_a_legend_of_more_lines_makes_the_picture_higher() -> None:
    """The axis and the bars follow below it."""
    wide, narrow = (CHART.draw(Canvas(width, LETTERS)) for width in (2000.0, 400.0))
    lines = {
        item.y
        for item in narrow.items
        if isinstance(item, Text) and item.text in STATUS_WORDS.values()
    }
    assert len(lines) > 1
    assert narrow.height == wide.height + (len(lines) - 1) * LETTERS.line
    assert narrow.spots[0].y == wide.spots[0].y + (len(lines) - 1) * LETTERS.line


def test_a_word_that_is_wider_than_the_picture_loses_its_middle() -> None:
    """Each mark stays, on a line of its own."""
    picture = CHART.draw(Canvas(80.0, LETTERS))
    assert all(
        item.x + LETTERS.width(item.text) <= 80
        for item in picture.items
        if isinstance(item, Text) and item.colour == "muted" and item.anchor == "start"
    )

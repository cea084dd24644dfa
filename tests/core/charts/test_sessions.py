"""The picture of sessions over time."""

import pytest

from exlab_gui.core.charts.picture import Canvas, Letters, Text
from exlab_gui.core.charts.sessions import Lane, Row, Session, SessionsOverTime
from exlab_gui.core.meaning import ENDINGS, STATUS_WORDS

LETTERS = Letters("Sans", 13.0, lambda text: 7.0 * len(text))


@pytest.mark.parametrize("width", [560.0, 660.0, 2000.0])
def test_the_legend_tells_every_mark(width: float) -> None:
    """Also in a narrow picture with long names: the legend may stand below them."""
    one = Session(1, "run", "FLOW_CYTOMETER_01", 0, 10**6, 10**6, 0, "aborted", "aborted")
    lane = Lane([one], [0], [10**6], [0])
    picture = SessionsOverTime([one], [Row(one.equipment, [lane])]).draw(Canvas(width, LETTERS))
    told = {item.text: item for item in picture.items if isinstance(item, Text)}
    for meaning in (None, "input", *ENDINGS):
        word = told[STATUS_WORDS[meaning]]
        assert word.x >= 0
        assert word.x + LETTERS.width(word.text) <= width

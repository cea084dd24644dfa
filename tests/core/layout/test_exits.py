"""Where the exits stand, and where their lines come to them."""

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.layout.exits import EXIT_GAP, buses, entry, exit_boxes
from exlab_gui.core.layout.geometry import Box

EXIT = Box("failed", 0, 0, 96, 40)


def test_the_lowest_exit_has_the_nearest_bus():
    """So the last pieces of the ways to the exits do not cross the other exits' buses."""
    at = buses(["failed", "aborted"], 100)
    assert 100 < at["aborted"] < at["failed"]


def test_exits_stand_above_each_other_down_to_the_last_row():
    """The last exit is level with the last row, the others are above it, apart."""
    boxes = exit_boxes(["failed", "aborted"], 300, 560, 96, 40)
    assert boxes["aborted"] == Box("aborted", 300, 560, 96, 40)
    assert boxes["failed"].bottom + EXIT_GAP == boxes["aborted"].y


def test_more_exits_than_rows_begin_at_the_top():
    """Where the rows are too few, the exits go further down than these."""
    boxes = exit_boxes(["a", "b", "c"], 300, 40, 96, 40)
    assert boxes["a"].y == 0
    assert boxes["c"].y > 40


def test_a_line_comes_to_the_middle_of_an_exit():
    """Where nothing is in the way, the entry is in the middle."""
    assert entry(EXIT, [-20, 60]) == 20


@given(st.integers(0, 9).map(lambda first: [first + 8 * step for step in range(5)]))
def test_a_line_keeps_clear_of_the_lines_to_other_exits(others):
    """Among lines that are a grid line apart, the entry is between two."""
    y = entry(EXIT, others)
    assert EXIT.y < y < EXIT.bottom
    assert min(abs(y - other) for other in others) >= 3

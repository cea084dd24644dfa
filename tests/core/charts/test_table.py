"""The table of a chart is sorted by exact values, quickly."""

from exlab_gui.core.charts.table import Column, Table

COLUMNS = (
    Column("Name", lambda row: row[0], "name", lambda row: row[0]),
    Column("Time", lambda row: str(row[1]), "time", lambda row: row[1], True),
    Column("Read", lambda row: str(row[1]), "read", lambda _: "", order=lambda row: row[1]),
)
ROWS = [("b", 2.0), ("A", None), ("c", 10.0), ("a", 2.0)]


def order(place, *, descending=False):
    return [name for name, _ in Table(COLUMNS, ROWS).sorted_by(place, descending=descending).rows]


def test_rows_without_a_value_come_last():
    """Numbers are sorted as such, and what is equal stays in its order, in both directions."""
    assert order(1) == ["b", "a", "c", "A"]
    assert order(1, descending=True) == ["c", "b", "a", "A"]


def test_capitals_do_not_count():
    assert order(0) == ["A", "a", "b", "c"]


def test_a_column_can_have_an_order_of_its_own():
    """For one, if its value takes long to make."""
    assert order(2) == order(1)

"""The table of a chart is sorted by exact values, quickly."""

from exlab_gui.core.charts.failures import Failures, Group
from exlab_gui.core.charts.session_columns import COLUMNS as OF_SESSIONS
from exlab_gui.core.charts.sessions import Session
from exlab_gui.core.charts.state_times import Outlier, StateBox, StateTimes
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


def test_no_number_of_a_file_has_a_fraction():
    """A German spreadsheet takes 1.234 for a thousand; the unit is in the column's name."""
    one = Session(1, "run", "SEM_02", 1_234_567, 9_999_999, 1_234_567, 500, "failed", "failed")
    assert [*Table(OF_SESSIONS, [one]).lines()] == [
        ["start", "session", "outcome", "lasted_ms", "waited_ms", "equipment"],
        ["1970-01-01T00:00:01.234567", "run", "failed", "1235", "0", "SEM_02"],
    ]
    box = StateBox(
        "failed", 2, 1_500, 1_900.5, 2_000.5, 3e6, 4e6, 10**7, (1_500, 10**7), [Outlier(1, 1)], 1, 1
    )
    heads, line = StateTimes(1, [box]).table.lines()
    assert dict(zip(heads, line, strict=True)) == {
        "state": "failed", "visits": "2", "median_ms": "2", "p90_ms": "4000", "p25_ms": "2",
        "p75_ms": "3000", "least_ms": "2", "most_ms": "10000", "outliers": "1", "unsure": "0",
    }  # fmt: skip
    failures = Failures(3, 1, {"plugin": [Group("plugin", "lims", 3, 1)]})
    assert [*failures.table.lines()] == [
        ["by", "name", "failed", "sessions", "share_percent"],
        ["plugin", "lims", "1", "3", "33"],
    ]

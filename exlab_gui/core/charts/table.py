"""A chart as a table, for those who read, and for a file."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec

from exlab_gui.core.charts.picture import Choice
from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.sanitize import as_cell
from exlab_gui.core.text.translation import phrase

_MILLISECOND = 1_000

NO_SESSIONS = phrase("There are no such sessions.")
UNKNOWN = phrase("unknown")


Value = str | int | float | None
"""A value of a file, which holds whole numbers; None if there is none."""


class Column(NamedTuple):
    """A column: its title, what is read in it, and its `name` and value in a file.

    Rows are sorted by their values, or by `order`. The title is translated where it is shown.
    """

    title: str
    text: Callable[[Any], str]
    name: str
    value: Callable[[Any], Value]
    numeric: bool = False
    order: Callable[[Any], Value] | None = None


class Table(msgspec.Struct, frozen=True):
    """The columns, the rows, and what the choice of a row leads to."""

    columns: tuple[Column, ...]
    rows: Sequence[Any]
    choice: Callable[[Any], Choice | None] = lambda _: None

    def sorted_by(self, place: int, *, descending: bool) -> "Table":
        """Return the table with its rows sorted by a column; rows without a value come last."""
        found = map(self.columns[place].order or self.columns[place].value, self.rows)
        keys = [key.casefold() if isinstance(key, str) else key for key in found]
        known = [at for at, key in enumerate(keys) if key is not None]
        known.sort(key=keys.__getitem__, reverse=descending)  # type: ignore[arg-type]
        rest = [at for at, key in enumerate(keys) if key is None]
        return msgspec.structs.replace(self, rows=[self.rows[at] for at in (*known, *rest)])

    def lines(self, progress: Progress = no_progress) -> Iterator[list[str]]:
        """Yield the lines of a file, from its heads; no number has a fraction.

        Texts cannot be taken for formulas.
        """
        yield [column.name for column in self.columns]
        for row in tracked(self.rows, progress, 0, len(self.rows)):
            yield [_cell(one.value(row)) for one in self.columns]


def milliseconds(microseconds: float) -> float:
    """Return a time as a table holds it."""
    return microseconds / _MILLISECOND


def lasted(microseconds: float | None) -> str:
    """Return a time as it is read."""
    if microseconds is None:
        return "–"
    return duration(timedelta(microseconds=microseconds))


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return as_cell(value)
        case float():
            return str(round(value))  # a point is none in a German spreadsheet
    return str(value)

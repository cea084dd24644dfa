"""The figures of ``stats`` as text and as CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import timedelta

from exlab_gui.archive.figures import Figures, GroupRow, StateRow
from exlab_gui.core.analysis.distribution import Times
from exlab_gui.core.clock import local_time
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.sanitize import as_cell

_NONE = "–"
_UNKNOWN = "unknown"
_MILLISECONDS = 1_000  # in a second


def to_text(told: Figures) -> str:
    return "".join(f"{line}\n" for line in _lines(told))


def to_csv(told: Figures) -> str:
    """Return the rows, times in whole milliseconds; no name is taken for a formula."""
    percents = told.percentiles
    if told.by == "state":
        counts: tuple[str, ...] = ("unsure",)
        times: tuple[str, ...] = ("dwell",)
    else:
        counts = ("sessions", "failed", "plugin_failures")
        times = ("lasted", "answers")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    ends = ("count", *(f"p{percent}_ms" for percent in percents), "least_ms", "most_ms")
    table.writerow((told.by, *counts, *(f"{name}_{end}" for name in times for end in ends)))
    for row in told.rows:
        if isinstance(row, StateRow):
            known: tuple[int, ...] = (row.unsure,)
            spent = [row.dwell]
        else:
            known = (row.sessions, row.failed, row.plugin_failures)
            spent = [row.lasted, row.answers]
        numbers = (number for one in spent for number in _numbers(one, percents))
        table.writerow((as_cell(row.name), *known, *numbers))
    return text.getvalue()


def _numbers(times: Times, percents: Sequence[str]) -> Iterator[object]:
    yield times.count
    spent = (*(times.percentiles.get(percent) for percent in percents), times.least, times.most)
    yield from (None if one is None else round(one * _MILLISECONDS) for one in spent)


def _lines(told: Figures) -> Iterator[str]:
    if not told.sessions or told.first is None or told.last is None:
        yield "There are no such sessions."
        return
    first, last = (f"{local_time(at):%Y-%m-%d}" for at in (told.first, told.last))
    when = f"on {first}" if first == last else f"from {first} to {last}"
    yield f"{told.sessions:,} session{'s'[: told.sessions != 1]} {when}"
    percents = told.percentiles
    yield ""
    yield from _table(
        ("outcome", "sessions", "share"),
        [
            (name, f"{count:,}", f"{100 * count / told.sessions:.1f} %")
            for name, count in (*told.outcomes.items(), *_flawed(told))
        ],
    )
    yield ""
    heads = [_head(percent) for percent in percents]
    yield from _table(
        ("time", "count", *heads, "longest"),
        [
            ("from begin to end", *_cells(told.lasted, percents)),
            ("to answer a plugin", *_cells(told.answers, percents)),
        ],
    )
    if told.rows:
        yield ""
    yield from _rows(told, percents, heads)
    if told.slowest:
        yield ""
        yield from _table(
            ("slowest", "began", "outcome", "lasted"),
            [
                (
                    one.label,
                    f"{local_time(one.start):%Y-%m-%d %H:%M:%S}",
                    one.outcome,
                    _time(one.seconds),
                )
                for one in told.slowest
            ],
        )


def _flawed(told: Figures) -> Iterator[tuple[str, int]]:
    if told.flawed:
        yield "of these, a plugin failed", told.flawed


def _rows(told: Figures, percents: Sequence[str], heads: Sequence[str]) -> Iterator[str]:
    states = [row for row in told.rows if isinstance(row, StateRow)]
    groups = [row for row in told.rows if isinstance(row, GroupRow)]
    if states:
        yield from _table(
            ("state", "visits", *heads, "longest"),
            [(row.name, *_cells(row.dwell, percents)) for row in states],
        )
    if groups:
        by_plugin = told.by == "plugin"
        yield from _table(
            (
                told.by,
                "sessions",
                "failed",
                "share",
                *(("plugin failed",) if by_plugin else ()),
                *(f"lasted {head}" for head in heads),
                *(f"answer {head}" for head in heads),
            ),
            [
                (
                    row.name or _UNKNOWN,
                    f"{row.sessions:,}",
                    f"{row.failed:,}",
                    f"{100 * row.failed_share:.1f} %",
                    *((f"{row.plugin_failures:,}",) if by_plugin else ()),
                    *_cells(row.lasted, percents)[1:-1],
                    *_cells(row.answers, percents)[1:-1],
                )
                for row in groups
            ],
        )


def _cells(times: Times, percents: Sequence[str]) -> list[str]:
    """Return the count, the percentiles and the longest."""
    found = [times.percentiles.get(percent) for percent in percents]
    return [f"{times.count:,}", *map(_time, (*found, times.most))]


def _time(seconds: float | None) -> str:
    return _NONE if seconds is None else duration(timedelta(seconds=seconds))


def _head(percent: str) -> str:
    return "median" if percent == "50" else f"{percent} %"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose first column is to the left, and the others to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for row in (heads, *rows):
        name, *others = (
            f"{cell:<{width}}" if place == 0 else f"{cell:>{width}}"
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((name, *others)).rstrip()

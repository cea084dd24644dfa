"""Failures by plugin, equipment and error code, as sorted bars."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from exlab_gui.core.charts.picture import (
    PADDING,
    Bar,
    Canvas,
    Item,
    Narrow,
    Picture,
    Spot,
    Text,
)
from exlab_gui.core.charts.table import NO_SESSIONS, UNKNOWN, Column, Table
from exlab_gui.core.text.translation import number, phrase, tr, translatable

TITLE = phrase("Failures")

MOST_BARS = 20
"""The bars of a kind of groups; further groups are counted, and in the table."""

_KINDS = translatable({"plugin": "plugin", "equipment": "equipment", "error_code": "error code"})
_HEADS = translatable(
    {"plugin": "By plugin", "equipment": "By equipment", "error_code": "By error code"}
)
_NAMES_SHARE, _LEAST_BAR = 0.3, 2.0
_ROW, _BAR = 24.0, 14.0


class Group(NamedTuple):
    """The sessions with one value of a facet: how many there are, and how many of them failed."""

    facet: str
    name: str
    sessions: int
    failed: int

    @property
    def percent(self) -> float:
        return 100 * self.failed / self.sessions

    @property
    def share(self) -> str:
        return f"{tr(number(self.percent, '.1f'))} %"

    @property
    def counted(self) -> str:
        """The number of failures, and their share if not all failed."""
        if self.failed == self.sessions:
            return tr(number(self.failed))
        return tr(
            "{failed:,} of {sessions:,} ({share})",
            failed=self.failed,
            sessions=self.sessions,
            share=self.share,
        )


class Failures(msgspec.Struct, frozen=True):
    """The groups of each facet, those with the most failures first.

    `outcomes` are the outcomes that mean a failure.
    """

    sessions: int
    failed: int
    groups: Mapping[str, Sequence[Group]]
    outcomes: Sequence[str] = ()

    @property
    def summary(self) -> str:
        total = tr("{n:,} session", "{n:,} sessions", n=self.sessions)
        if not self.sessions:
            return tr(NO_SESSIONS)
        if not self.failed and self.sessions == 1:
            return tr("The session did not fail.")
        if not self.failed:
            return tr("None of {sessions} failed.", sessions=total)
        worst = "; ".join(filter(None, map(self._worst, _KINDS)))
        told = tr("{failed:,} of {sessions} failed.", failed=self.failed, sessions=total)
        return f"{told} {tr('Most failures by {worst}.', worst=worst)}" if worst else told

    @property
    def span(self) -> None:
        """None: this is no chart over time."""

    @property
    def table(self) -> Table:
        rows = [one for facet in _KINDS for one in self.groups.get(facet, ())]
        return Table(_COLUMNS, rows, self.choice)

    def choice(self, group: Group) -> Narrow:
        """Return what shows the failed sessions of a group; all of it, if none failed."""
        by = ((group.facet, group.name),)
        if group.failed and len(self.outcomes) == 1:
            return Narrow((*by, ("outcome", self.outcomes[0])))
        return Narrow(by)

    def draw(self, canvas: Canvas) -> Picture:
        return _Drawing(self, canvas).picture()

    def _worst(self, facet: str) -> str:
        group = next(iter(self.groups.get(facet, ())), None)
        if group is None or not group.failed:
            return ""
        kind, name = tr(_KINDS[facet]), group.name or tr(UNKNOWN)
        return tr("{kind}: {name}, {count}", kind=kind, name=name, count=group.counted)


_COLUMNS = (
    Column(phrase("By"), lambda g: tr(_KINDS[g.facet]), "by", lambda g: g.facet),
    Column(phrase("Name"), lambda g: g.name or tr(UNKNOWN), "name", lambda g: g.name),
    Column(phrase("Failed"), lambda g: number(g.failed), "failed", lambda g: g.failed, True),
    Column(
        phrase("Sessions"), lambda g: number(g.sessions), "sessions", lambda g: g.sessions, True
    ),
    Column(phrase("Share"), lambda g: g.share, "share_percent", lambda g: g.percent, True),
)


class _Drawing:
    """The bars of `failures` on a `canvas`."""

    def __init__(self, failures: Failures, canvas: Canvas) -> None:
        self._failures = failures
        self._canvas = canvas
        self._letters = canvas.letters
        self._items: list[Item] = []
        self._spots: list[Spot] = []
        self._y = PADDING
        self._names = 0.0

    def picture(self) -> Picture:
        kinds = {
            head: [one for one in self._failures.groups.get(facet, ()) if one.failed]
            for facet, head in _HEADS.items()
        }
        names = [one.name or tr(UNKNOWN) for groups in kinds.values() for one in groups[:MOST_BARS]]
        widest = max(map(self._letters.width, names), default=0.0)
        self._names = min(widest, _NAMES_SHARE * self._canvas.width)
        for head, groups in kinds.items():
            if groups:
                self._add_groups(head, groups)
        told = self._failures.summary
        return Picture(
            self._canvas.width, self._y, tr(TITLE), told, self._items, self._spots, self._letters
        )

    def _add_groups(self, head: str, groups: Sequence[Group]) -> None:
        letters, width = self._letters, self._canvas.width
        self._y += letters.line
        self._items.append(Text(PADDING, self._y, tr(head), "muted"))
        self._y += letters.line / 2
        shown = groups[:MOST_BARS]
        left = 2 * PADDING + self._names
        counts = max(letters.width(one.counted) for one in shown)
        room = max(width - left - counts - 2 * PADDING, _LEAST_BAR)
        most = groups[0].failed
        for group in shown:
            bar = max(room * group.failed / most, _LEAST_BAR)
            self._items += self._bar(group, left, bar)
            tip = tr("{name}: {count} failed", name=group.name or tr(UNKNOWN), count=group.counted)
            choice = self._failures.choice(group)
            self._spots.append(Spot(0.0, self._y, width, _ROW, tip, choice))
            self._y += _ROW
        if more := len(groups) - len(shown):
            self._y += letters.line
            told = tr("{more:,} more are in the table", more=more)
            self._items.append(Text(left, self._y - letters.line / 3, told, "muted"))
        self._y += letters.line / 2

    def _bar(self, group: Group, left: float, width: float) -> Iterator[Bar | Text]:
        letters, middle = self._letters, self._y + _ROW / 2
        base = middle + letters.size * 0.35
        name = letters.fitted(group.name or tr(UNKNOWN), self._names)
        yield Text(PADDING + self._names, base, name, "text", "end")
        yield Bar(left, middle - _BAR / 2, width, _BAR, "failure")
        yield Text(left + width + PADDING / 2, base, group.counted, "muted")

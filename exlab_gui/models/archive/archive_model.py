"""The archive of all recorded sessions, asked and kept up to date without holding up the window."""

import asyncio
import sqlite3
from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from exlab_gui.archive import search
from exlab_gui.archive.days import Day, find_by_day
from exlab_gui.archive.index import ArchiveIndex, Changes
from exlab_gui.archive.opening import update_archive
from exlab_gui.archive.search import FACETS, Facet, Order, Query, Row
from exlab_gui.core.text.sanitize import error_text
from exlab_gui.models.background.jobs import Jobs
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.system.worker import Worker


class Asked(NamedTuple):
    """Which sessions are asked for, and in which order."""

    query: Query = Query()
    order: Order = "start"
    descending: bool = True


class ArchiveModel(QObject):
    """Finds sessions of `index`, and updates it; owns the thread that asks it, until `close`.

    A question that is asked while another one is answered replaces those that wait.
    """

    found = Signal(object, int, object)
    """The numbers of the sessions that were asked for, in order, the number of all, and the days
    of those that are in the order of their begin."""
    offered = Signal(object)
    """The values that each facet has, after the first answer and each update."""
    unreadable = Signal(object)
    """The paths of the files from which nothing could be read, as often as `offered`."""
    updated = Signal()
    """The index is up to date: what was found before may be different."""
    progressed = Signal(object, object)
    """The numbers of recordings that were read for the index, and that are to be read."""
    failed = Signal(str)
    """Why the archive cannot be read, in a sentence."""

    def __init__(self, index: ArchiveIndex, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.index = index
        self.changes = Changes(0, 0)
        """What the last update took in."""
        self._jobs = Jobs(self)
        self._jobs.progressed.connect(lambda _, done, total: self.progressed.emit(done, total))
        self._jobs.failed.connect(self.failed)
        self._worker = Worker()
        self._tasks = Tasks(self._work_failed)
        self._asked: Asked | None = None
        self._is_finding = False
        self._is_stale = False
        self._is_made = False
        self._are_values_due = True

    @property
    def is_updating(self) -> bool:
        return self._jobs.busy

    def update(self) -> None:
        """Take in what has changed in the folder of the archive, after what is being done."""
        if self._jobs.busy:
            self._is_stale = True
        else:
            self._run_update()

    def ask(self, asked: Asked) -> None:
        """Find what is `asked`, and emit it with `found`."""
        self._asked = asked
        if not self._is_finding:
            self._is_finding = True
            self._tasks.run(self._find())

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """Return the sessions of these numbers, in order; those that are gone are left out."""
        try:
            with self.index.reading() as db:
                found = search.rows(db, numbers)
        except sqlite3.Error:
            self._make_anew()
            return []
        if len(found) < len(numbers) and not self.index.is_there:
            self._make_anew()
        return found

    def paths(self, numbers: Sequence[int]) -> list[Path]:
        """Return the recordings of the sessions of these numbers."""
        try:
            with self.index.reading() as db:
                return list(map(self.index.path_of, search.paths(db, numbers)))
        except sqlite3.Error:
            return []

    async def close(self) -> None:
        """Stop what is being done."""
        self._tasks.cancel()
        await self._tasks.ended()
        self._worker.end()
        await self._jobs.close()

    def _run_update(self) -> None:
        self._is_stale = False
        self._jobs.run("Reading the archive", partial(update_archive, self.index), self._updated)

    def _make_anew(self) -> None:
        """Make an index that was deleted or damaged at once, not with the next update."""
        if self._is_made:
            self._is_made = False  # once: maybe it cannot be made
            self.update()

    def _updated(self, changes: Changes) -> None:
        self.changes = changes
        self._is_made = changes.read > 0 or self.index.is_there  # it may be deleted by now
        if self._is_stale:
            self._run_update()
        self._are_values_due = True
        self.updated.emit()

    async def _find(self) -> None:
        try:
            while (asked := self._asked) is not None:
                self._asked = None
                work = partial(_found, self.index, asked)
                found = await asyncio.wrap_future(self._worker.ask(work))
                if found is None or not self.index.is_there:
                    self._make_anew()
                if self._asked is None:
                    self.found.emit(*(found or (array("q"), 0, [])))
                if self._are_values_due:
                    self._are_values_due = False
                    values = self._worker.ask(partial(_values, self.index))
                    self.offered.emit(await asyncio.wrap_future(values))
                    unreadable = self._worker.ask(partial(unreadable_in, self.index))
                    self.unreadable.emit(await asyncio.wrap_future(unreadable))
        finally:
            self._is_finding = False

    def _work_failed(self, error: BaseException) -> None:
        self.failed.emit(error_text(error))


def _found(index: ArchiveIndex, asked: Asked) -> tuple["array[int]", int, list[Day]] | None:
    """Return what `ArchiveModel.found` tells, or None if the index is damaged."""
    query, order, descending = asked
    try:
        with index.reading() as db:
            if order == "start":
                numbers, days = find_by_day(db, query, descending=descending)
                return numbers, search.count(db), days
            return search.find(db, query, order, descending=descending), search.count(db), []
    except sqlite3.Error:
        return None


def _values(index: ArchiveIndex) -> dict[Facet, list[str]]:
    try:
        with index.reading() as db:
            return search.values(db)
    except sqlite3.Error:
        return {facet: [] for facet in FACETS}


def unreadable_in(index: ArchiveIndex) -> list[Path]:
    """Return the recordings from which nothing could be read."""
    try:
        with index.reading() as db:
            return [index.path_of(path) for path, _ in search.unreadable(db)]
    except sqlite3.Error:
        return []

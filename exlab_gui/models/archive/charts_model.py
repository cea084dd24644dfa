"""What charts show, made of the archive without holding up the window."""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from exlab_gui.archive import search
from exlab_gui.archive.index import ArchiveIndex
from exlab_gui.archive.search import Query
from exlab_gui.core.progress import Progress
from exlab_gui.models.archive.archive_model import unreadable_in
from exlab_gui.models.background.jobs import Jobs

Make = Callable[[ArchiveIndex, Query, Progress], Any]
"""Returns the chart of the sessions that are meant."""


class AskedChart(NamedTuple):
    make: Make
    query: Query


class ChartsModel(QObject):
    """Makes charts of the sessions in `index`; owns the thread that does so, until `close`.

    A chart that is asked for while another one is made replaces it.
    """

    made = Signal(object, object)
    """What was asked for, and the chart."""
    offered = Signal(object)
    """The values that each facet has, before each chart."""
    unreadable = Signal(object)
    """The paths of the files from which nothing could be read, as often as `offered`."""
    failed = Signal(str)
    """Why there is none, in a sentence."""

    def __init__(self, index: ArchiveIndex, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._jobs = Jobs(self)
        self._jobs.failed.connect(self.failed)
        self._jobs.stopped.connect(lambda _: self._run())
        self._asked: AskedChart | None = None

    @property
    def busy(self) -> bool:
        return self._jobs.busy

    def ask(self, asked: AskedChart) -> None:
        """Make what is asked for, and emit it with `made`."""
        self._asked = asked
        if self._jobs.busy:
            self._jobs.stop()
        else:
            self._run()

    async def close(self) -> None:
        """Stop what is being done."""
        self._asked = None
        await self._jobs.close()

    def _run(self) -> None:
        if (asked := self._asked) is not None:
            work = partial(_made, self._index, asked)
            self._jobs.run("Drawing a chart", work, partial(self._done, asked))

    def _done(self, asked: AskedChart, made: Any) -> None:
        if asked is not self._asked:
            self._run()
        elif made is not None:
            chart, values, unreadable = made
            self.offered.emit(values)
            self.unreadable.emit(unreadable)
            self.made.emit(asked, chart)


def _made(index: ArchiveIndex, asked: AskedChart, progress: Progress) -> Any:
    try:
        chart = asked.make(index, asked.query, progress)
        with index.reading() as db:
            values = search.values(db)
    except sqlite3.Error:  # the index is damaged: an update makes it anew, and tells
        return None
    return chart, values, unreadable_in(index)

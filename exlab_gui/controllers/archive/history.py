"""The history: the sessions of the archive, opened, exported and deleted."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.compare import CompareActions
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.recordings import RecordingActions
from exlab_gui.core.analysis.path_times import PathTimes
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.controls.front import bring_to_front

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.archive.search import Query
    from exlab_gui.models.archive.archive_model import ArchiveModel
    from exlab_gui.widgets.history.history_dialog import HistoryDialog

MOST_OPENED = 20
"""Sessions of the history that are opened at once."""


class ArchiveHistory(Controller):
    """Shows the sessions of the archive at `folder`, if there is one.

    `changed`: the archive, or the filter of the history, may mean other sessions now.
    """

    changed = Signal()
    times_wanted = Signal()

    charts_requested = Signal(object)
    """The query whose sessions charts are to be about."""

    def __init__(
        self,
        context: ActionContext,
        folder: Path | None,
        recordings: RecordingActions,
        comparing: CompareActions,
    ) -> None:
        super().__init__(context)
        self._folder = folder
        self._recordings = recordings
        self._comparing = comparing
        self._index = ExitStack()
        self._archive: ArchiveModel | None = None
        self._dialog: HistoryDialog | None = None
        self._query: Query | None = None  # the filter, also when the history is closed again

    @property
    def archive(self) -> "ArchiveModel | None":
        """The archive, which is opened with the first use; None if there is none."""
        from exlab_gui.archive.opening import opened
        from exlab_gui.models.archive.archive_model import ArchiveModel

        if self._archive is None and self._folder is not None:
            index = self._index.enter_context(opened(self._folder, keep_from=0))
            self._archive = ArchiveModel(index, self)
            self._archive.updated.connect(self.changed)
        return self._archive

    def show(self, query: "Query | None" = None) -> None:
        """Show the history, or what `query` asks for of it."""
        from exlab_gui.widgets.history.history_dialog import HistoryDialog

        archive = self.archive
        if archive is None:
            return
        if self._dialog is None:
            dialog = HistoryDialog(archive, self.context.window)
            dialog.open_requested.connect(self.open)
            dialog.charts_requested.connect(self.charts_requested)
            dialog.filter.asked.connect(self._take_filter)
            dialog.times_requested.connect(self._show_times)
            dialog.compare_requested.connect(self._compare)
            dialog.export_requested.connect(self._ask_to_export)
            dialog.delete_requested.connect(self._ask_to_delete)
            dialog.finished.connect(self._closed)
            self._dialog = dialog
            self._take_filter()
        if query is not None:
            self._dialog.ask_for(query)
        bring_to_front(self._dialog)

    def update(self) -> None:
        """Take in what was recorded meanwhile."""
        archive = self.archive
        if archive is not None:
            archive.update()

    @property
    def filters(self) -> bool:
        """Whether the filter of the history leaves sessions out."""
        from exlab_gui.archive.search import Query

        return (self._query or Query()) != Query()

    def times_of_found(self) -> Callable[[Progress], PathTimes]:
        """Return what computes the times of the sessions in the filter, in another thread."""
        from exlab_gui.archive.path_times import found_times
        from exlab_gui.archive.search import Query

        archive = self.archive
        assert archive is not None
        return partial(found_times, archive.index, self._query or Query())

    async def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
        if self._archive is not None:
            await self._archive.close()
        self._index.close()

    def _take_filter(self) -> None:
        if self._dialog is not None:
            self._query = self._dialog.filter.query
            self.changed.emit()

    def _show_times(self) -> None:
        self.times_wanted.emit()
        bring_to_front(self.context.window)

    def why_none(self) -> str | None:
        return None if self._folder is not None else "This window has no archive"

    @Action("actionHistory", "Histor&y…", "Ctrl+I", "Trace", 1, why_not=why_none)
    def _show_all(self) -> None:
        """Show all sessions of the archive."""
        self.show()

    def _why_not_alike(self) -> str | None:
        if self._folder is None:
            return self.why_none()
        return None if self.session.entered.error else "The session did not fail"

    @Action(
        "actionFailedAlike",
        "W&hat else failed like this?",
        "Ctrl+J",
        "Trace",
        3,
        why_not=_why_not_alike,
    )
    def _show_alike(self) -> None:
        """Show the sessions of the archive that failed with the same error code."""
        from exlab_gui.archive.search import Query

        if (error := self.session.entered.error) is not None:
            self.show(Query(error_code=error.code))

    def open(self, numbers: Sequence[int]) -> None:
        """Open the first ones of the sessions of these numbers."""
        assert self._archive is not None
        for path in self._archive.paths(numbers[:MOST_OPENED]):
            self._recordings.open(path, archived=True)
        if len(numbers) > MOST_OPENED:
            self.context.messages.show_info(
                tr(
                    "Opened the first {most} of {numbers:,} sessions.",
                    most=MOST_OPENED,
                    numbers=len(numbers),
                )
            )
        bring_to_front(self.context.window)

    def _compare(self, numbers: Sequence[int]) -> None:
        """Open two sessions, and compare them when both are there."""
        opened: list[SessionModel] = []

        def take(session: SessionModel) -> None:
            opened.append(session)
            if len(opened) == 2:
                self._comparing.compare(opened[1], opened[:1])
                bring_to_front(self.context.window)

        assert self._archive is not None
        for number in numbers[:2]:
            for path in self._archive.paths([number])[:1]:
                self._recordings.open(path, archived=True, then=take)

    def _ask_to_export(self, numbers: Sequence[int]) -> None:
        from exlab_gui.controllers.archive.export import ArchiveExport

        assert self._archive is not None
        assert self._dialog is not None
        ArchiveExport(self.context, self._archive, self._tell).ask(numbers, self._dialog)

    def _ask_to_delete(self, numbers: Sequence[int]) -> None:
        from exlab_gui.widgets.history.delete_dialog import DeleteDialog

        assert self._archive is not None
        assert self._dialog is not None
        first = next((one.label for one in self._archive.rows(numbers[:1])), "")
        dialog = DeleteDialog(len(numbers), first, self._dialog)
        dialog.accepted.connect(lambda: self._delete(numbers))
        dialog.open()

    def _delete(self, numbers: Sequence[int]) -> None:
        from exlab_gui.archive.removal import remove_all

        archive = self._archive
        assert archive is not None

        def work(progress: Progress) -> list[str]:
            return remove_all(archive.index.folder, archive.paths(numbers), progress)

        self.context.jobs.run("Deleting recordings", work, partial(self._deleted, len(numbers)))

    def _deleted(self, count: int, failures: Sequence[str]) -> None:
        if gone := max(count - len(failures), 0):
            self._tell(tr("Deleted {n:,} session.", "Deleted {n:,} sessions.", n=gone))
        for sentence in failures:
            self.context.jobs.fail(sentence)
        if failures and self._dialog is not None:
            self._dialog.tell(failures[0])
        if self._archive is not None:
            self._archive.update()

    def _tell(self, sentence: str) -> None:
        """Show what was done, in whichever window the user looks at."""
        self.context.messages.show_info(sentence)
        if self._dialog is not None:
            self._dialog.tell(sentence)

    def _closed(self) -> None:
        self._dialog = None

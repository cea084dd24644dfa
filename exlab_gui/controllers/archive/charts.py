"""Charts about the sessions of the archive."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.archive.history import ArchiveHistory
from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.text.sanitize import error_text, file_name
from exlab_gui.core.text.translation import tr
from exlab_gui.models.background.loading import is_loaded, loaded
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.controls.front import bring_to_front

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.archive.search import Query
    from exlab_gui.core.charts.picture import Choice
    from exlab_gui.models.archive.charts_model import ChartsModel
    from exlab_gui.widgets.charts.chart_page import ChartPage
    from exlab_gui.widgets.charts.charts_dialog import ChartsDialog


_MOST_MARKED = 500
"""The visits of the shown session that are marked: the latest ones."""

_MICROSECOND = timedelta(microseconds=1)
_LATE = ("exlab_gui.models.archive.archive_model", "exlab_gui.widgets.charts.charts_dialog")


class ArchiveCharts(Controller):
    """Shows charts about the sessions of the archive, whose `history` lists and opens them."""

    def __init__(self, context: ActionContext, history: ArchiveHistory) -> None:
        super().__init__(context)
        self._history = history
        self._charts: ChartsModel | None = None
        self._dialog: ChartsDialog | None = None
        self._tasks = Tasks(self._failed)
        history.charts_requested.connect(self.show)
        context.shown.connect(self._mark)

    def show(self, query: "Query | None" = None) -> None:
        """Show charts of all sessions, or of those that `query` asks for."""
        if all(map(is_loaded, _LATE)):
            self._show(query)
        else:
            self._tasks.run(self._load_and_show(query))

    async def _load_and_show(self, query: "Query | None") -> None:
        await loaded(*_LATE)
        self._show(query)

    def _failed(self, error: BaseException) -> None:
        self.context.messages.show_error(error_text(error))

    def _show(self, query: "Query | None") -> None:
        from exlab_gui.models.archive.charts_model import ChartsModel
        from exlab_gui.widgets.charts.charts_dialog import ChartsDialog

        archive = self._history.archive
        if archive is None:
            return
        if self._charts is None:
            self._charts = ChartsModel(archive.index, self)
        if self._dialog is None:
            window, theme = self.context.window, self.context.theme
            dialog = ChartsDialog(archive, self._charts, theme, window)
            dialog.chosen.connect(self._choose)
            dialog.history_requested.connect(self._history.show)
            dialog.export_requested.connect(self._ask_to_export)
            dialog.finished.connect(self._closed)
            self._dialog = dialog
        if query is not None:
            self._dialog.ask_for(query)
        self._mark(self.session)
        bring_to_front(self._dialog)

    async def close(self) -> None:
        self._tasks.cancel()
        await self._tasks.ended()
        if self._dialog is not None:
            self._dialog.close()
        if self._charts is not None:
            await self._charts.close()

    def _why_none(self) -> str | None:
        return self._history.why_none()

    @Action("actionCharts", "C&harts…", "Ctrl+U", "View", 3, why_not=_why_none)
    def _show_all(self) -> None:
        """Show charts of the sessions of the archive: over time, times per state, failures."""
        self.show()

    def _mark(self, session: SessionModel) -> None:
        """Mark in the charts how long `session` was in each state."""
        if self._dialog is not None:
            self._dialog.mark(_times(session))

    def _choose(self, choice: "Choice") -> None:
        from exlab_gui.core.charts.picture import Narrow, OpenSession

        assert self._dialog is not None
        if isinstance(choice, OpenSession):
            self._history.open([choice.number])
        elif isinstance(choice, Narrow):
            query = self._dialog.filter.query
            self._history.show(query.narrowed(dict(choice.values)))

    def _ask_to_export(self, page: "ChartPage") -> None:
        from exlab_gui.export.charts.formats import FORMATS
        from exlab_gui.widgets.dialogs.file_dialog import ask_for_file

        assert self._dialog is not None
        kinds = [f"{form.label} (*{form.suffixes[0]})" for form in FORMATS]
        export = partial(self._export, page)
        title = tr("Export chart")
        ask_for_file(
            self._dialog, self.context.settings, title, kinds, export, new=f"{page.title}.svg"
        )

    def _export(self, page: "ChartPage", path: Path) -> None:
        from exlab_gui.export.charts.formats import FORMATS, Drawn
        from exlab_gui.export.exporter import write

        picture = page.view.picture
        if picture is not None:
            drawn = Drawn(picture, self.context.theme.colours, page.table.rows.table)
            work = partial(write, path, FORMATS, drawn)
            done = partial(self._exported, path)
            self.context.jobs.run(
                tr("Writing {file}", file=file_name(path.name)), work, lambda _: done()
            )

    def _exported(self, path: Path) -> None:
        self.context.settings.used_file(path)
        saved = tr("Saved {file}", file=file_name(path))
        self.context.messages.show_info(saved)
        if self._dialog is not None:
            self._dialog.tell(saved)

    def _closed(self) -> None:
        self._dialog = None


def _times(session: SessionModel) -> dict[str, list[int]]:
    """Return the times of the latest finished visits to each state, in microseconds."""
    visits, count = session.visits, session.visits.visit_count()
    found: dict[str, list[int]] = {}
    for visit in map(visits.visit, range(max(count - _MOST_MARKED, 0), count)):
        if visit.end is not None:
            times = found.setdefault(visit.state, [])
            times.append(visit.lasted(visit.end).middle // _MICROSECOND)
    return found

"""Coverage in the window: on the diagram, and as a table."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.exports import ExportActions
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.session_view import SessionView

if TYPE_CHECKING:
    from exlab_gui.widgets.dialogs.coverage_dialog import CoverageDialog

FRAME_MS = 100
"""Changes that come faster than this are counted together."""


class CoverageActions(QObject, SessionView):
    """Counts how often sessions took each state and transition of the shown one's machine.

    `of_all` says whether all open sessions of that machine are counted, or only the shown one;
    each as far as it is shown, where the past is.
    """

    def __init__(
        self,
        context: ActionContext,
        sessions: SessionListModel,
        diagram: DiagramView,
        exports: ExportActions,
    ) -> None:
        super().__init__(context.window)
        self._sessions = sessions
        self._diagram = diagram
        self._exports = exports
        self._shown = context.actions["actionShowCoverage"]
        self.of_all = True
        self._known = WeakKeyDictionary[SessionModel, tuple[StateHistory, int, Coverage]]()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self.refresh)
        self._shown.toggled.connect(self.refresh)
        context.connect({"actionCoverage": lambda: self._open_dialog(context.window)})
        for changed in (sessions.dataChanged, sessions.rowsInserted, sessions.rowsRemoved):
            changed.connect(self._refresh_soon)

    def set_session(self, session: SessionModel) -> None:
        """Count the sessions of the machine of `session` from now on."""
        super().set_session(session)
        self.refresh()

    def synchronize(self) -> None:
        """Count what happened, before long."""
        self._refresh_soon()

    def counted(self) -> Coverage | None:
        """Return how often each state and transition was taken; None where no session is shown."""
        shown = self.session
        if shown is None:
            return None
        coverage = Coverage(shown.machine)
        for session in self._sessions.open_sessions if self.of_all else [shown]:
            if session.machine == shown.machine:
                coverage.merge(self._counted(session))
        return coverage

    def count_all(self, of_all: bool) -> None:
        """Count all open sessions of the machine from now on, or only the shown one."""
        self.of_all = of_all
        self.refresh()

    def refresh(self) -> None:
        """Show the counts as they are now on the diagram, where they are to be seen there."""
        self._frame.stop()
        self._diagram.counts.show(self.counted() if self._shown.isChecked() else None)

    def save(self) -> None:
        """Let the user say where the counts are to be saved, and save them."""
        if (coverage := self.counted()) is not None:
            self._exports.ask_for_coverage(coverage)

    def _open_dialog(self, parent: QWidget) -> None:
        from exlab_gui.widgets.dialogs.coverage_dialog import CoverageDialog

        dialog = CoverageDialog(self.of_all, parent)
        dialog.scope_chosen.connect(self.count_all)
        dialog.scope_chosen.connect(lambda: self._show_in(dialog))
        dialog.save_requested.connect(self.save)
        self._show_in(dialog)
        dialog.open()

    def _show_in(self, dialog: "CoverageDialog") -> None:
        if (coverage := self.counted()) is not None:
            dialog.show_coverage(coverage)

    def _counted(self, session: SessionModel) -> Coverage:
        """Return the counts of `session`, anew only where it has entered another state since."""
        visits, visits_made = session.visits, session.visits.visit_count(session.position)
        known = self._known.get(session)
        if known is None or known[:2] != (visits, visits_made):
            coverage = Coverage(session.machine)
            coverage.add_visits(visits, session.position)
            known = self._known[session] = (visits, visits_made, coverage)
        return known[2]

    def _refresh_soon(self) -> None:
        if self._shown.isChecked() and not self._frame.isActive():
            self._frame.start()

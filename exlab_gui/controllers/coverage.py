"""Coverage on the diagram and as a table."""

from weakref import WeakKeyDictionary

from PySide6.QtCore import QTimer

from exlab_gui.controllers.action import Action, Controller
from exlab_gui.controllers.context import ActionContext
from exlab_gui.controllers.diagram.overlay_place import OverlayPlace
from exlab_gui.controllers.exports import ExportActions
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.overlay import coverage_overlay
from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel

FRAME_MS = 100
"""The shortest interval between two updates of the diagram."""


class CoverageActions(Controller):
    """Counts visits and transitions, each session up to its position.

    `of_all`: count all open sessions of the shown one's machine, not only the shown one.
    """

    def __init__(
        self,
        context: ActionContext,
        sessions: SessionListModel,
        exports: ExportActions,
        place: OverlayPlace,
    ) -> None:
        super().__init__(context)
        self._sessions = sessions
        self._place = place
        self._exports = exports
        self.of_all = True
        self._known = WeakKeyDictionary[SessionModel, tuple[StateHistory, int, Coverage]]()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self.refresh)
        context.shown.connect(lambda _: self.refresh())
        for changed in (sessions.dataChanged, sessions.rowsInserted, sessions.rowsRemoved):
            changed.connect(self._refresh_soon)

    @property
    def on_diagram(self) -> bool:
        return self._place.is_of(self)

    def counted(self) -> Coverage:
        shown = self.session
        coverage = Coverage(shown.machine)
        for session in self._sessions.open_sessions if self.of_all else [shown]:
            if session.machine == shown.machine:
                coverage.merge(self._counted(session))
        return coverage

    def count_all(self, of_all: bool) -> None:
        self.of_all = of_all
        self.refresh()

    def show_on_diagram(self, shown: bool) -> None:
        if shown or self.on_diagram:
            self._place.give(self if shown else None)
        self.refresh()

    def refresh(self) -> None:
        self._frame.stop()
        if self.on_diagram:
            self._place.show(self, coverage_overlay(self.counted()))

    @Action(
        "actionShowCoverage",
        "&Coverage on diagram",
        "F7",
        "Diagram",
        2,
        checked=lambda c: c.on_diagram,
    )
    def _show_or_hide(self) -> None:
        """Show the counts of visits and transitions on the diagram."""
        self.show_on_diagram(not self.on_diagram)

    @Action("actionCoverage", "Co&verage…", "Shift+F7", "Trace", 3)
    def _open_dialog(self) -> None:
        """Show the counts of visits and transitions as a table."""
        from exlab_gui.widgets.dialogs.coverage_dialog import CoverageDialog

        dialog = CoverageDialog(self.of_all, self.context.window)
        dialog.scope_chosen.connect(self.count_all)
        dialog.scope_chosen.connect(lambda: dialog.show_coverage(self.counted()))
        dialog.save_requested.connect(lambda: self._exports.ask_for_coverage(self.counted()))
        dialog.show_coverage(self.counted())
        dialog.open()

    def _counted(self, session: SessionModel) -> Coverage:
        visits, visits_made = session.visits, session.visits.visit_count(session.position)
        known = self._known.get(session)
        if known is None or known[:2] != (visits, visits_made):
            coverage = Coverage(session.machine)
            coverage.add_visits(visits, session.position)
            known = self._known[session] = (visits, visits_made, coverage)
        return known[2]

    def _refresh_soon(self) -> None:
        if self.on_diagram and not self._frame.isActive():
            self._frame.start()

"""The central panes of the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.accessibility.factory import install
from exlab_gui.widgets.connection_bar import ConnectionBar
from exlab_gui.widgets.controls.tab_order import tab_through
from exlab_gui.widgets.details_panel import DetailsPanel
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.form.input_form import InputForm
from exlab_gui.widgets.history_bar import HistoryBar
from exlab_gui.widgets.log.log_tabs import LogTabs
from exlab_gui.widgets.message_bar import MessageBar
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.outcome_panel import OutcomePanel
from exlab_gui.widgets.pane_stack import PaneStack
from exlab_gui.widgets.timeline.selection import SelectedRange
from exlab_gui.widgets.timeline.timeline_view import TimelineView
from exlab_gui.widgets.timeline.transport import Transport
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.widgets.transition_panel import TransitionPanel


class Panes(QWidget):
    """The diagram on the left; details, buttons, timeline, log and form on the right."""

    def __init__(
        self,
        actions: dict[str, QAction],
        moves: TransitionActions,
        theme: Theme,
        messages: MessageBar,
    ) -> None:
        super().__init__()
        install()
        self.messages = messages
        self.connection = ConnectionBar(actions, theme)
        self.past = HistoryBar(actions)
        self.diagram = DiagramView(theme)
        self.details = DetailsPanel()
        self.form = InputForm()
        self.outcome = OutcomePanel()
        self.transitions = TransitionPanel(moves)
        self.timeline = TimelineView(theme)
        self.tabs = LogTabs(theme)
        self.transport = Transport(actions)
        self.tabs.put_beside(self.transport)
        tab_through(self.tabs.bar, self.transport.buttons)
        self.timeline.selected.connect(self._show_range)
        self.log = self.tabs.log
        self.log.range_dropped.connect(self.timeline.clear_range)
        self.splitter = named(QSplitter(Qt.Orientation.Horizontal), "mainSplitter")
        self.sizes = self.splitter.sizes()  # before presenting
        self.diagram.key_pressed.connect(moves.go_by_key)
        self._presenting = False
        self._steps = True  # whether the session can be stepped
        self._lay_out()

    def set_session(self, session: SessionModel) -> None:
        for view in (
            self.connection,
            self.past,
            self.diagram,
            self.details,
            self.form,
            self.outcome,
            self.timeline,
            self.tabs,
            self.transport,
        ):
            view.set_session(session)
        self._steps = Step in session.traits.commands
        self._show_buttons()

    def present(self, presenting: bool) -> None:
        self._presenting = presenting
        self._show_buttons()
        self.tabs.setVisible(not presenting)
        self.details.enlarge(presenting)
        if presenting:
            self.sizes = self.splitter.sizes()
            self.splitter.setSizes([3, 2])
        else:
            self.splitter.setSizes(self.sizes)

    def _show_range(self, chosen: SelectedRange | None) -> None:
        """Have the log show only the events of the range that was selected on the timeline."""
        if chosen is None:
            self.log.show_range(None)
        else:
            self.log.show_range(range(chosen.first, chosen.until), chosen.lasted)

    def _show_buttons(self) -> None:
        """Show the buttons of transitions, unless none of them could ever be pressed."""
        self.transitions.setVisible(self._steps and not self._presenting)

    def _lay_out(self) -> None:
        beside = PaneStack("sessionPane")
        # What comes and goes stands below: nothing above it moves.
        always = (self.details, self.transitions, self.timeline, self.tabs)
        beside.fill(*always, self.form, self.outcome, tall=self.tabs)
        self.splitter.addWidget(self._with_place_for_the_past())
        self.splitter.addWidget(beside)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.connection)
        column.addWidget(self.splitter, 1)

    def _with_place_for_the_past(self) -> QWidget:
        """Return the diagram below a place for the bar of the position, which moves nothing."""
        place = QWidget()
        room = QVBoxLayout(place)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.past)
        place.setFixedHeight(self.past.sizeHint().height())
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(place)
        column.addWidget(self.diagram, 1)
        return both

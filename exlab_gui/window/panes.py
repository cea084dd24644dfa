"""The central panes of the window."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from exlab_gui.core.text.translation import tr, translatable
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
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.log.log_tabs import LogTabs
from exlab_gui.widgets.message_bar import MessageBar
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.outcome_panel import OutcomePanel
from exlab_gui.widgets.panes.pane_stack import PaneStack
from exlab_gui.widgets.panes.places import Pane, PanePlaces
from exlab_gui.widgets.presenting.presentation import Presentation
from exlab_gui.widgets.session_title import SessionTitle
from exlab_gui.widgets.timeline.selection import SelectedRange
from exlab_gui.widgets.timeline.timeline_view import TimelineView
from exlab_gui.widgets.timeline.transport import Transport
from exlab_gui.widgets.transition_actions import TransitionActions
from exlab_gui.widgets.transition_panel import TransitionPanel

_ALL_CLOSED = translatable("All panes are closed. View → Panes and View → Reset layout open them.")
_ALL_ELSEWHERE = translatable(
    "The open panes stand at the edges, or in windows of their own. View → Reset layout puts all "
    "panes here."
)

_DIAGRAM, _SMALL_DIAGRAM = 362, 240
"""The least width of the diagram: that of readable letters, and without room for it."""


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
        self.title = SessionTitle()
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
        self.sizes = self.splitter.sizes()  # while both sides were shown
        self.nothing = plain_label("", "closedPanes")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.presentation = Presentation(actions)
        self.presentation.enlarged.connect(self.fit)
        self.diagram.key_pressed.connect(moves.go_by_key)
        self.places: PanePlaces | None = None
        self._steps = True  # whether the session can be stepped
        self._lay_out()

    def fit(self) -> None:
        """Take the sizes that depend on the style of the panes."""
        height = max(self.past.sizeHint().height(), self.title.sizeHint().height())
        self._place_for_the_past.setFixedHeight(height)

    def set_session(self, session: SessionModel) -> None:
        for view in (
            self.connection,
            self.title,
            self.past,
            self.diagram,
            self.details,
            self.form,
            self.outcome,
            self.timeline,
            self.tabs,
            self.transport,
            self.presentation,
        ):
            view.set_session(session)
        self._steps = Step in session.traits.commands
        if self.places is not None:
            self.places.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the letters of the diagram readable, unless there is too little room for it."""
        super().resizeEvent(event)
        others = self.splitter.handleWidth() + self._beside.minimumSizeHint().width()
        room = min(self.width() - others, _DIAGRAM)
        self.diagram.setMinimumWidth(max(room, _SMALL_DIAGRAM))

    def place_in(self, window: QMainWindow) -> PanePlaces:
        """Let the user move, close and open panes of `window`, and return what does it."""
        home = self._beside.put_back
        records = (
            Pane("diagram", "Diagram", "Move diagram", self._left, self._put_diagram_home),
            Pane("state", "State", "Move state", self.details, partial(home, self.details)),
            Pane(
                "transitions",
                "State buttons",
                "Move state buttons",
                self.transitions,
                partial(home, self.transitions),
                is_wanted=lambda: self._steps,  # else none could ever be pressed
            ),
            Pane(
                "timeline", "Timeline", "Move timeline", self.timeline, partial(home, self.timeline)
            ),
            Pane("log", "Log", "Move log", self.tabs, partial(home, self.tabs)),
            Pane(
                "problems",
                "Problems",
                "Move problems",
                self.tabs.problems,
                partial(self.tabs.put_back, self.tabs.problems),
                show_at_home=partial(self.tabs.show_tab, self.tabs.problems),
            ),
            Pane(
                "sequence",
                "Sequence",
                "Move sequence",
                self.tabs.sequence,
                partial(self.tabs.put_back, self.tabs.sequence),
                show_at_home=partial(self.tabs.show_tab, self.tabs.sequence),
            ),
            Pane(
                "question",
                "Question",
                "Move question",
                self.form,
                partial(home, self.form),
                closable=False,
            ),
            Pane(
                "result",
                "Result",
                "Move result",
                self.outcome,
                partial(home, self.outcome),
                closable=False,
            ),
        )
        self.places = PanePlaces(window, records)
        self.places.changed.connect(self._show_sides)
        self.tabs.wanted.connect(self.places.open)
        return self.places

    def present(self, presenting: bool) -> None:
        """Show what an audience reads, or all panes again where they were."""
        assert self.places is not None
        if presenting:
            self._keep_sizes()
            self.places.lend()
            self.splitter.hide()
            self.nothing.hide()
            self.presentation.take(
                self._left,
                self._place_for_the_past,
                self.details,
                self.form,
                self.timeline,
                self.transport,
            )
        else:
            self.presentation.give_back()
            self.tabs.put_beside(self.transport)
            self.splitter.show()
            self.places.take_back(("diagram", "state", "question", "timeline"))
            self.splitter.setSizes(self.sizes)
            self.fit()

    @property
    def sizes_to_keep(self) -> list[int]:
        self._keep_sizes()
        return self.sizes

    def _keep_sizes(self) -> None:
        if self.splitter.count() == 2 and all(self.splitter.sizes()):
            self.sizes = self.splitter.sizes()

    def _put_diagram_home(self) -> None:
        self.splitter.insertWidget(0, self._left)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setSizes(self.sizes)

    def _show_sides(self) -> None:
        """Hide a side without panes; if none is here, say where they are."""
        self._beside.setHidden(self._beside.is_empty)
        nothing = self._beside.isHidden() and (
            self._left.isHidden() or self.splitter.indexOf(self._left) < 0
        )
        self.splitter.setHidden(nothing)
        if nothing and self.places is not None:
            self.nothing.setText(tr(_ALL_ELSEWHERE if self.places.has_docks else _ALL_CLOSED))
        self.nothing.setVisible(nothing)

    def _show_range(self, chosen: SelectedRange | None) -> None:
        """Have the log show only the events of the range that was selected on the timeline."""
        if chosen is None:
            self.log.show_range(None)
        else:
            self.log.show_range(range(chosen.first, chosen.until), chosen.lasted)

    def _lay_out(self) -> None:
        beside = self._beside = PaneStack("sessionPane")
        # What comes and goes stands below: nothing above it moves.
        always = (self.details, self.transitions, self.timeline, self.tabs)
        beside.fill(*always, self.form, self.outcome, tall=self.tabs)
        self._left = self._with_place_for_the_past()
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(beside)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.connection)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.presentation, 1)
        self.nothing.hide()

    def _with_place_for_the_past(self) -> QWidget:
        """Return the diagram below the title, whose place the bar of the position takes."""
        place = self._place_for_the_past = QWidget()
        room = QVBoxLayout(place)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.title)
        room.addWidget(self.past)
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(place)
        column.addWidget(self.diagram, 1)
        return both

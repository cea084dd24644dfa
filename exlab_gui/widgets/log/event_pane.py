"""All that is known of one event: what it says, what it changed, and its message as JSON."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSplitter,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.controls.steady_area import SteadyArea
from exlab_gui.widgets.labels import WrappingLabel, caption, plain_label, show_meaning
from exlab_gui.widgets.object_names import named

if TYPE_CHECKING:
    from exlab_gui.core.text.event_facts import Fact

_LEAST_WIDTH, _LEAST_HEIGHT = 200, 110
_SHORT = 24  # characters of a text that stands beside its name


class EventPane(QWidget):
    """Shows one event of a session; `closed` if the user closes the pane.

    The facts stand above the JSON in a high pane, and beside it in a wide one.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "eventDetails", "Event")
        self.setMinimumSize(_LEAST_WIDTH, _LEAST_HEIGHT)
        self._is_built = False

    def show_event(self, session: SessionModel, index: int) -> None:
        from exlab_gui.core.text.event_facts import event_facts
        from exlab_gui.core.text.message import message_value

        self._build()
        event = session.history[index]
        self._title.setText(tr("Event {seq}", seq=event.seq))
        page = QWidget()
        rows = QGridLayout(page)
        rows.setContentsMargins(4, 4, 8, 4)
        rows.setHorizontalSpacing(10)
        rows.setVerticalSpacing(3)
        rows.setColumnStretch(1, 1)
        for fact in event_facts(session.visits, index, session.findings.get(index, ())):
            _add_row(rows, fact)
        rows.setRowStretch(rows.rowCount(), 1)
        self._facts.setWidget(page)
        self.tree.show_value(message_value(event))
        self.json.show_event(event)

    def show_hint(self, text: str) -> None:
        """Show `text` in place of an event."""
        self._build()
        self._title.setText("")
        self._facts.setWidget(WrappingLabel(text, "fact_0"))
        self.tree.show_value(None)
        self.json.show_hint(text)

    def _build(self) -> None:
        """Make what is inside, once: the window opens sooner without it."""
        if self._is_built:
            return
        from exlab_gui.widgets.log.json_pane import JsonPane
        from exlab_gui.widgets.log.json_tree import JsonTree

        self._is_built = True
        self._title = named(plain_label(), "eventDetailsTitle")
        close = named(QToolButton(), "eventDetailsClose", "Close the details")
        close.setText("✕")
        close.setToolTip(tr("Close the details"))
        close.clicked.connect(self.closed)
        self._facts = named(SteadyArea(), "eventDetailsFacts", "Facts")
        self._facts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.json = JsonPane()
        self.tree = JsonTree()
        self._forms = named(QTabWidget(), "eventDetailsJson", "Message")
        self._forms.setDocumentMode(True)
        self._forms.tabBar().setAccessibleName(tr("Forms of the message"))
        self._forms.addTab(self.tree, "JSON")
        self._forms.addTab(self.json, tr("Text"))
        self._parts = QSplitter(Qt.Orientation.Vertical)
        self._parts.addWidget(self._facts)
        self._parts.addWidget(self._forms)
        self._parts.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._parts, 1)
        self._turn()

    def _turn(self) -> None:
        wide = self.width() > 2 * self.height()
        self._parts.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_built:
            self._turn()


def _add_row(rows: QGridLayout, fact: "Fact") -> None:
    """Add `fact` to `rows`: a long text below its name, a short one beside it."""
    row = rows.rowCount()
    long = len(fact.text) > _SHORT or "\n" in fact.text
    text = WrappingLabel(tr(fact.text), f"fact_{row}")
    show_meaning(text, fact.meaning)
    rows.addWidget(caption(fact.name), row, 0, 1, 2 if long else 1, Qt.AlignmentFlag.AlignTop)
    rows.addWidget(text, row + long, 0 if long else 1, 1, 2 if long else 1)

"""What an audience reads of a session, as large as the screen allows."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.widgets.controls.letters import Letters
from exlab_gui.widgets.details_panel import DetailsPanel
from exlab_gui.widgets.form.input_form import InputForm
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.presenting.last_events import LastEvents
from exlab_gui.widgets.timeline.timeline_view import TimelineView
from exlab_gui.widgets.timeline.transport import Transport

_LINES = 40
"""So many lines of text would stand below each other on the screen, if nothing else did."""

_LETTERS = 56
"""And so many heights of a letter beside each other."""

_SMALLEST = 14  # pixels of a letter
_DIAGRAM, _BESIDE = 9, 11  # their ratio


class Presentation(QWidget):
    """Diagram, state, question, last events, timeline and large transport buttons.

    Between `take` and `give_back` it shows widgets of the window.
    """

    enlarged = Signal(int)
    """How high letters are, in pixels."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "presentation", "Presentation")
        self.events = LastEvents()
        self.messages = QWidget()
        """Where messages stand: at the right of the transport buttons."""
        self._step = named(ActionButton(actions["actionStep"]), "presentation_actionStep")
        self._taken: tuple[DetailsPanel, Transport] | None = None
        self._letters: tuple[Letters, ...] = ()
        self._letter: int | None = None
        self._beside = QVBoxLayout()
        self._beside.addWidget(self.events, 1)
        self._below = QHBoxLayout()
        self._below.addWidget(self._step)
        self._below.addWidget(self.messages, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 16, 16, 16)
        self._grid.setSpacing(16)
        self._grid.setColumnStretch(0, _DIAGRAM)
        self._grid.setColumnStretch(1, _BESIDE)
        self._grid.setRowStretch(0, 1)
        self._grid.addLayout(self._beside, 0, 1)
        self._grid.addLayout(self._below, 2, 0, 1, 2)
        self.hide()

    def set_session(self, session: SessionModel) -> None:
        self.events.set_session(session)

    def take(
        self,
        diagram: QWidget,
        above: QWidget,
        details: DetailsPanel,
        form: InputForm,
        timeline: TimelineView,
        transport: Transport,
    ) -> None:
        """Show these widgets, which stand elsewhere; `above` is a part of `diagram`."""
        self._taken = details, transport
        if not self._letters:
            self._letters = tuple(map(Letters, (self.events, above, form, timeline)))
        self._grid.addWidget(diagram, 0, 0)
        self._beside.insertWidget(0, details)
        self._beside.insertWidget(1, form)
        self._grid.addWidget(timeline, 1, 0, 1, 2)
        self._below.insertWidget(0, transport)
        for widget in (diagram, details, timeline, transport):
            widget.show()
        self.show()
        self._enlarge()  # if its size is that of last time

    def give_back(self) -> None:
        """Give the widgets the size that they had; another widget takes them now."""
        if self._taken is not None:
            details, transport = self._taken
            for letters in self._letters:
                letters.set(None)
            details.enlarge(None)
            transport.enlarge(None)
        self._taken = self._letter = None
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._enlarge()

    def _enlarge(self) -> None:
        """Have all letters be as high as the room allows."""
        letter = max(min(self.height() // _LINES, self.width() // _LETTERS), _SMALLEST)
        if self._taken is None or letter == self._letter:
            return
        self._letter = letter
        for letters in self._letters:
            letters.set(letter)
        details, transport = self._taken
        details.enlarge(letter)
        transport.enlarge(2 * letter)
        self._step.setIconSize(QSize(2 * letter, 2 * letter))
        self.enlarged.emit(letter)
        self._grid.setSpacing(letter)
        self._beside.setSpacing(letter)


class BlankScreen(QWidget):
    """Covers the window it stands in, and what comes there later, until it is clicked or hidden."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "blankScreen", "Blank screen")
        parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isHidden():
            if watched is not self.parentWidget():
                if event.type() in (QEvent.Type.ZOrderChange, QEvent.Type.ShowToParent):
                    self.raise_()
            elif event.type() == QEvent.Type.Resize:
                self.cover()
        return super().eventFilter(watched, event)

    def cover(self) -> None:
        around = self.parentWidget()
        assert around is not None
        here = Qt.FindChildOption.FindDirectChildrenOnly
        for sibling in around.findChildren(QWidget, options=here):
            if sibling is not self:
                sibling.installEventFilter(self)  # a message raises itself
        self.setGeometry(around.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.end()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.hide()

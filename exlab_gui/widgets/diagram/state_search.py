"""Searching the diagram for a state, by a part of its name or of its phase."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.diagram.zoomable_view import ZoomableView
from exlab_gui.widgets.labels import plain_label
from exlab_gui.widgets.object_names import named

_LONGEST = 200
_MARGIN = 6


def matches(machine: StateMachine, text: str) -> list[str]:
    """Return the states that have `text` in their name or phase, in any case."""
    words = text.casefold().split()
    if not words:
        return []
    return [
        state
        for state in machine.states
        if all(word in f"{state}\n{machine.phase(state) or ''}".casefold() for word in words)
    ]


class StateSearch(QFrame):
    """A line to type in, at the top of `view`.

    `asked` gives the text; `moved` says by how many matches to go on; `ended`: the user has enough.
    """

    asked = Signal(str)
    moved = Signal(int)
    ended = Signal()

    def __init__(self, view: ZoomableView) -> None:
        super().__init__(view)
        named(self, "diagramSearchBar", tr("Find a state"))
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self._view = view
        self._line = named(QLineEdit(), "diagramSearch", tr("Part of a state or phase"))
        self._line.setPlaceholderText(tr("State or phase"))
        self._line.setToolTip(tr("Enter goes to the next match, Shift+Enter to the previous one"))
        self._line.setMaxLength(_LONGEST)
        self._line.setAcceptDrops(False)
        self._told = plain_label("", "diagramSearchResult")
        end = named(QToolButton(), "diagramSearchEnd", tr("End the search"))
        end.setText("✕")
        end.setAutoRaise(True)
        end.setToolTip(tr("End the search (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.addWidget(self._line, 1)
        row.addWidget(self._told)
        row.addWidget(end)
        self._line.textChanged.connect(self.asked)
        end.clicked.connect(self.ended)
        self.hide()

    def begin(self) -> None:
        self.put()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        self.asked.emit(self._line.text())

    def put(self) -> None:
        """Take the place at the top, as wide as the view has room."""
        room = self._view.viewport().geometry()
        width = min(max(self.sizeHint().width(), 320), room.width() - 2 * _MARGIN)
        self.resize(width, self.sizeHint().height())
        left = room.left() + (room.width() - width) // 2
        self.move(QPoint(left, room.top() + _MARGIN))

    def tell(self, place: int | None, count: int) -> None:
        """Show which of so many matches is chosen, or that there is none."""
        if not self._line.text().strip():
            told = ""
        elif not count:
            told = tr("Nothing found")
        else:
            told = tr("{place:,} of {count:,}", place=(place or 0) + 1, count=count)
        self._told.setText(told)
        self._line.setAccessibleDescription(told)
        self.setProperty("matches", count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take all keys that the line leaves: none is meant for the diagram."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.moved.emit(-1 if back else 1)
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Escape:
                self.ended.emit()

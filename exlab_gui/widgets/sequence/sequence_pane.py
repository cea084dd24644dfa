"""The pane of the messages of a session."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.object_names import named

if TYPE_CHECKING:
    from exlab_gui.widgets.sequence.sequence_view import SequenceView


class SequencePane(QWidget):
    """Makes the view when it is first shown: until then, it costs nothing."""

    event_selected = Signal(int)
    event_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "sequencePane", "Sequence")
        self._theme = theme
        self._session: SessionModel | None = None
        self._selected = -1
        self.view: SequenceView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_session(self, session: SessionModel) -> None:
        self._session, self._selected = session, -1
        if self.view is not None:
            self.view.rows.set_session(session)

    def select(self, event: int) -> None:
        """Select the message of the event at that index."""
        self._selected = event
        if self.view is not None:
            self.view.select(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view is not None:
            return
        from exlab_gui.widgets.sequence.sequence_view import SequenceView

        self.view = SequenceView(self._theme)
        self.view.event_selected.connect(self.event_selected)
        self.view.event_chosen.connect(self.event_chosen)
        self._column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.rows.set_session(self._session)
        if self._selected >= 0:
            self.view.select(self._selected)

"""The list of the messages that were shown."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from exlab_gui.core.text.translation import tr
from exlab_gui.models.notices import MOST, Notices
from exlab_gui.models.session_model import SessionModel
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.tables import RowTable

_WIDEST = ("00:00:00", "Message", "CONFOCAL_01/P-0000")
_LINES = 5


class NoticesDialog(Dialog):
    """One row per message, the newest first, and all of the chosen one; `chosen` gives a session.

    It stays open beside the window. What is in it is read.
    """

    chosen = Signal(SessionModel)

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__("Notices", "noticesDialog", parent)
        self._notices = notices
        table = self._table = named(RowTable(notices), "noticesTable", "Notices")
        table.empty_text = tr("No message was shown so far.")
        table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        header, metrics = table.horizontalHeader(), QFontMetrics(table.font())
        header.setStretchLastSection(True)
        for column, widest in enumerate(_WIDEST):
            header.resizeSection(column, metrics.horizontalAdvance(widest) + 24)
        self._whole = named(QPlainTextEdit(readOnly=True), "noticesText", "Message")
        self._whole.setTabChangesFocus(True)
        self._whole.setFixedHeight((_LINES + 1) * metrics.lineSpacing())
        role = QDialogButtonBox.ButtonRole
        self._show = named(
            self.buttons.addButton(tr("Show session"), role.ActionRole), "noticesShow"
        )
        self._clear = named(
            self.buttons.addButton(tr("Clear list"), role.ActionRole), "noticesClear"
        )
        self._show.clicked.connect(self._show_session)
        self._clear.clicked.connect(notices.clear)
        table.activated.connect(self._show_session)
        table.selectionModel().currentRowChanged.connect(self._tell)
        notices.changed.connect(self._follow)
        self.add(table, self._whole)
        self.add_close()
        table.selectRow(0)
        self._follow()
        self.resize(760, 420)

    def _follow(self) -> None:
        self._notices.read(MOST)
        self._tell()

    def _tell(self) -> None:
        """Show all of the chosen message, and whether its session can be shown."""
        notice = self._notices.notice(self._table.currentIndex().row())
        text = notice.text if notice else ""
        if text != self._whole.toPlainText():  # who reads it has scrolled, or selected some of it
            self._whole.setPlainText(text)
        self._clear.setEnabled(self._notices.rowCount() > 0)
        self._show.setEnabled(notice is not None and notice.session is not None)
        why = "" if notice is None or notice.session else tr("The session is not open any more.")
        self._show.setToolTip(why)
        self._show.setAccessibleDescription(why)

    def _show_session(self) -> None:
        notice = self._notices.notice(self._table.currentIndex().row())
        if notice is not None and notice.session is not None:
            self.chosen.emit(notice.session)

"""Paints the rows of the list of sessions: two lines each, and a mark for how a session stands."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPixmap,
    QStaticText,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from exlab_gui.core.meaning import Meaning
from exlab_gui.models.cells import FOREGROUND
from exlab_gui.models.session_cells import Column
from exlab_gui.models.session_filter import SessionFilterModel
from exlab_gui.models.session_list import LINES_ROLE, MEANING_ROLE
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.badge import SIDE, badge
from exlab_gui.widgets.labels import elided

_MARK = 26
_MARGIN = 4, 3
_MODES = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight  # names begin alike
_KEPT = 500  # texts that are laid out; some show times, which are others each second


_Text = tuple[QStaticText, float, float]
"""A text that is laid out, its width and its height."""

_State = QStyle.StateFlag
_MARKED = _State.State_Selected | _State.State_MouseOver | _State.State_HasFocus
"""What Qt shows of a row; of any other one it would look for an icon, a text and a frame."""


class SessionDelegate(QStyledItemDelegate):
    """Shows the name and, muted, the place of a session; its state, and the time in it.

    Marks and texts are kept as they are painted: to lay them out anew takes five times as long.
    """

    def __init__(
        self, rows: SessionFilterModel, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._theme = theme
        self._marks: dict[tuple[Meaning | None, float], QPixmap] = {}
        self._colours = theme.colours
        self._texts: dict[tuple[str, int, int], _Text] = {}
        self._font = QFont()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), row_height(option.fontMetrics))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, column = index.row(), index.column()
        # Qt would ask for much more than is painted here, cell by cell.
        lines = self._rows.value(row, column, LINES_ROLE)
        if lines is None:
            super().paint(painter, option, index)
            return
        if (warning := self._rows.value(row, column, FOREGROUND)) is not None:
            option.palette.setBrush(QPalette.ColorRole.Text, warning)
        if option.state & _MARKED:
            QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter)
        sideways, upright = _MARGIN
        room = option.rect.adjusted(sideways, upright, -sideways, -upright)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        if column == Column.SESSION:
            middle = QPointF(10, room.height() / 2) - QPointF(SIDE / 2, SIDE / 2)
            mark = self._mark(self._rows.value(row, column, MEANING_ROLE), option)
            side = room.right() + 1 - 20 if mirrored else room.left()
            painter.drawPixmap(QPointF(side, room.top()) + middle, mark)
            room.adjust(0 if mirrored else _MARK, 0, -_MARK if mirrored else 0, 0)
        selected = option.state & _State.State_Selected
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        font = option.font
        if font != self._font or len(self._texts) >= _KEPT:
            self._texts, self._font = {}, QFont(font)
        painter.setFont(font)
        painter.setPen(option.palette.color(role))
        height = room.height() / 2
        for place, line in enumerate(lines):
            if place:
                painter.setPen(QColor(self._theme.colours.muted))
            text, wide, high = self._text(line, place, room.width(), option)
            # In its own direction, at the side where the window's language begins.
            left = room.right() + 1 - wide if mirrored else room.left()
            above = place * height + (height - high) / 2
            painter.drawStaticText(QPointF(left, room.top() + above), text)
        painter.restore()

    def _text(self, line: str, place: int, width: int, option: QStyleOptionViewItem) -> _Text:
        key = line, place, width
        if key not in self._texts:
            text = QStaticText(elided(line, option.fontMetrics, width, _MODES[place]))
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.prepare(font=option.font)
            self._texts[key] = text, text.size().width(), text.size().height()
        return self._texts[key]

    def _mark(self, meaning: Meaning | None, option: QStyleOptionViewItem) -> QPixmap:
        colours, scale = self._theme.colours, option.widget.devicePixelRatio()
        if colours is not self._colours:
            self._marks, self._colours = {}, colours
        if (meaning, scale) not in self._marks:
            self._marks[meaning, scale] = badge(meaning, colours, scale)
        return self._marks[meaning, scale]


def row_height(metrics: QFontMetrics) -> int:
    """Return the height of a row of two lines."""
    return 2 * metrics.height() + 10

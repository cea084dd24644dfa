"""Paints the rows of the list of sessions: two lines each, and a mark for how a session stands."""

from functools import partial

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from exlab_gui.core.diagram_looks import meaning_badge
from exlab_gui.core.layout.geometry import Point
from exlab_gui.core.meaning import Meaning
from exlab_gui.models.session_cells import Column
from exlab_gui.models.session_list import LINES_ROLE, MEANING_ROLE
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.shapes import Drawings, draw
from exlab_gui.widgets.labels import elided, reading_side

_MARK = 26
_MARGIN = 4


class SessionDelegate(QStyledItemDelegate):
    """Shows the name and, muted, the place of a session; its state, and the time in it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marks = Drawings[Meaning | None](partial(meaning_badge, Point(0, 0)))

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
        lines = index.data(LINES_ROLE)
        if lines is None:
            super().paint(painter, option, index)
            return
        # Qt would ask for much more than is painted here, cell by cell.
        if (warning := index.data(Qt.ItemDataRole.ForegroundRole)) is not None:
            option.palette.setBrush(QPalette.ColorRole.Text, warning)
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter)
        room = QRectF(option.rect).adjusted(_MARGIN, 3, -_MARGIN, -3)
        painter.save()
        if index.column() == Column.SESSION:
            x = room.left() + 10
            if option.direction == Qt.LayoutDirection.RightToLeft:
                x = room.right() - 10
                room.setRight(room.right() - _MARK)
            else:
                room.setLeft(room.left() + _MARK)
            self._mark(painter, index, QPointF(x, room.center().y()))
        side = reading_side(painter, option.direction) | Qt.AlignmentFlag.AlignVCenter
        selected = option.state & QStyle.StateFlag.State_Selected
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        colours = option.palette.color(role), QColor(self._theme.colours.muted)
        modes = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight  # names begin alike
        painter.setFont(option.font)
        for place, (line, colour, mode) in enumerate(zip(lines, colours, modes, strict=True)):
            part = QRectF(room.left(), room.top(), room.width(), room.height() / 2)
            part.translate(0, place * room.height() / 2)
            painter.setPen(colour)
            text = elided(line, option.fontMetrics, int(part.width()), mode)
            painter.drawText(part, int(side), text)
        painter.restore()

    def _mark(
        self, painter: QPainter, index: QModelIndex | QPersistentModelIndex, at: QPointF
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(at)
        draw(painter, self._marks.drawing(index.data(MEANING_ROLE), self._theme.colours))
        painter.translate(-at)


def row_height(metrics: QFontMetrics) -> int:
    """Return the height of a row of two lines."""
    return 2 * metrics.height() + 10

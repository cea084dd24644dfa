"""Paints lanes and the messages between them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from exlab_gui.core.analysis.sequence import Message
from exlab_gui.core.protocol.actors import ACTOR_NAMES, Actor
from exlab_gui.core.text.translation import told, tr
from exlab_gui.models.cells import FOREGROUND
from exlab_gui.models.message_table import MessageTableModel
from exlab_gui.theme.semantic_colours import state_fill
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.labels import elided

_TIME = "00 h 00 min0"  # a long one
_HEAD = 5.0  # of an arrow
_GAP = 6
_LEFT = (  # in any language: the lanes are never mirrored
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)


def row_height(metrics: QFontMetrics) -> int:
    """Return the height of a text above an arrow."""
    return metrics.height() + 12


def lane(actor: Actor, width: int, metrics: QFontMetrics) -> float:
    """Return the middle of the lane of `actor`, right of the times."""
    left = metrics.horizontalAdvance(_TIME)
    step = (width - left) / len(Actor)
    return left + step * ([*Actor].index(actor) + 0.5)


def time_room(metrics: QFontMetrics) -> int:
    """Return the width of the times; a longer one is elided."""
    return metrics.horizontalAdvance(_TIME) - _GAP


class Lanes(QHeaderView):
    """The heading: the name of each lane above it."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, _section: int) -> None:
        metrics = self.fontMetrics()
        room = (rect.width() - metrics.horizontalAdvance(_TIME)) // len(Actor)
        painter.setPen(self.palette().windowText().color())
        for actor, name in ACTOR_NAMES.items():
            middle = lane(actor, rect.width(), metrics)
            box = QRectF(middle - room / 2, rect.top(), room, rect.height())
            text = elided(tr(name), metrics, room - _GAP)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class MessageDelegate(QStyledItemDelegate):
    """Paints one row: its time, the lanes, and an arrow, or the state that was entered."""

    def __init__(self, model: MessageTableModel, theme: Theme, parent: QTableView) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = self._theme.colours
        painter.save()
        painter.setClipRect(option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.highlight())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of each text
        painter.translate(option.rect.topLeft())
        width, height = option.rect.width(), option.rect.height()
        metrics = option.fontMetrics
        painter.setPen(QPen(QColor(colours.outline), 1))
        for actor in Actor:
            x = lane(actor, width, metrics)
            painter.drawLine(QPointF(x, 0), QPointF(x, height))
        painter.setPen(QColor(colours.muted))
        room = time_room(metrics)
        since = elided(self._model.since(index.row()), metrics, room)
        painter.drawText(QRectF(4, 0, room, height), _LEFT, since)
        said = self._model.message(index.row())
        brush = self._model.data(index, FOREGROUND)
        ink = brush.color() if isinstance(brush, QBrush) else QColor(colours.text)
        if said.is_within:
            self._paint_state(painter, said, ink, width, height, metrics)
        else:
            _paint_arrow(painter, said, ink, width, height, metrics)
        painter.restore()

    def _paint_state(
        self,
        painter: QPainter,
        said: Message,
        ink: QColor,
        width: int,
        height: int,
        metrics: QFontMetrics,
    ) -> None:
        """Paint the state that was entered upon the session's lane, and its text beside it."""
        x = lane(Actor.SESSION, width, metrics)
        right = x + _GAP
        if said.enters and self._model.session is not None:
            machine = self._model.session.machine
            known = said.state in machine.table
            fill, on_fill = (
                state_fill(self._theme.colours, machine, said.state)
                if known
                else (self._theme.colours.failure, self._theme.colours.on_meaning)
            )
            most = int(lane(Actor.PLUGIN, width, metrics) - x) * 2 - 4 * _GAP
            text = elided(said.state, metrics, most)
            half = metrics.horizontalAdvance(text) / 2 + _GAP
            box = QRectF(x - half, 3, 2 * half, height - 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(on_fill))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            right = box.right() + _GAP
        painter.setPen(ink)
        room = QRectF(right, 0, max(width - right - _GAP, 0), height)
        text = elided(told(said.text), metrics, int(room.width()))
        painter.drawText(room, _LEFT, text)


def _paint_arrow(
    painter: QPainter, said: Message, ink: QColor, width: int, height: int, metrics: QFontMetrics
) -> None:
    """Paint an arrow below its text."""
    start, end = (lane(actor, width, metrics) for actor in said.between)
    y = height - 6.0
    back = _HEAD if end < start else -_HEAD
    painter.setPen(QPen(ink, 1.5))
    painter.drawLine(QPointF(start, y), QPointF(end + back, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    corners = (QPointF(end, y), QPointF(end + back, y - 4), QPointF(end + back, y + 4))
    painter.drawPolygon(QPolygonF(corners))
    left, right = sorted((start, end))
    text, room = told(said.text), QRectF(left + _GAP, 0, right - left - 2 * _GAP, y - 2)
    if metrics.horizontalAdvance(text) > room.width():  # it may go on beyond the arrow
        room.setRight(width - _GAP)
        text = elided(text, metrics, int(room.width()))
    painter.setPen(ink)
    painter.drawText(room, _LEFT if room.right() > right else Qt.AlignmentFlag.AlignCenter, text)

"""What is wrong with how the window looks: things that overlap, cross, or are cut."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainterPath
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QGraphicsItem,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from exlab_gui.widgets.controls.eliding_combo import ElidingComboBox
from exlab_gui.widgets.diagram.edge_item import EdgeItem
from exlab_gui.widgets.diagram.state_item import StateItem
from exlab_gui.widgets.labels import ElidingLabel
from exlab_gui.widgets.message_bar import MessageBar

LEAST_LABEL = 11.0
"""The least height of a font in the diagram, in pixels of the screen, where there is room."""

_LABEL_MARGIN = 2.0

_LONG_TEXTS = ("Phase", "Detail", "Session")
"""Columns of which a text may be cut: its tool tip has the whole of it."""


def diagram_faults(view: QGraphicsView, least: float = LEAST_LABEL) -> list[str]:
    """Return what is wrong with the diagram as it is seen in `view`, with letters of `least`."""
    states = [item for item in view.scene().items() if isinstance(item, StateItem)]
    edges = [item for item in view.scene().items() if isinstance(item, EdgeItem)]
    return [
        *_overlaps(states),
        *_crossings(states, edges),
        *_cut_labels(view, states, least),
        *_out_of_sight(view, [*states, *edges]),
    ]


def window_faults(window: QMainWindow) -> list[str]:
    """Return which texts of `window` are cut, and which of its widgets are not wholly seen."""
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    return [
        f"{_name(widget)}: {fault}"
        for widget in shown
        for fault in (*_text_faults(widget), *_place_faults(widget))
    ]


def _overlaps(states: list[StateItem]) -> Iterator[str]:
    for one, other in combinations(states, 2):
        if one.rect.intersects(other.rect):
            yield f"{one.objectName()} overlaps {other.objectName()}"


def _crossings(states: list[StateItem], edges: list[EdgeItem]) -> Iterator[str]:
    for edge in edges:
        line = edge.shape()
        joined = (edge.route.source, edge.route.target)
        for state in states:
            if state.state not in joined and line.intersects(_as_path(state.rect)):
                yield f"{edge.objectName()} crosses {state.objectName()}"


def _cut_labels(view: QGraphicsView, states: list[StateItem], least: float) -> Iterator[str]:
    for state in states:
        metrics = QFontMetricsF(state.font)
        if metrics.horizontalAdvance(state.text) > state.rect.width() - 2 * _LABEL_MARGIN:
            yield f"the label of {state.objectName()} is too wide"
        if metrics.height() > state.rect.height() - 2 * _LABEL_MARGIN:
            yield f"the label of {state.objectName()} is too high"
        height = state.font.pixelSize() * view.transform().m11()
        if height < least:
            name = state.objectName()
            yield f"the label of {name} is {height:.1f} pixels high: too small to be read"


def _out_of_sight(view: QGraphicsView, items: list[QGraphicsItem]) -> Iterator[str]:
    if scrolls(view):
        yield "the diagram has scroll bars"
    seen = QRectF(view.viewport().rect())
    for item in items:
        drawn = item.rect if isinstance(item, StateItem) else item.shape().boundingRect()
        if not seen.contains(view.mapFromScene(drawn).boundingRect()):
            yield f"{item.toGraphicsObject().objectName()} is not wholly in sight"


def _as_path(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRect(rect)
    return path


def _name(widget: QWidget) -> str:
    return widget.objectName() or f"a {type(widget).__name__} in {_name(widget.parentWidget())}"


def _text_faults(widget: QWidget) -> Iterator[str]:
    """Yield that the text of `widget` is wider or higher than the room for it."""
    match widget:
        case QLabel() if widget.wordWrap():
            if widget.heightForWidth(widget.width()) > widget.height():
                yield f"has no room for the lines of {widget.text()[:40]!r}"
        case ElidingLabel():
            if not _fits(widget.sizeHint().width(), widget.width()) and not widget.toolTip():
                yield f"cuts {widget.text()[:40]!r}, and its tool tip does not tell it"
        case QLabel():
            if not _fits(widget.sizeHint().width(), widget.width()):
                yield f"cuts {widget.text()[:40]!r}"
        case QAbstractButton():
            if widget.text() and not _fits(_text_width(widget), widget.contentsRect().width()):
                yield f"cuts {widget.text()[:40]!r}"
        case ElidingComboBox():
            pass
        case QComboBox():
            option = QStyleOptionComboBox()
            widget.initStyleOption(option)
            room = widget.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox,
                option,
                QStyle.SubControl.SC_ComboBoxEditField,
                widget,
            )
            if not _fits(
                widget.fontMetrics().horizontalAdvance(widget.currentText()), room.width()
            ):
                yield f"cuts {widget.currentText()[:40]!r}"
        case QLineEdit() if not widget.text():
            said = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if not _fits(said, widget.contentsRect().width()):
                yield f"cuts {widget.placeholderText()[:40]!r}"
        case QTabBar():
            for tab in range(widget.count()):
                wanted = widget.tabSizeHint(tab).width()
                if widget.isTabVisible(tab) and not _fits(wanted, widget.tabRect(tab).width()):
                    yield f"cuts {widget.tabText(tab)!r}"
        case QScrollArea() if widget.widget() is not None:
            cannot_scroll = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if widget.horizontalScrollBarPolicy() == cannot_scroll and not _fits(
                widget.widget().width(), widget.viewport().width()
            ):
                yield f"cuts its content of {widget.widget().width()} pixels at its right"
        case QTableView():
            yield from _cell_faults(widget)


def _cell_faults(table: QTableView) -> Iterator[str]:
    header, model = table.horizontalHeader(), table.model()
    for column in range(header.count()):
        if header.isSectionHidden(column):
            continue
        name = model.headerData(column, Qt.Orientation.Horizontal)
        with_ellipsis = header.textElideMode() != Qt.TextElideMode.ElideNone
        fits = _fits(header.sectionSizeHint(column), header.sectionSize(column))
        if not (fits or (with_ellipsis and name in _LONG_TEXTS)):
            yield f"cuts the name of its column {name}"
        if name in _LONG_TEXTS:
            continue
        for row in range(model.rowCount()):
            index = model.index(row, column)
            if not _fits(table.sizeHintForIndex(index).width(), header.sectionSize(column)):
                yield f"cuts {index.data()!r}"


def _text_width(button: QAbstractButton) -> int:
    shown = button.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, button.text()).width()
    icon = button.iconSize().width() + 4 if not button.icon().isNull() else 0
    if isinstance(button, QToolButton):
        style = button.toolButtonStyle()
        if style == Qt.ToolButtonStyle.ToolButtonIconOnly and icon:
            return icon
        if style == Qt.ToolButtonStyle.ToolButtonTextOnly:
            return shown
    return shown + icon


def _fits(wanted: float, room: float) -> bool:
    return wanted <= room


def _place_faults(widget: QWidget) -> Iterator[str]:
    """Yield that something hides a part of `widget`, unless it can be scrolled into sight."""
    parent = widget.parentWidget()
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        return
    if not parent.rect().contains(widget.geometry()):
        yield f"is at {widget.geometry().getRect()}, not wholly in {_name(parent)}"
    for sibling in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if sibling is widget or not sibling.isVisible():
            continue
        if any(isinstance(one, MessageBar) for one in (widget, sibling)):  # over all others
            continue
        if sibling.geometry().intersects(widget.geometry()):
            yield f"overlaps {_name(sibling)}"


def scrolls(area: QAbstractScrollArea) -> bool:
    """Return whether a part of what is in `area` is out of sight."""
    return area.horizontalScrollBar().maximum() > 0 or area.verticalScrollBar().maximum() > 0

"""A value of JSON as a tree whose parts can be copied."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from exlab_gui.core.protocol.envelopes import as_text
from exlab_gui.core.text.sanitize import MAX_LENGTH, MAX_NAME, sanitize
from exlab_gui.core.text.translation import tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.theme.fonts import monospace
from exlab_gui.widgets.object_names import named

MOST_CHILDREN = 1_000
"""Further parts of a value are counted only."""

_OPEN_LEVELS, _OPEN_CHILDREN = 2, 20
"""How deep the tree is open at first, and of how many parts a value is that is open."""

_WIDEST = 10  # characters that stand for one that is not seen


class _Part(QTreeWidgetItem):
    """A part of a value; Qt's own data would convert and copy it."""

    def __init__(self, name: str, value: Any) -> None:
        text = _shown(value)
        super().__init__([sanitize(name, MAX_NAME), text])
        self.value = value
        self.setToolTip(1, plain_tip(text))
        if _count(value):
            self.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)


class JsonTree(QTreeWidget):
    """Shows names and values; the parts of a value are made when it is opened first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "eventLogJsonTree", "Envelope as a tree")
        self.setHeaderLabels([tr("Name"), tr("Value")])
        self.setFont(monospace())
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemExpanded.connect(self._fill)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().resizeSection(0, 130)

    def show_value(self, value: Any) -> None:
        """Show the parts of `value`; nothing if it has none."""
        self.clear()
        self.addTopLevelItems([_Part(name, part) for name, part in _parts(value)])
        self._open(self.invisibleRootItem(), _OPEN_LEVELS)

    def copy(self) -> None:
        """Copy the value of the chosen part: a text as it is, anything else as JSON."""
        if isinstance(item := self.currentItem(), _Part):
            QGuiApplication.clipboard().setText(_whole(item.value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _open(self, item: QTreeWidgetItem, levels: int) -> None:
        if levels == 0:
            return
        for place in range(item.childCount()):
            child = item.child(place)
            if isinstance(child, _Part) and 0 < _count(child.value) <= _OPEN_CHILDREN:
                child.setExpanded(True)
                self._open(child, levels - 1)

    def _fill(self, item: QTreeWidgetItem) -> None:
        if item.childCount() == 0 and isinstance(item, _Part):
            item.addChildren([_Part(name, part) for name, part in _parts(item.value)])

    def _show_menu(self, place: QPoint) -> None:
        menu = named(QMenu(self), "eventLogJsonMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(tr("Copy value"), QKeySequence.StandardKey.Copy, self.copy)
        copy.setEnabled(self.currentItem() is not None)
        menu.popup(self.viewport().mapToGlobal(place))


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from islice(value.items(), MOST_CHILDREN)
    elif isinstance(value, list):
        yield from ((f"[{place}]", part) for place, part in enumerate(value[:MOST_CHILDREN]))
    if (more := _count(value) - MOST_CHILDREN) > 0:
        yield "…", tr("{more:,} more", more=more)


def _count(value: Any) -> int:
    return len(value) if isinstance(value, dict | list) else 0


def _shown(value: Any) -> str:
    match value:
        case dict():
            return f"{{{len(value):,}}}"
        case list():
            return f"[{len(value):,}]"
    return sanitize(as_text(value), MAX_LENGTH)


def _whole(value: Any) -> str:
    text = value
    if not isinstance(value, str):
        text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return sanitize(text, _WIDEST * len(text) + 1, keep="\n\t")

"""The menu of the kinds that the log shows."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from exlab_gui.core.text.log_columns import KINDS
from exlab_gui.core.text.translation import tr
from exlab_gui.widgets.controls.menu_style import tell_why_disabled
from exlab_gui.widgets.object_names import named


class KindsMenu(QMenu):
    """One entry per kind, which a click or Space ticks; the menu stays open for the next one.

    `changed` is emitted once for each choice, however many kinds it concerns.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "eventLogKinds")
        tell_why_disabled(self)
        self._actions = {kind: self._add(kind) for kind in KINDS}
        self.addSeparator()
        self._add_choice(tr("Show &all"), "eventLogAllKinds", ())
        self._add_choice(tr("Show &none"), "eventLogNoKinds", KINDS)
        only = named(self.addMenu(tr("Show &only")), "eventLogOnlyKind")
        for kind in KINDS:
            action = named(only.addAction(kind), f"eventLogOnly_{kind}")
            action.triggered.connect(partial(self.hide_kinds, {*KINDS} - {kind}))
        self.views = named(self.addMenu(tr("Saved &views")), "eventLogViews")

    @property
    def hidden(self) -> frozenset[str]:
        return frozenset(kind for kind, a in self._actions.items() if not a.isChecked())

    def hide_kinds(self, kinds: Collection[str], _checked: bool = False) -> None:
        """Hide `kinds`, and show all others."""
        before = self.hidden
        for kind, action in self._actions.items():
            action.setChecked(kind not in kinds)
        if self.hidden != before:
            self.changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._choose(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space or not self._choose(self.activeAction()):
            super().keyPressEvent(event)

    def _choose(self, action: QAction | None) -> bool:
        """Trigger `action` and stay open, if it is one of those that are ticked or tick them."""
        if action is None or action.isSeparator() or action.menu() is not None:
            return False
        action.trigger()
        return True

    def _add(self, kind: str) -> QAction:
        action = named(self.addAction(kind), f"eventLogKind_{kind}")
        action.setCheckable(True)
        action.setChecked(True)
        action.triggered.connect(self.changed)
        return action

    def _add_choice(self, text: str, name: str, hidden: Collection[str]) -> None:
        action = named(self.addAction(text), name)
        action.triggered.connect(partial(self.hide_kinds, hidden))

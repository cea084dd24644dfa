"""The diagram as a list: its states, its transitions, and the counts on them."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleObject,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QGraphicsObject

from exlab_gui.core.text.translation import tr
from exlab_gui.sources.commands import Step
from exlab_gui.widgets.accessibility.casting import NO_INTERFACE
from exlab_gui.widgets.accessibility.diagram_texts import describe
from exlab_gui.widgets.accessibility.diagram_updates import DiagramUpdates, parts_of
from exlab_gui.widgets.diagram.count_badges import CountBadge
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.diagram.edge_item import EdgeItem
from exlab_gui.widgets.diagram.state_item import StateItem

_Text = QAccessible.Text
_PRESS, _FOCUS = "Press", "SetFocus"  # as Qt and screen readers know them


class DiagramInterface(QAccessibleWidget):
    """The list of all parts; the widgets within the view come after them."""

    def __init__(self, view: DiagramView) -> None:
        super().__init__(view, QAccessible.Role.List)

    def childCount(self) -> int:
        return len(self._parts()) + super().childCount()

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        parts = self._parts()
        if 0 <= index < len(parts):
            return QAccessible.queryAccessibleInterface(parts[index])
        return super().child(index - len(parts))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        parts = self._parts()
        thing = child.object()
        if isinstance(thing, QGraphicsObject):
            return parts.index(thing) if thing in parts else -1
        place = super().indexOfChild(child)
        return place if place < 0 else len(parts) + place

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self.object()
        if isinstance(view, DiagramView) and view.hasFocus():
            item = view.scene().focusItem()
            if isinstance(item, StateItem):
                return QAccessible.queryAccessibleInterface(item)
        return super().focusChild()

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self.object()
        if isinstance(view, DiagramView):
            for item in view.items(view.viewport().mapFromGlobal(QPoint(x, y))):
                if isinstance(item, StateItem | EdgeItem | CountBadge):
                    return QAccessible.queryAccessibleInterface(item)
        return super().childAt(x, y)

    def _parts(self) -> Sequence[QGraphicsObject]:
        view = self.object()
        if not isinstance(view, DiagramView):
            return ()
        parts = parts_of(view)
        if parts and view.findChild(DiagramUpdates) is None:
            DiagramUpdates(view)
        return parts


class PartInterface(QAccessibleObject):
    """A state, which can be gone to if that is legal, a transition, or a count."""

    def __init__(self, item: QGraphicsObject) -> None:
        super().__init__(item)
        self._actions = _Actions(self)  # Qt does not own them

    def item(self) -> QGraphicsObject | None:
        thing = self.object()
        return thing if isinstance(thing, QGraphicsObject) else None

    def view(self) -> DiagramView | None:
        item = self.item()
        scene = item.scene() if item is not None else None
        views = scene.views() if scene is not None else []
        return views[0] if views and isinstance(views[0], DiagramView) else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        view = self.view()
        return None if view is None else QAccessible.queryAccessibleInterface(view)

    def window(self) -> QWindow | None:  # type: ignore[override]
        view = self.view()
        return None if view is None else view.window().windowHandle()

    def childCount(self) -> int:
        return 0

    def child(self, _index: int) -> None:  # type: ignore[override]
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        is_count = isinstance(self.item(), CountBadge)
        return QAccessible.Role.StaticText if is_count else QAccessible.Role.ListItem

    def text(self, which: QAccessible.Text) -> str:
        item, view = self.item(), self.view()
        if item is None or view is None:
            return ""
        if which == _Text.Description:
            return describe(view, item)
        session = view.session
        match item:
            case StateItem():
                name = item.state
                if which == _Text.Help and session is not None:
                    return session.why_not(Step(name)) or ""
            case EdgeItem():
                source, target = item.route.edge
                name = tr("{a} to {b}", a=source, b=target)
            case CountBadge():
                name = item.text
            case _:
                return ""
        return name if which == _Text.Name else ""

    def rect(self) -> QRect:
        item, view = self.item(), self.view()
        if item is None or view is None:
            return QRect()
        seen = view.mapFromScene(item.sceneBoundingRect()).boundingRect()
        return QRect(view.viewport().mapToGlobal(seen.topLeft()), seen.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        item, view = self.item(), self.view()
        if item is None or view is None:
            state.invalid = True
            return state
        state.readOnly = True
        state.invisible = not view.isVisible()
        state.offscreen = not view.sight().intersects(item.sceneBoundingRect())
        if isinstance(item, StateItem):
            state.focusable = state.selectable = True
            state.focused = item.hasFocus() and view.hasFocus()
            state.selected = view.session is not None and item.state == view.session.state
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        is_action = kind == QAccessible.InterfaceType.ActionInterface
        return self._actions if is_action else NO_INTERFACE

    def target(self) -> str | None:
        """Return the state that the session can go to by this part now, or None."""
        item, view = self.item(), self.view()
        session = view.session if view is not None else None
        if session is None:
            return None
        match item:
            case StateItem():
                state = item.state
            case EdgeItem() if item.route.source == session.state:
                state = item.route.target
            case _:
                return None
        return state if session.why_not(Step(state)) is None else None


class _Actions(QAccessibleActionInterface):
    """Go to the state, where that is legal, and put the focus on it.

    They are done in the next turn of the loop: they may ask the user, who has to answer first.
    """

    def __init__(self, part: PartInterface) -> None:
        super().__init__()
        self._part = part

    def actionNames(self) -> list[str]:
        names = [_PRESS] if self._part.target() is not None else []
        return [*names, _FOCUS] if isinstance(self._part.item(), StateItem) else names

    def localizedActionName(self, name: str) -> str:
        target = self._part.target()
        if name == _PRESS and target:
            return tr("Go to {state}", state=target)
        return tr("Set the focus")

    def localizedActionDescription(self, name: str) -> str:
        return self.localizedActionName(name)

    def keyBindingsForAction(self, name: str) -> list[str]:
        return []

    def doAction(self, name: str) -> None:
        item, view, target = self._part.item(), self._part.view(), self._part.target()
        if view is None:
            return
        if name == _PRESS and target is not None:
            QTimer.singleShot(0, view, partial(view.key_pressed.emit, target))
        elif name == _FOCUS and isinstance(item, StateItem):
            QTimer.singleShot(0, view, partial(view.focus_on, item.state))

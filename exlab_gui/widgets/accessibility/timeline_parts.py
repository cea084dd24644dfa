"""The timeline as a slider from the first visit to the last."""

from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget

from exlab_gui.widgets.accessibility.casting import NO_INTERFACE
from exlab_gui.widgets.timeline.timeline_view import TimelineView


class TimelineInterface(QAccessibleWidget):
    """Its value is the number of the visit at the playhead, and what that is in words."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view, QAccessible.Role.Slider)
        self._value = _Value(self)  # Qt does not own it

    def view(self) -> TimelineView | None:
        thing = self.object()
        return thing if isinstance(thing, TimelineView) else None

    def text(self, which: QAccessible.Text) -> str:
        view = self.view()
        if which == QAccessible.Text.Value and view is not None:
            return view.accessibleDescription()
        return super().text(which)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        if kind == QAccessible.InterfaceType.ValueInterface:
            return self._value
        found = super().interface_cast(kind)
        return NO_INTERFACE if found is None else found


class _Value(QAccessibleValueInterface):
    def __init__(self, timeline: TimelineInterface) -> None:
        super().__init__()
        self._timeline = timeline

    def currentValue(self) -> int:
        view = self._timeline.view()
        return view.place + 1 if view is not None else 0

    def setCurrentValue(self, value: Any) -> None:
        view = self._timeline.view()
        if view is not None and isinstance(value, int | float):
            view.seek_visit(round(value) - 1)

    def minimumValue(self) -> int:
        return 1

    def maximumValue(self) -> int:
        view = self._timeline.view()
        if view is None or view.session is None:
            return 1
        return view.session.visits.visit_count()

    def minimumStepSize(self) -> int:
        return 1

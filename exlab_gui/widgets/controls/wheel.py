"""The wheel changes a control only if that has the focus."""

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSlider, QWidget

CHANGED_BY_WHEEL = (QComboBox, QAbstractSpinBox, QSlider)


def need_focus_for_wheel(root: QWidget) -> None:
    """Have `root` and all that is in it now leave the wheel to what is around, without the focus.

    Nor do they take the focus by the wheel.
    """
    leaves_wheel = _LeavesWheel(root)
    for control in (root, *root.findChildren(QWidget)):
        if control.focusPolicy() == Qt.FocusPolicy.WheelFocus:
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if isinstance(control, CHANGED_BY_WHEEL):
            control.installEventFilter(leaves_wheel)


class _LeavesWheel(QObject):
    def eventFilter(self, control: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or cast("QWidget", control).hasFocus():
            return False
        event.ignore()
        return True

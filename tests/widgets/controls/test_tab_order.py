import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.controls.tab_order import tab_through


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Return a window with a line, a frame with another line in it, and a last line."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    frame = QFrame(objectName="frame")
    QVBoxLayout(frame).addWidget(QLineEdit(objectName="in the frame"))
    for widget in (QLineEdit(objectName="first"), frame, QLineEdit(objectName="last")):
        column.addWidget(widget)
    return window


def stops(window: QWidget) -> list[str]:
    """Return what Tab stops at, from the first line on."""
    widget = first = window.findChild(QWidget, "first")
    found = []
    while not found or widget is not first:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget.objectName())
        widget = widget.nextInFocusChain()
    return found


def test_what_is_made_later_comes_where_it_stands(window: QWidget) -> None:
    """Widgets come after what stands before their holder, and before what stands behind it."""
    frame = window.findChild(QFrame)
    made = [QLineEdit(frame, objectName=name) for name in ("a", "b", "c")]
    assert stops(window) == ["first", "in the frame", "last", "a", "b", "c"]
    tab_through(frame, made)
    assert stops(window) == ["first", "a", "b", "c", "in the frame", "last"]


def test_the_holder_is_as_it_was(window: QWidget) -> None:
    """A frame does not take the focus because of what is in it."""
    frame = window.findChild(QFrame)
    tab_through(frame, [QLineEdit(frame)])
    assert frame.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_nothing_to_go_through_changes_nothing(window: QWidget) -> None:
    """A form without fields has no order of its own."""
    before = stops(window)
    tab_through(window.findChild(QFrame), [])
    assert stops(window) == before

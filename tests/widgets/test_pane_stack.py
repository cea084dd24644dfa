from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.panes.pane_stack import PaneStack
from tests.helpers.window import settle


def stack_of(qtbot: QtBot, *panes: QWidget, height: int) -> PaneStack:
    stack = PaneStack("sessionPane")
    qtbot.addWidget(stack)
    stack.fill(*panes)
    stack.resize(440, height)
    stack.show()
    settle()
    return stack


def test_the_last_pane_takes_the_room_that_is_left(qtbot: QtBot) -> None:
    """With room enough nothing scrolls, and the last pane is as high as it can be."""
    first, last = WrappingLabel("one line"), WrappingLabel("another")
    stack = stack_of(qtbot, first, last, height=300)
    assert stack.verticalScrollBar().maximum() == 0
    assert first.height() < 50
    assert last.height() > 200
    assert first.y() < last.y()


def test_without_its_last_pane_the_others_stay_above(qtbot: QtBot) -> None:
    """Where the last pane is put away, what is left is not spread over the room."""
    first, second, last = WrappingLabel("a"), WrappingLabel("b"), WrappingLabel("c")
    stack = stack_of(qtbot, first, second, last, height=400)
    last.hide()
    settle()
    assert second.geometry().bottom() < stack.height() / 4


def test_what_does_not_fit_is_scrolled(qtbot: QtBot) -> None:
    """Where even the least heights do not fit, everything keeps its least height."""
    panes = [QWidget(), WrappingLabel("one line"), QWidget()]
    for widget in panes:
        widget.setMinimumHeight(120)
    stack = stack_of(qtbot, *panes, height=200)
    assert stack.verticalScrollBar().maximum() > 0
    assert [widget.height() for widget in panes] == [120, 120, 120]


def test_panes_are_squeezed_before_anything_is_scrolled(qtbot: QtBot) -> None:
    """A pane that likes to be higher than it must be gives way."""
    inner = PaneStack("inner")
    inner.fill(WrappingLabel("line\n" * 40))
    stack = stack_of(qtbot, WrappingLabel("one line"), inner, height=200)
    assert stack.verticalScrollBar().maximum() == 0


def test_it_is_found_by_its_name_and_takes_no_focus(qtbot: QtBot) -> None:
    """The stack itself is nothing to stop at on the way from one control to the next."""
    stack = stack_of(qtbot, QWidget(), height=100)
    assert stack.objectName() == "sessionPane"
    assert not stack.focusPolicy()

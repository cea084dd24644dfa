"""An exception in an override of Qt's methods is an exception, and no segmentation fault."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.overrides import survive_exceptions


class Asked(QObject):
    asked = Signal(bool)


class Faulty(QWidget):
    """A widget whose override raises as the interpreter does, without an object."""

    __module__ = "exlab_gui.widgets.faulty"

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        [][1]

    def event(self, event: QEvent) -> bool:
        return super().event(event)

    def close(self) -> bool:
        self.setObjectName("closed")
        return True

    def setVisible(self, visible: bool, *more: object) -> None:  # noqa: N802
        self.setObjectName(f"{visible} {more}")


def made_after() -> type[QAbstractListModel]:
    class FaultyModel(QAbstractListModel):
        __module__ = "exlab_gui.models.faulty"

        def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802
            return int("one")

    return FaultyModel


@pytest.fixture(autouse=True)
def surviving() -> None:
    survive_exceptions()


def press(widget: QWidget) -> None:
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, none))


@pytest.mark.parametrize(
    ("fail", "error"),
    [(lambda: press(Faulty()), IndexError), (lambda: made_after()().index(0), ValueError)],
    ids=["a class of before", "a class of after"],
)
def test_an_exception_of_an_override(
    qtbot: QtBot, fail: Callable[[], object], error: type[Exception]
) -> None:
    """It comes to who called Qt, or to the hook for what nobody takes; the program goes on."""
    with qtbot.captureExceptions() as taken:
        try:
            fail()
        except error:
            return
    assert [kind for kind, _, _ in taken] == [error]


def test_a_slot_takes_as_much_as_before(qtbot: QtBot) -> None:
    """An override that takes nothing is a slot for a signal that gives something."""
    widget, sender = Faulty(), Asked()
    qtbot.addWidget(widget)
    sender.asked.connect(widget.close)
    sender.asked.emit(True)
    assert widget.objectName() == "closed"
    widget.setVisible(True, 1, 2)
    assert widget.objectName() == "True (1, 2)"

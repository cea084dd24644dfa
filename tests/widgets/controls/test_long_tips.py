"""Tool tips that say much."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS
from tests.helpers.names import find
from tests.helpers.window import settle

SMALL_SCREEN = 700


@pytest.fixture(autouse=True)
def hidden_again() -> Iterator[None]:
    yield
    QToolTip.hideText()
    settle()


def shown_tip(widget: QWidget, place: QPoint) -> QWidget:
    event = QHelpEvent(QEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    (tip,) = (one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel"))
    return tip


@POPUPS
def test_a_long_reason_is_shown_in_several_lines(window: MonitorWindow) -> None:
    """Why a state is out of reach fits on a small screen; the tip that tests read is plain."""
    button = find(QWidget, "transition_done")
    assert button.toolTip().startswith("Not legal from pending. done is reached only from")
    assert shown_tip(button, button.rect().center()).width() < SMALL_SCREEN


@POPUPS
def test_the_diagram_does_the_same(window: MonitorWindow, qtbot: QtBot) -> None:
    """Below the pointer, whatever the diagram has there; beside it, nothing is shown."""
    diagram = window.panes.diagram
    state = diagram.states["done"]
    place = diagram.mapFromScene(state.rect.center())
    assert shown_tip(diagram.viewport(), place).width() < SMALL_SCREEN
    assert "done is reached only from" in QToolTip.text()
    QApplication.sendEvent(
        diagram.viewport(), QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), QPoint(2, 2))
    )
    qtbot.waitUntil(lambda: not QToolTip.isVisible())

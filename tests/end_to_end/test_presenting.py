"""Presenting mode: the diagram and the state, large enough for the back of a room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QLabel,
    QWidget,
)

from exlab_gui.sources.commands import WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import press
from tests.helpers.names import find, seen
from tests.helpers.window import OpenWindow, settle


def trigger(name: str) -> None:
    find(QAction, name).trigger()


def shown_panes(window: MonitorWindow) -> set[str]:
    panes = (
        *("diagramView", "detailsPanel", "transitionPanel", "timelineView", "eventLogView"),
        *("playBar", "sessionDock"),
    )
    return {name for name in panes if window.findChild(QWidget, name).isVisible()}


def test_presenting_shows_what_matters_in_the_back_row(open_window: OpenWindow) -> None:
    """The diagram and the state fill the screen; Escape gives back all that was there before."""
    window = open_window(size=(790, 700))  # smaller than the screen of the offscreen platform
    settle()
    window.panes.splitter.setSizes([380, 400])
    before, sizes = shown_panes(window), window.panes.splitter.sizes()
    label = find(QLabel, "currentStateLabel")
    size = label.font().pointSizeF()
    press(window, Qt.Key.Key_F11)
    settle()
    assert window.isFullScreen()
    assert shown_panes(window) == {"diagramView", "detailsPanel", "timelineView"}
    assert label.font().pointSizeF() == pytest.approx(2 * size)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert seen().current == "validating"
    press(window, Qt.Key.Key_Escape)
    settle()
    assert not window.isFullScreen()
    assert shown_panes(window) == before
    assert label.font().pointSizeF() == size
    assert window.panes.splitter.sizes() == sizes


def test_presenting_puts_the_list_of_sessions_away(window: MonitorWindow) -> None:
    """The list is no matter to the back row, and is there again afterwards."""
    trigger("actionNewSession")
    for _ in range(2):
        assert "sessionDock" in shown_panes(window)
        trigger("actionPresentation")
        assert "sessionDock" not in shown_panes(window)
        trigger("actionPresentation")
    assert find(QAction, "actionSessionList").isChecked()


def test_what_was_hidden_before_presenting_stays_hidden(window: MonitorWindow) -> None:
    """Presenting brings up nothing that the user has put away."""
    trigger("actionPresentation")
    trigger("actionPresentation")
    settle()
    assert "sessionDock" not in shown_panes(window)


def test_a_maximized_window_is_maximized_afterwards(window: MonitorWindow) -> None:
    """After presenting the window is as large as it was."""
    window.showMaximized()
    trigger("actionPresentation")
    trigger("actionPresentation")
    assert window.isMaximized()


@pytest.mark.parametrize("size", [(1280, 800), (1024, 700)])
def test_the_form_is_there_while_presenting(window: MonitorWindow, size: tuple[int, int]) -> None:
    """A plugin that asks is answered in presenting mode, too."""
    window.session.request(WalkTo("input_required"))
    trigger("actionPresentation")
    assert seen().form

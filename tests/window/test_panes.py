"""Panes are closed, moved and put back, and the next window has them where they were."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDockWidget, QLabel, QMenu, QWidget

from exlab_gui.settings import Settings
from exlab_gui.sources.commands import WalkTo
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.panes.places import Place
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS
from tests.helpers.long_session import show_long_session
from tests.helpers.names import find
from tests.helpers.window import OpenWindow, settle

pytestmark = POPUPS

SHOWN_BY = {
    "diagram": "diagramView",
    "state": "detailsPanel",
    "transitions": "transitionPanel",
    "timeline": "timelineView",
    "log": "eventLogView",
    "problems": "problemList",
}


def is_seen(window: MonitorWindow, pane: str) -> bool:
    settle()
    return window.findChild(QWidget, SHOWN_BY[pane]).isVisible()


def choose(window: MonitorWindow, name: str) -> None:
    """Choose the entry of that name in the menu of the panes."""
    menu = window.findChild(QMenu, "menuPanes")
    menu.aboutToShow.emit()
    menu.findChild(QAction, name).trigger()


@pytest.mark.parametrize("pane", [name for name in SHOWN_BY if name != "problems"])
def test_a_pane_is_closed_and_opened(window: MonitorWindow, pane: str) -> None:
    """A press in the menu closes it, another opens it again; nothing else goes with it."""
    others = [name for name in SHOWN_BY if name not in (pane, "problems")]
    choose(window, f"pane_{pane}")
    assert not is_seen(window, pane)
    assert all(is_seen(window, other) for other in others)
    choose(window, f"pane_{pane}")
    assert is_seen(window, pane)


def test_the_problems_are_closed_and_stand_beside_the_log(window: MonitorWindow) -> None:
    """The tab of the problems goes with them; moved, they are seen together with the log."""
    bar = window.panes.tabs.bar
    choose(window, "pane_problems")
    assert not bar.isTabVisible(1)
    window.actions_by_name["actionProblems"].trigger()
    assert is_seen(window, "problems")
    window.panes.tabs.show_log()
    choose(window, "move_problems_bottom")
    assert is_seen(window, "problems")
    assert is_seen(window, "log")
    assert not bar.isTabVisible(1)
    choose(window, "move_problems_home")
    assert bar.isTabVisible(1)
    assert not is_seen(window, "problems")


def test_the_log_is_opened_by_what_needs_it(window: MonitorWindow) -> None:
    """Who goes to the filter sees it."""
    window.places.open("log", False)
    window.actions_by_name["actionFilter"].trigger()
    assert is_seen(window, "log")


@pytest.mark.parametrize("place", [place for place in Place if place is not Place.HOME])
def test_a_pane_is_moved_and_put_back(window: MonitorWindow, place: Place) -> None:
    """It stands where it was moved to, and at home again after a reset."""
    for pane in SHOWN_BY:
        choose(window, f"move_{pane}_{place.value}")
        assert window.places.place(pane) is place
        assert is_seen(window, pane)
    window.actions_by_name["actionResetLayout"].trigger()
    settle()
    assert not window.findChildren(QDockWidget, "dock_timeline")
    for pane in SHOWN_BY:
        assert window.places.place(pane) is Place.HOME
        assert is_seen(window, pane) or pane == "problems"
    column = [window.panes.details, window.panes.transitions, window.panes.timeline]
    tops = [widget.y() for widget in (*column, window.panes.tabs)]
    assert tops == sorted(tops)
    assert window.panes.splitter.indexOf(window.panes.splitter.widget(0)) == 0


def test_a_dock_that_its_user_closes_is_a_closed_pane(window: MonitorWindow) -> None:
    """The menu tells so, and opens it where it was."""
    window.places.move("timeline", Place.BOTTOM)
    settle()
    find(QDockWidget, "dock_timeline").close()
    assert not window.places.is_open("timeline")
    choose(window, "pane_timeline")
    assert is_seen(window, "timeline")
    assert window.places.place("timeline") is Place.BOTTOM


def test_a_question_is_never_closed(window: MonitorWindow) -> None:
    """Its dock comes with the question, has no button that closes it, and goes with it."""
    window.places.move("question", Place.RIGHT)
    dock = find(QDockWidget, "dock_question")
    settle()
    assert dock.isHidden()
    window.session.request(WalkTo("input_required"))
    settle()
    assert window.panes.form.isVisible()
    closable = QDockWidget.DockWidgetFeature.DockWidgetClosable
    assert not dock.features() & closable
    window.places.open("question", False)
    assert window.panes.form.isVisible()
    window.session.request(WalkTo("plugin_pass"))
    settle()
    assert dock.isHidden()


def test_a_window_without_panes_says_how_to_have_them_back(window: MonitorWindow) -> None:
    """Nobody is left with an empty window."""
    for pane in SHOWN_BY:
        window.places.open(pane, False)
    settle()
    assert find(QLabel, "closedPanes").isVisible()
    window.actions_by_name["actionResetLayout"].trigger()
    assert is_seen(window, "diagram")
    assert not find(QLabel, "closedPanes").isVisible()


def test_a_window_whose_panes_are_elsewhere_says_so(window: MonitorWindow) -> None:
    """Panes at the edges are open, not closed."""
    for pane in SHOWN_BY:
        window.places.move(pane, Place.RIGHT)
    settle()
    said = find(QLabel, "closedPanes")
    assert said.isVisible()
    assert "at the edges" in said.text()
    assert "closed" not in said.text()


def test_a_pane_with_a_window_stands_near_to_where_it_was(open_window: OpenWindow) -> None:
    """It opens beside its old place, in that size, and is there after a presentation."""
    window = open_window(size=(700, 600))
    settle()
    log = window.panes.tabs
    before = QRect(log.mapToGlobal(QPoint()), log.size())
    window.places.move("log", Place.WINDOW)
    settle()
    dock = find(QDockWidget, "dock_log")
    assert (dock.pos() - before.topLeft()).manhattanLength() < 100
    assert abs(dock.width() - before.width()) < 40
    dock.setGeometry(30, 40, 500, 400)
    window.presenting.present(True)
    settle()
    assert not dock.isVisible()
    window.presenting.present(False)
    settle()
    assert dock.isVisible()
    assert dock.geometry() == QRect(30, 40, 500, 400)
    assert dock.windowHandle().transientParent() is window.windowHandle()


def test_a_pane_with_a_window_waits_for_the_main_window(
    theme: Theme, settings: Settings, open_window: OpenWindow
) -> None:
    """Else it would stand behind the main window, which comes later."""
    first = open_window()
    first.places.move("log", Place.WINDOW)
    settle()
    first.close()
    second = MonitorWindow(settings, theme)
    dock = second.findChild(QDockWidget, "dock_log")
    assert dock.isHidden()
    second.show()
    settle()
    assert dock.isVisible()
    assert dock.isFloating()
    second.close()
    second.deleteLater()
    settle()


def test_a_docked_pane_has_a_margin(window: MonitorWindow) -> None:
    """Its content does not touch the edge of the window."""
    window.places.move("log", Place.BOTTOM)
    settle()
    dock, log = find(QDockWidget, "dock_log"), window.panes.tabs
    left = log.mapTo(dock, QPoint()).x()
    assert left >= 8
    assert left + log.width() <= dock.width() - 8


def test_places_are_kept(open_window: OpenWindow) -> None:
    """The next window has the panes, the details, the counts and the gaps of this one."""
    first = open_window()
    first.places.move("timeline", Place.BOTTOM)
    first.places.move("log", Place.WINDOW)
    first.places.open("state", False)
    first.panes.log.show_details(True)
    for name in ("actionShowCoverage", "actionCollapseGaps"):
        first.actions_by_name[name].trigger()
    settle()
    first.close()
    second = open_window()
    settle()
    places = {pane.name: second.places.place(pane.name) for pane in second.places.panes}
    moved = {name: place for name, place in places.items() if place is not Place.HOME}
    assert moved == {"timeline": Place.BOTTOM, "log": Place.WINDOW}
    assert not is_seen(second, "state")
    assert is_seen(second, "timeline")
    assert second.panes.log.shows_details
    for name in ("actionShowCoverage", "actionCollapseGaps"):
        assert second.actions_by_name[name].isChecked()


def test_the_list_of_sessions_is_as_wide_as_it_was(open_window: OpenWindow) -> None:
    """Its width is kept if its user chose it."""
    first = open_window()
    first.session_actions.open()
    settle()
    dock = first.session_dock
    first.resizeDocks([dock], [320], first.panes.splitter.orientation())
    settle()
    width = dock.width()
    first.close()
    second = open_window()
    second.session_actions.open()
    settle()
    assert second.session_dock.width() == width


@pytest.mark.parametrize("number", [0, -1, 2**31 - 1, -(2**31), 10**30])
def test_no_frame_is_believed(theme: Theme, settings: Settings, number: int) -> None:
    """Whatever stands there, a pane of its own window is on a screen, and docks have a size."""
    frame = [number] * 4
    kept = [
        ["log", "window", True, frame],
        ["timeline", "bottom", True, frame],
        ["nonsense", "left", True, frame],
    ]
    settings.keep("window/places", kept)
    settings.keep("window/session_list", ["sessions", "right", True, frame])
    window = MonitorWindow(settings, theme)
    window.show()
    window.session_actions.open()
    settle()
    dock = window.findChild(QDockWidget, "dock_log")
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert screen.intersects(dock.geometry())
    assert window.panes.timeline.height() > 20
    window.close()
    window.deleteLater()
    settle()


@pytest.mark.parametrize("kept", ["[]", "{", '[["log"]]', '[["log","nowhere",true,[1,2,3,4]]]'])
def test_nonsense_is_no_arrangement(theme: Theme, settings: Settings, kept: str) -> None:
    """Damaged settings leave every pane at home."""
    settings.keep("window/places", kept)
    window = MonitorWindow(settings, theme)
    assert all(window.places.place(pane.name) is Place.HOME for pane in window.places.panes)
    window.deleteLater()
    settle()


@pytest.mark.parametrize("width", [300, 900])
def test_names_of_tabs_are_read_whole(window: MonitorWindow, width: int) -> None:
    """If there is too little room beside the transport, it stands below them."""
    panes = window.panes
    show_long_session(window, 3)
    panes.tabs.setFixedWidth(width)
    settle()
    bar, transport = panes.tabs.bar, panes.transport
    assert bar.width() >= bar.sizeHint().width()
    is_below = transport.mapTo(panes.tabs, QPoint()).y() >= bar.height()
    assert is_below == (width == 300)

"""Filters of the log that are kept under a name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from exlab_gui.controllers.log_views import LogViews
from exlab_gui.testing.locators import find
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import POPUPS, press, write
from tests.helpers.window import settle

pytestmark = POPUPS


def filled(window: MonitorWindow) -> QMenu:
    menu = find(window, QMenu, "eventLogViews")
    menu.aboutToShow.emit()
    return menu


def trigger(window: MonitorWindow, name: str) -> None:
    filled(window)
    find(window, QAction, name).trigger()
    settle()


def save(window: MonitorWindow, name: str) -> None:
    trigger(window, "eventLogSaveView")
    dialog = find(window, QLineEdit, "viewName").window()
    write(dialog, name)
    press(dialog, Qt.Key.Key_Return)
    settle()


def test_a_view_is_saved_and_chosen_again(window: MonitorWindow) -> None:
    """By keys: its text and its kinds are there again, also in another window."""
    log = window.panes.log
    log.filter.setText("copy")
    log.hide_kinds({"progress"})
    save(window, "Plugins & copies")
    log.filter.clear()
    log.hide_kinds(())
    trigger(window, "eventLogView_0")
    assert (log.filter.text(), log.hidden_kinds) == ("copy", {"progress"})
    assert filled(window).actions()[0].text() == "Plugins && copies"


def test_a_view_of_the_same_name_is_replaced(window: MonitorWindow) -> None:
    """There is one view of a name."""
    for text in ("one", "two"):
        window.panes.log.filter.setText(text)
        save(window, "mine")
    assert find(window, QAction, "eventLogView_0")
    assert len([one for one in filled(window).actions() if one.objectName()[-1:].isdigit()]) == 1
    trigger(window, "eventLogView_0")
    assert window.panes.log.filter.text() == "two"


def test_a_view_is_deleted(window: MonitorWindow) -> None:
    """Then the menu offers only to save."""
    window.panes.log.filter.setText("one")
    save(window, "mine")
    trigger(window, "eventLogDelete_0")
    assert [one.objectName() for one in filled(window).actions() if not one.isSeparator()] == [
        "eventLogSaveView"
    ]


def test_nothing_is_saved_without_a_filter_or_a_name(window: MonitorWindow) -> None:
    """All events need no view, and a view without a name could not be chosen."""
    filled(window)
    assert not find(window, QAction, "eventLogSaveView").isEnabled()
    window.panes.log.filter.setText("one")
    trigger(window, "eventLogSaveView")
    assert not find(window, QPushButton, "viewAccept").isEnabled()
    find(window, QLineEdit, "viewName").window().close()


def test_damaged_views_count_as_none(window: MonitorWindow) -> None:
    """Settings from elsewhere do no harm."""
    window.settings.keep("log/views", [{"name": 7}])
    assert len(filled(window).actions()) <= 2


def test_a_name_is_shown_as_it_is(window: MonitorWindow) -> None:
    """What is pasted may hold a tab, which a menu takes for keys, or turn the text around."""
    window.panes.log.filter.setText("one")
    window.findChild(LogViews).save("mine\tCtrl+Q \u202e&")
    assert filled(window).actions()[0].text() == r"mine\tCtrl+Q \u202e&&"

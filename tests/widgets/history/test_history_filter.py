"""What is asked for in the history can be chosen, and taken back, by the keyboard alone."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton

from exlab_gui.archive.search import FACETS, UNKNOWN_EQUIPMENT, Query
from exlab_gui.widgets.history.day_edit import DayEdit
from exlab_gui.widgets.history.history_filter import HistoryFilter


@pytest.fixture
def shown(qtbot):
    """Return a filter in a window."""
    made = HistoryFilter()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isVisible)
    return made


@pytest.fixture
def since(shown):
    edit = shown.findChild(DayEdit, "historySince")
    edit.setFocus()
    return edit


def test_letters_do_not_stand_behind_any_day(since, shown):
    """What is no part of a date changes nothing."""
    QTest.keyClicks(since, "yesterday ")
    assert since.text() == "Any day"
    assert shown.query == Query()


def test_typing_a_day_begins_with_today(since, shown):
    """A digit replaces the first part of today's date."""
    today = QDate.currentDate()
    since.setDisplayFormat("dd.MM.yyyy")
    QTest.keyClicks(since, "07")
    assert since.date() == QDate(today.year(), today.month(), 7)
    assert shown.query.since == datetime(today.year(), today.month(), 7).astimezone()


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_a_step_from_any_day_is_today(since, key):
    """Nobody has to step through a quarter of a century."""
    QTest.keyClick(since, key)
    assert since.date() == QDate.currentDate()


def test_delete_means_any_day_again(since, shown):
    """A day that was chosen can be taken back."""
    since.setDate(QDate(2026, 1, 5))
    assert shown.query != Query()
    QTest.keyClick(since, Qt.Key.Key_Delete)
    assert (since.text(), shown.query) == ("Any day", Query())


def test_tab_leaves_any_day_at_once(since, shown):
    """There are no parts of a date to go through."""
    QTest.keyClick(since, Qt.Key.Key_Tab)
    assert shown.focusWidget() is shown.findChild(DayEdit, "historyUntil")


def test_one_button_takes_back_all_that_is_asked_for(since, shown):
    """It can be pressed only if something is asked for; the search has the focus then."""
    clear = shown.findChild(QPushButton, "historyClear")
    assert not clear.isEnabled()
    shown.ask_for(Query("run", outcome="failed"))
    since.setDate(QDate.currentDate().addDays(-1))
    assert shown.query.since > datetime.now().astimezone() - timedelta(days=3)
    clear.click()
    assert shown.query == Query()
    assert not clear.isEnabled()
    assert shown.focusWidget() is shown.text


def test_an_equipment_that_is_called_unknown_is_another_one(shown):
    """What has no name is offered beside it; what is chosen stays so when values are offered."""
    box = shown.findChild(QComboBox, "historyEquipment")
    offered = {facet: [] for facet in FACETS} | {"equipment": ["unknown", UNKNOWN_EQUIPMENT]}
    shown.ask_for(Query().narrowed({"equipment": ""}))
    shown.offer(offered)
    assert (box.currentText(), box.count()) == ("unknown", 3)
    nameless = shown.query
    box.setCurrentIndex(1)
    assert shown.query == Query(equipment="unknown") != nameless

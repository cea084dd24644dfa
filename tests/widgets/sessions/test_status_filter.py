"""The buttons of the statuses: those that matter, in as few rows as fit."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from exlab_gui.core.meaning import STATUS_WORDS
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.sessions.status_filter import StatusFilter
from tests.helpers.window import settle

USUAL = ["Waiting", "Running", "Failed", "Done"]


@pytest.fixture
def statuses(theme: Theme, qtbot: QtBot) -> StatusFilter:
    statuses = StatusFilter(theme)
    qtbot.addWidget(statuses)
    statuses.resize(260, statuses.height())
    statuses.show()
    settle()
    return statuses


def shown(statuses: StatusFilter) -> list[QPushButton]:
    return [button for button in statuses.findChildren(QPushButton) if button.isVisible()]


def words(statuses: StatusFilter) -> list[str]:
    return [button.text().split()[0] for button in shown(statuses)]


def tops(statuses: StatusFilter) -> list[int]:
    return sorted({button.y() for button in shown(statuses)})


def test_rare_statuses_have_no_button_while_no_session_has_them(statuses: StatusFilter) -> None:
    """Flawed, aborted and lost take room only if there is such a session."""
    assert words(statuses) == USUAL
    statuses.show_counts({"flawed": 1, "warning": 2})
    assert words(statuses) == [*USUAL, "Flawed", "Lost"]
    statuses.show_counts({})
    assert words(statuses) == USUAL


def test_what_filters_stays_in_sight(statuses: StatusFilter) -> None:
    """A button that is checked can be unchecked, also if no session has its status any more."""
    statuses.show_counts({"aborted": 1})
    button = statuses.findChild(QPushButton, "sessionStatus_aborted")
    button.click()
    statuses.show_counts({})
    assert words(statuses) == [*USUAL, "Aborted"]
    button.click()
    assert words(statuses) == USUAL


def test_they_stand_in_as_few_rows_as_fit(statuses: StatusFilter) -> None:
    """Each row is filled, from the first button to the last; nothing overlaps or is cut."""
    statuses.show_counts(dict.fromkeys(STATUS_WORDS, 1234))
    rows = {}
    for width in (2000, 500, 260, 130):
        statuses.resize(width, statuses.height())
        settle()
        rows[width] = len(tops(statuses))
        buttons = shown(statuses)
        for before, after in pairwise(buttons):
            assert not before.geometry().intersects(after.geometry())
            assert before.width() >= before.sizeHint().width()
        assert statuses.childrenRect().height() == statuses.height()
    assert rows[2000] == 1
    assert rows[2000] < rows[500] < rows[260] < rows[130] == len(STATUS_WORDS)

"""A scroll area whose widget changes its mind."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.widgets.controls.steady_area import SteadyArea
from tests.helpers.window import settle


class Undecided(QWidget):
    """As high as `room` if it is narrower than `width`; higher if it has that width."""

    def __init__(self, width: int, room: int) -> None:
        super().__init__()
        self._width, self._room = width, room
        self.resized = 0

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        return QSize(10, self._room + 20 if self.width() >= self._width else self._room)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        super().resizeEvent(event)
        self.resized += 1


@pytest.fixture
def area(qtbot: QtBot) -> SteadyArea:
    area = SteadyArea()
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    settle()
    return area


def test_a_widget_that_is_never_content_is_not_resized_without_end(area: SteadyArea) -> None:
    """It wants a scroll bar if there is none, and none if there is one: Qt alone would crash."""
    room = area.maximumViewportSize()
    page = Undecided(room.width(), room.height())
    area.setWidget(page)
    settle()
    assert 0 < page.resized <= 2 * 8  # so many turns are waited for
    assert page.height() >= room.height()


def test_a_widget_that_grows_is_scrolled(area: SteadyArea) -> None:
    """What wants to be higher later is, and all of it can be reached."""
    page = QWidget()
    column = QVBoxLayout(page)
    area.setWidget(page)
    settle()
    assert page.size() == area.viewport().size()
    inner = QWidget()
    inner.setMinimumHeight(700)
    column.addWidget(inner)
    settle()
    assert page.height() >= 700
    assert area.verticalScrollBar().maximum() == page.height() - area.viewport().height()
    inner.setMinimumHeight(10)
    settle()
    assert page.size() == area.viewport().size()

"""In a window that runs from right to left, times, sessions and the log keep their meaning."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDateEdit, QStyle, QStyleOptionViewItem, QToolButton

from exlab_gui.core.text.sanitize import is_right_to_left
from exlab_gui.sources.commands import WalkTo
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.hands import click
from tests.helpers.names import find
from tests.helpers.window import OpenWindow, settle

DIRECTION = Qt.LayoutDirection


@pytest.fixture
def mirrored(qapp: QApplication, open_window: OpenWindow) -> Iterator[MonitorWindow]:
    """Yield a window as it is in Arabic or Hebrew."""
    qapp.setLayoutDirection(DIRECTION.RightToLeft)
    yield open_window()
    qapp.setLayoutDirection(DIRECTION.LeftToRight)


def test_time_runs_from_left_to_right(mirrored: MonitorWindow) -> None:
    """On the timeline and on the buttons beside it; the left end is the first event."""
    mirrored.session.request(WalkTo("rendering"))
    settle()
    timeline = mirrored.panes.timeline
    assert timeline.layoutDirection() == DIRECTION.LeftToRight
    click(timeline, QPoint(1, 10))
    assert mirrored.session.state == "pending"
    first, latest = (
        find(QToolButton, f"transport_actionGoTo{name}").x() for name in ("First", "Latest")
    )
    assert first < latest


def test_the_panes_are_mirrored(mirrored: MonitorWindow) -> None:
    """The list of sessions and the diagram are at the right, where reading begins."""
    mirrored.session_actions.open()
    settle()
    middle = mirrored.width() / 2
    assert mirrored.session_dock.x() > middle
    assert mirrored.panes.details.mapTo(mirrored, QPoint()).x() < middle


def test_texts_from_outside_keep_their_direction(mirrored: MonitorWindow) -> None:
    """An English sentence in the log begins at its left, and is cut at its right."""
    table = mirrored.panes.log.table
    option = QStyleOptionViewItem()
    option.direction = DIRECTION.RightToLeft
    index = table.model().index(0, 6)
    assert index.data() == "opened"
    table.itemDelegate().initStyleOption(option, index)
    assert option.direction == DIRECTION.LeftToRight
    assert option.displayAlignment & Qt.AlignmentFlag.AlignRight
    assert option.displayAlignment & Qt.AlignmentFlag.AlignAbsolute


def test_dates_keep_their_order(mirrored: MonitorWindow) -> None:
    """Year, month and day, as they are typed and sent."""
    mirrored.session.request(WalkTo("input_required"))
    settle()
    date = find(QDateEdit, "field_run_date")
    assert date.displayFormat() == "yyyy-MM-dd"
    assert date.text() == date.date().toString(Qt.DateFormat.ISODate)


def test_sessions_are_marked_where_their_rows_begin(mirrored: MonitorWindow) -> None:
    """The mark is beside the name, not in the midst of the row."""
    mirrored.session_actions.open()
    mirrored.session.request(WalkTo("failed"))
    settle()
    view = mirrored.session_list
    row = view.visualRect(view.model().index(1, 0))
    assert QStyle.visualRect(DIRECTION.RightToLeft, row, row) == row
    picture = view.viewport().grab(row).toImage()
    failure = mirrored.theme.colours.failure.lower()
    assert failure in names(picture.copy(picture.width() - 30, 0, 30, picture.height()))
    assert failure not in names(picture.copy(0, 0, 30, picture.height()))


def names(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


@pytest.mark.parametrize(
    ("text", "mirrors"),
    [("sim-1", False), ("12.5 s", False), ("12", False), ("", False), ("שלום", True)],
)
def test_the_first_letter_decides(text: str, mirrors: bool) -> None:
    """A text without letters is read as numbers are: from left to right."""
    assert is_right_to_left(text) is mirrors

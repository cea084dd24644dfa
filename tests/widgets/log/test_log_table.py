from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.log_columns import KEYS
from exlab_gui.models.event_table import EventTableModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_table import LogTable
from tests.helpers.hands import POPUPS, click, open_menu, press, right_click
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START

ROWS = 200


def events(first: int, last: int) -> list[Event]:
    """Return progress, one event a number, from `first` to `last`."""
    return [
        Event(
            n,
            START,
            "pending",
            Origin.OBSERVED,
            ProgressEnvelope("p", n, 10**6),
        )
        for n in range(first, last + 1)
    ]


@pytest.fixture
def source() -> RecordedSource:
    return RecordedSource(CREATION_MACHINE, events(1, ROWS))


@pytest.fixture
def table(theme: Theme, qtbot: QtBot, source: RecordedSource) -> Iterator[LogTable]:
    """Yield a table of 200 events, about ten of which are in sight."""
    model = EventTableModel()
    table = LogTable(model)
    qtbot.addWidget(table)
    table.resize(600, 250)
    table.show()
    table.activateWindow()
    table.setFocus()
    model.set_session(SessionModel(source))
    table.follow(True)
    QApplication.processEvents()
    yield table
    model.set_session(None)


def grow(qtbot: QtBot, source: RecordedSource, table: LogTable, by: int) -> None:
    count = len(source.history)
    source.grow(events(count + 1, count + by))
    qtbot.waitUntil(lambda: table.model().event_count == count + by)


def in_sight(table: LogTable, row: int) -> bool:
    shown = table.visualRect(table.model().index(row, 0))
    return table.viewport().rect().contains(shown)


def scroll(table: LogTable, to: int) -> None:
    table.verticalScrollBar().setValue(to)


def test_the_newest_row_is_kept_in_sight(
    table: LogTable, source: RecordedSource, qtbot: QtBot
) -> None:
    """Events that come are seen as they come."""
    assert in_sight(table, ROWS - 1)
    grow(qtbot, source, table, 50)
    assert in_sight(table, ROWS + 49)


def test_who_scrolls_away_is_left_where_he_is(
    table: LogTable, source: RecordedSource, qtbot: QtBot
) -> None:
    """Reading further up, one is not torn away by what comes; the table says so."""
    with qtbot.waitSignal(table.following_changed) as changed:
        scroll(table, 20)
    assert changed.args == [False]
    grow(qtbot, source, table, 50)
    assert table.verticalScrollBar().value() == 20


def test_who_comes_back_to_the_end_follows_again(
    table: LogTable, source: RecordedSource, qtbot: QtBot
) -> None:
    """At the last row the newest is kept in sight again, as it was before."""
    scroll(table, 20)
    with qtbot.waitSignal(table.following_changed) as changed:
        scroll(table, table.verticalScrollBar().maximum())
    assert changed.args == [True]
    grow(qtbot, source, table, 50)
    assert in_sight(table, ROWS + 49)


def test_following_can_be_switched_on_and_off(
    table: LogTable, source: RecordedSource, qtbot: QtBot
) -> None:
    """Switched on it goes to the end at once; switched off it stays there."""
    scroll(table, 0)
    table.follow(True)
    assert in_sight(table, ROWS - 1)
    table.follow(False)
    grow(qtbot, source, table, 50)
    assert in_sight(table, ROWS - 1)
    assert not in_sight(table, ROWS + 49)


def test_a_smaller_table_keeps_the_newest_in_sight(table: LogTable) -> None:
    """Where something else takes room, the newest row stays, and not the first ones."""
    table.resize(600, 120)
    QApplication.processEvents()
    assert in_sight(table, ROWS - 1)
    assert table.following


def test_rows_made_anew_are_followed_too(table: LogTable) -> None:
    """Who is at the end is at the end of whatever comes in place of the rows."""
    session = SessionModel(RecordedSource(CREATION_MACHINE, events(1, ROWS // 2)))
    table.model().set_session(session)
    QApplication.processEvents()
    assert in_sight(table, ROWS // 2 - 1)


def test_a_filter_is_no_scrolling(table: LogTable) -> None:
    """Who has scrolled away and filters is not at the end afterwards."""
    scroll(table, 20)
    table.model().set_filter("199 of")
    QApplication.processEvents()
    assert table.model().rowCount() == 1
    assert not table.following
    table.model().set_filter("")
    QApplication.processEvents()
    assert not table.following
    assert in_sight(table, 0)


@pytest.mark.parametrize(
    ("index", "filtered", "row"), [(0, "", 0), (150, "", 150), (150, "50 of", 1), (198, "50 of", 1)]
)
def test_an_event_is_brought_into_sight(
    table: LogTable, index: int, filtered: str, row: int
) -> None:
    """An event is selected and seen; where a filter hides it, the one before it that is shown."""
    table.model().set_filter(filtered)
    table.show_event(index)
    assert [found.row() for found in table.selectionModel().selectedRows()] == [row]
    assert in_sight(table, row)
    assert not table.following


def test_an_event_before_all_rows_is_not_looked_for(table: LogTable) -> None:
    """Where no row is left to show it, nothing is selected and nothing moves."""
    table.model().set_filter("200 of")
    table.show_event(3)
    assert not table.selectionModel().hasSelection()


def test_rows_are_copied_whole(table: LogTable) -> None:
    """Ctrl+C copies the selected rows in their order, columns apart by tabs."""
    QGuiApplication.clipboard().setText("before")
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    table.selectRow(4)
    table.selectionModel().select(
        table.model().index(2, 0),
        table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
    )
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines[:-1]] == [
        [table.model().text(row, column) for column in range(len(KEYS))] for row in (2, 4)
    ]
    assert lines[-1] == ""


def test_the_detail_column_is_copied_to_its_end(table: LogTable) -> None:
    """What is copied is what the row says, not what there was room for."""
    table.setColumnWidth(KEYS.index("detail"), 10)
    table.show_event(0)
    table.copy()
    assert "1 of 1000000" in QGuiApplication.clipboard().text()


def test_what_is_copied_is_no_formula(table: LogTable) -> None:
    """A state that begins as a formula is text in a spreadsheet that it is pasted into."""
    session = SessionModel(
        RecordedSource(CREATION_MACHINE, [Event(1, START, "=1+1", Origin.OBSERVED)])
    )
    table.model().set_session(session)
    table.show_event(0)  # unlike selectRow, whatever keys another test left held down
    table.copy()
    assert QGuiApplication.clipboard().text().split("\t")[3] == "'=1+1"


def entries(menu: QMenu | None) -> dict[str, bool]:
    assert menu is not None
    return {action.text(): action.isEnabled() for action in menu.actions()}


@POPUPS
def test_the_menu_copies_and_selects(table: LogTable) -> None:
    """A right click offers to copy what is selected, and to select all."""
    menu = right_click(table.viewport(), QPoint(30, 30))
    copying = "Copy rows", "Copy as Markdown"
    # The click selects a row.
    assert entries(menu) == {**dict.fromkeys(copying, True), "Select all": True}
    press(menu, Qt.Key.Key_Escape)
    table.clearSelection()
    table.customContextMenuRequested.emit(QPoint(30, 30))
    assert entries(open_menu()) == {**dict.fromkeys(copying, False), "Select all": True}
    open_menu().actions()[2].trigger()
    press(open_menu(), Qt.Key.Key_Escape)
    assert len(table.selectionModel().selectedRows()) == ROWS


def test_an_empty_table_says_why(table: LogTable) -> None:
    """Empty is never blank: the text tells why there is nothing and what to do."""
    table.model().set_filter("nothing holds this")
    blank = table.viewport().grab().toImage()
    table.empty_text = "No event matches the filter."
    assert table.viewport().grab().toImage() != blank
    table.model().set_filter("")
    full = table.viewport().grab().toImage()
    table.empty_text = ""
    assert table.viewport().grab().toImage() == full


def test_rows_are_selected_whole_and_only_read(table: LogTable) -> None:
    """A click takes the row and one with Shift all between; nothing can be written into."""
    for row, modifiers in (
        (195, Qt.KeyboardModifier.NoModifier),
        (198, Qt.KeyboardModifier.ShiftModifier),
    ):
        place = table.visualRect(table.model().index(row, KEYS.index("state"))).center()
        click(table.viewport(), place, modifiers=modifiers)
    selection = table.selectionModel()
    assert [index.row() for index in selection.selectedRows()] == [195, 196, 197, 198]
    assert not table.model().flags(table.model().index(195, 3)) & Qt.ItemFlag.ItemIsEditable


def test_a_table_follows_from_its_beginning(theme: Theme, qtbot: QtBot) -> None:
    """Nobody has to ask for the newest row before the first one has come."""
    table = LogTable(EventTableModel())
    qtbot.addWidget(table)
    assert table.following


def test_tab_leaves_the_table(table: LogTable) -> None:
    """Tab goes on to the next control, not through every cell."""
    assert not table.tabKeyNavigation()
    assert table.horizontalHeader().stretchLastSection()
    assert table.horizontalHeader().sectionsMovable()


def test_keys_that_qt_knows_are_qts(table: LogTable) -> None:
    """Arrows, Home and End move within the table as anywhere."""
    table.selectRow(150)
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert in_sight(table, 0)
    assert table.currentIndex().row() == 0
    assert not table.following
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.following


def test_only_rows_in_sight_are_asked_for(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 100,000 events, painting and scrolling make no more rows than are seen."""
    asked: set[int] = set()
    real = EventTableModel._cell
    monkeypatch.setattr(
        EventTableModel, "_cell", lambda self, n, c: asked.add(n) or real(self, n, c)
    )
    model = EventTableModel()
    table = LogTable(model)
    qtbot.addWidget(table)
    table.resize(600, 250)
    table.show()
    session = SessionModel(RecordedSource(CREATION_MACHINE, events(1, 100_000)))
    model.set_session(session)
    QApplication.processEvents()
    scroll(table, 50_000)
    table.grab()
    assert 0 < len(asked) < 100


def test_the_detail_has_room_before_what_tells_less(table: LogTable) -> None:
    """A narrow log leaves out phase, time since the event before, and kind, in this order."""
    left_out = []
    for width in (900, 700, 600, 450):
        table.resize(width, 300)
        left_out.append([key for key in KEYS if table.isColumnHidden(KEYS.index(key))])
        if len(left_out[-1]) < 3:
            assert table.columnWidth(KEYS.index("detail")) >= 240
    assert left_out[0] == []
    assert left_out[-1] == ["delta", "kind", "phase"]
    assert [len(keys) for keys in left_out] == sorted(map(len, left_out))
    table.resize(900, 300)
    assert not any(table.isColumnHidden(place) for place in range(len(KEYS)))


def test_the_chosen_row_stays_in_sight(table: LogTable) -> None:
    """A form that comes up makes the log less high."""
    table.show_event(100)
    row = table.currentIndex()
    table.verticalScrollBar().setValue(row.row() - 5)
    table.resize(600, 120)
    assert table.viewport().rect().contains(table.visualRect(row).center())


def test_rows_are_copied_for_markdown(table: LogTable) -> None:
    """As a table, in which no text is taken for Markdown."""
    table.selectRow(2)
    table.copy_as_markdown()
    titles, rule, row = QGuiApplication.clipboard().text().splitlines()
    assert titles.startswith("| # | ")
    assert set(rule) == set("| -:")
    assert row.startswith("| 3 | ")
    assert row.endswith("3 of 1000000 |")


def test_no_cell_is_taken_for_markdown_or_html(theme: Theme, qtbot: QtBot) -> None:
    """All that has a meaning in them is escaped: entities, formulas and struck text, too."""
    special = "|\\`*_<[]&~$"
    model = EventTableModel()
    table = LogTable(model)
    qtbot.addWidget(table)
    model.set_session(
        SessionModel(RecordedSource(CREATION_MACHINE, [Event(1, START, special, Origin.OBSERVED)]))
    )
    table.selectRow(0)
    table.copy_as_markdown()
    assert "".join(f"\\{one}" for one in special) in QGuiApplication.clipboard().text()
    model.set_session(None)

import json

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QColor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.text.log_columns import KINDS
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Reset, Step
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.theme.semantic_colours import kind_colour
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_pane import LogPane
from tests.helpers import spec
from tests.helpers.hands import POPUPS, click, open_menu
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in
from tests.helpers.strategies import START
from tests.helpers.window import settle


@pytest.fixture
def pane(theme: Theme, qtbot: QtBot) -> LogPane:
    pane = LogPane(theme)
    qtbot.addWidget(pane)
    pane.resize(620, 300)
    pane.show()
    return pane


@pytest.fixture
def session(pane: LogPane) -> SessionModel:
    """Return a session that is done, eight events long, which the log shows."""
    session = session_in("done")
    pane.set_session(session)
    return session


def states(pane: LogPane) -> list[str]:
    """Return the state of each row."""
    return [pane.model.event_at(row).state for row in range(pane.model.rowCount())]


def count(pane: LogPane) -> str:
    return pane.findChild(QLabel, "eventLogCount").text()


def filter_by(pane: LogPane, text: str) -> None:
    pane.findChild(QLineEdit, "eventLogFilter").setText(text)


def hide(pane: LogPane, kind: str) -> None:
    pane.findChild(QAction, f"eventLogKind_{kind}").trigger()


def show_json(pane: LogPane) -> str:
    pane.findChild(QCheckBox, "eventLogJsonSwitch").setChecked(True)
    return pane.findChild(QPlainTextEdit, "eventLogJson").toPlainText()


def test_it_shows_every_event(pane: LogPane, session: SessionModel) -> None:
    """The log has a row for each event, and says how many they are."""
    assert states(pane) == ["pending", *spec.WAYS["done"]]
    assert count(pane) == "8 events"


def test_it_grows_with_the_session(pane: LogPane) -> None:
    """What happens is in the log at once; a reset begins it anew."""
    session = session_in("pending")
    pane.set_session(session)
    assert count(pane) == "1 event"
    session.request(Step("validating"))
    assert (states(pane), count(pane)) == (["pending", "validating"], "2 events")
    session.request(Reset())
    assert (states(pane), count(pane)) == (["pending"], "1 event")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("render", ["rendering", "plugin_pass"]),
        ("RENDERING_Template", ["rendering"]),
        ("phase  plugins", ["plugin_pass"]),
        ("queued", ["sync_queued"]),
        ("equipment_01", ["done"]),
        ("plugins render nothing", []),
    ],
)
def test_a_filter_leaves_rows_that_hold_its_words(
    pane: LogPane, session: SessionModel, text: str, found: list[str]
) -> None:
    """Every word has to be somewhere in the row, in capitals or not; the count says of how many."""
    filter_by(pane, text)
    assert states(pane) == found
    assert count(pane) == f"{len(found)} of 8"
    filter_by(pane, "")
    assert count(pane) == "8 events"


def test_kinds_can_be_hidden(pane: LogPane, session: SessionModel) -> None:
    """Each kind can be left out; the button says that some are."""
    button = pane.findChild(QToolButton, "eventLogKindsButton")
    assert button.text() == "Kinds"
    hide(pane, "phase")
    assert (states(pane), count(pane)) == (["pending", "done"], "2 of 8")
    assert button.text() == "7 of 8 kinds"
    assert pane.hidden_kinds == {"phase"}
    hide(pane, "phase")
    assert (count(pane), button.text()) == ("8 events", "Kinds")


@POPUPS
def test_kinds_are_picked_from_a_menu(pane: LogPane, session: SessionModel) -> None:
    """The menu stays open until all are picked, by the mouse or by the keyboard."""
    hidden = []

    def pick() -> None:
        menu = open_menu()
        entries = {action.text(): action for action in menu.actions()}
        click(menu, menu.actionGeometry(entries["phase"]).center())
        hidden.append(pane.hidden_kinds)
        menu.setActiveAction(entries["warning"])
        QTest.keyClick(menu, Qt.Key.Key_Space)
        hidden.append(pane.hidden_kinds)
        click(menu, menu.actionGeometry(entries["Show &none"]).center())
        hidden.append(pane.hidden_kinds)
        click(menu, menu.actionGeometry(entries["Show &all"]).center())
        hidden.append(pane.hidden_kinds)
        assert menu.isVisible()
        QTest.keyClick(menu, Qt.Key.Key_Escape)

    QTimer.singleShot(0, pane, pick)  # the click returns once the menu is closed
    click(pane.findChild(QToolButton, "eventLogKindsButton"))
    assert hidden == [{"phase"}, {"phase", "warning"}, {*KINDS}, set()]


def test_only_one_kind_is_shown(pane: LogPane, session: SessionModel) -> None:
    """Whoever looks for warnings gets them alone, and all again, by one choice each."""
    pane.findChild(QAction, "eventLogOnly_phase").trigger()
    assert pane.hidden_kinds == {*KINDS} - {"phase"}
    pane.findChild(QAction, "eventLogAllKinds").trigger()
    assert pane.hidden_kinds == set()


def test_an_empty_log_says_what_hides_its_rows(pane: LogPane, session: SessionModel) -> None:
    """It is the filter's text, the kinds, or both."""
    filter_by(pane, "nonsense")
    assert pane.table.empty_text == "No event matches the filter. Clear the filter to show all."
    pane.findChild(QAction, "eventLogOnly_phase").trigger()
    assert pane.table.empty_text == "No event of the shown kinds matches the filter."
    filter_by(pane, "")
    pane.findChild(QAction, "eventLogNoKinds").trigger()
    assert pane.table.empty_text == (
        "All events are of kinds that are hidden. Show them with Kinds, Show all."
    )


def test_hidden_kinds_can_be_set(pane: LogPane, session: SessionModel) -> None:
    """What was hidden the last time is hidden again; unknown kinds are no matter."""
    pane.hide_kinds(frozenset({"transition", "done", "nonsense"}))
    assert pane.hidden_kinds == {"transition", "done"}
    assert states(pane) == list(spec.WAYS["sync_queued"])


def test_every_kind_is_offered(pane: LogPane) -> None:
    """The kinds are those that the log's column can show, in the order of the spec."""
    kinds = [
        "phase",
        "progress",
        "input_required",
        "warning",
        "done",
        "failed",
        "transition",
        "problem",
    ]
    offered = pane.findChild(QMenu, "eventLogKinds").actions()[: len(kinds)]
    assert [action.text() for action in offered] == kinds
    assert [action.objectName() for action in offered] == [f"eventLogKind_{k}" for k in kinds]


def test_text_and_kinds_filter_together(pane: LogPane, session: SessionModel) -> None:
    """A row has to pass both filters; what comes has to pass them as well."""
    session.request(Reset())
    hide(pane, "transition")
    filter_by(pane, "i")
    session.request(Step("validating"))
    session.request(Step("aborted"))
    assert states(pane) == ["validating"]


def test_the_view_can_be_cleared_and_shown_again(pane: LogPane) -> None:
    """A cleared log begins with what comes next; nothing is lost, and all can be had back."""
    session = session_in("rendering")
    pane.set_session(session)
    pane.model.clear_view()
    assert (states(pane), count(pane)) == ([], "0 of 3")
    session.request(Step("plugin_pass"))
    assert (states(pane), count(pane)) == (["plugin_pass"], "1 of 4")
    pane.model.show_cleared()
    assert count(pane) == "4 events"


def test_empty_is_never_blank(pane: LogPane, session: SessionModel) -> None:
    """Without rows, the table says whether the filter or the user left them out."""
    pane.model.clear_view()
    assert pane.table.empty_text.startswith("The log was cleared.")
    pane.model.show_cleared()
    filter_by(pane, "nothing holds this")
    assert pane.table.empty_text.startswith("No event matches the filter.")


def test_the_json_is_that_of_the_selected_row(pane: LogPane, session: SessionModel) -> None:
    """The envelope is there as it went over the wire, and read only."""
    assert show_json(pane) == "Select one row to see all of its event."
    pane.table.selectRow(1)
    assert json.loads(show_json(pane)) == {
        "kind": "phase",
        "phase": "validating_inputs",
        "at": "2026-01-31T12:00:00Z",
    }
    pane.table.selectRow(0)
    assert show_json(pane) == "This event has no envelope."
    pane.table.selectAll()
    assert show_json(pane) == "Select one row to see all of its event."
    assert pane.event_pane.json.text.isReadOnly()


def test_a_message_of_an_unknown_kind_is_shown_as_it_came(pane: LogPane) -> None:
    """What the log calls a problem can be read whole."""
    first = Event(1, START, "pending", Origin.OBSERVED)
    unknown = Event(2, START, "pending", Origin.OBSERVED, wire=b'{"kind":"note","more":1}')
    pane.set_session(SessionModel(RecordedSource(CREATION_MACHINE, [first, unknown])))
    pane.table.selectRow(1)
    assert json.loads(show_json(pane)) == {"kind": "note", "more": 1}


def test_the_json_goes_with_its_row(pane: LogPane, session: SessionModel) -> None:
    """Where a filter, a clearing or another session takes the row away, its JSON goes as well."""
    show_json(pane)
    for leave in (
        lambda: filter_by(pane, "done"),
        pane.model.clear_view,
        lambda: pane.set_session(session_in("rendering")),
        lambda: hide(pane, "phase"),
    ):
        pane.model.show_cleared()
        filter_by(pane, "")
        pane.table.selectRow(1)
        assert "phase" in show_json(pane)
        leave()
        assert show_json(pane) == "Select one row to see all of its event."


def test_the_json_takes_no_room_until_it_is_wanted(pane: LogPane, session: SessionModel) -> None:
    """The JSON is seen while its switch is on."""
    assert not pane.event_pane.isVisible()
    show_json(pane)
    assert pane.event_pane.isVisible()
    pane.findChild(QCheckBox, "eventLogJsonSwitch").setChecked(False)
    assert not pane.event_pane.isVisible()


def test_a_message_that_is_too_long_is_cut_and_copied_whole(pane: LogPane) -> None:
    """That it is cut is said where it is shown."""
    word = "x" * 500_000
    events = [
        Event(n, START, "rendering", Origin.OBSERVED, WarningEnvelope("p", text))
        for n, text in enumerate(("short", word), 1)
    ]
    pane.set_session(SessionModel(RecordedSource(CREATION_MACHINE, events)))
    show_json(pane)
    cut = pane.findChild(QLabel, "eventLogJsonCut")
    copy = pane.findChild(QPushButton, "eventLogJsonCopy")
    for row, is_cut in ((0, False), (1, True), (0, False)):
        pane.table.show_event(row)
        assert len(show_json(pane)) < 6_000
        json_pane = pane.event_pane.json
        seen = cut.isVisibleTo(json_pane), copy.isVisibleTo(json_pane)
        assert seen == (is_cut, is_cut)
    pane.table.show_event(1)
    assert cut.text() == "Shown cut: the message has 500,056 characters."
    copy.click()
    assert word in QGuiApplication.clipboard().text()


def test_the_latest_event_is_no_position(pane: LogPane, session: SessionModel) -> None:
    """The row of a position that was shown is selected no longer than that."""
    session.go_to(2)
    assert pane.table.selected_count == 1
    session.go_to(None)
    assert pane.table.selected_count == 0


def test_the_switch_follows_and_is_followed(pane: LogPane, session: SessionModel) -> None:
    """Whether the newest is kept in sight is seen and set at the switch."""
    switch = pane.findChild(QCheckBox, "eventLogFollow")
    assert switch.isChecked()
    switch.setChecked(False)
    assert not pane.table.following
    pane.table.follow(True)
    assert switch.isChecked()


def test_another_session_is_followed_from_its_end(pane: LogPane, session: SessionModel) -> None:
    """The log of another session begins at its newest row, with the filter that is set."""
    pane.table.follow(False)
    filter_by(pane, "phase")
    pane.set_session(session_in("rendering"))
    assert pane.table.following
    assert states(pane) == ["validating", "rendering"]


def test_kinds_have_their_colours(pane: LogPane, session: SessionModel, theme: Theme) -> None:
    """What matters is told in its colour, in either theme; what is ordinary in the text's."""
    row = pane.model.index(7, 0)
    assert kind_colour("done") != "text"
    for choice, colours in (("light", LIGHT), ("dark", DARK)):
        theme.choose(choice)
        settle()
        brush = row.data(Qt.ItemDataRole.ForegroundRole)
        assert brush.color() == QColor(getattr(colours, kind_colour("done")))
    assert pane.model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is None


def test_text_from_outside_is_plain(pane: LogPane) -> None:
    """A message is one line of text, in its cell and in its tool tip, whatever it holds."""
    text = "<b>x</b>\x00\n<img src='file:///etc/passwd'>"
    warning = Event(2, START, "pending", Origin.OBSERVED, WarningEnvelope("p", text))
    first = Event(1, START, "pending", Origin.OBSERVED)
    pane.set_session(SessionModel(RecordedSource(CREATION_MACHINE, [first, warning])))
    cell = pane.model.index(1, 6)
    assert cell.data().endswith(r"<b>x</b>\x00\n<img src='file:///etc/passwd'>")
    assert "<img" not in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_a_long_log_is_filtered_beside_everything_else(pane: LogPane, qtbot: QtBot) -> None:
    """With 100,000 events the window goes on working while a filter goes through them."""
    history = [
        Event(n, START, "pending", Origin.OBSERVED, ProgressEnvelope("p", n, 10**6))
        for n in range(1, 100_001)
    ]
    pane.set_session(SessionModel(RecordedSource(CREATION_MACHINE, history)))
    assert count(pane) == "100,000 events"
    turns = []
    ticker = QTimer(pane, interval=0)
    ticker.timeout.connect(lambda: turns.append(pane.model.rowCount()))
    ticker.start()
    filter_by(pane, "99999")
    assert pane.table.empty_text == "Filtering…"
    qtbot.waitUntil(lambda: count(pane) == "1 of 100,000", timeout=30_000)
    pane.findChild(QLineEdit, "eventLogFilter").clear()
    ticker.stop()
    assert len(turns) > 3
    assert count(pane) == "100,000 events"
    QApplication.processEvents()


def test_a_filter_can_be_changed_while_it_goes_on(pane: LogPane, qtbot: QtBot) -> None:
    """Typing on does not wait for what was typed before."""
    history = [
        Event(n, START, "pending", Origin.OBSERVED, ProgressEnvelope("p", n, 10**6))
        for n in range(1, 20_001)
    ]
    pane.set_session(SessionModel(RecordedSource(CREATION_MACHINE, history)))
    for text in ("1", "12", "123", "1234", "12345"):
        filter_by(pane, text)
    qtbot.waitUntil(lambda: pane.model.rowCount() > 0)
    assert count(pane) == "1 of 20,000"


def test_a_selected_time_leaves_its_events(pane: LogPane, session: SessionModel) -> None:
    """Only they are shown, and its length is said, until the user wants to see all again."""
    button = pane.findChild(QToolButton, "eventLogRange")
    assert not button.isVisible()
    pane.show_range(range(2, 5), "4.2 s")
    assert states(pane) == [event.state for event in session.history[2:5]]
    assert count(pane) == f"3 of {session.count}"
    assert button.text() == "4.2 s ✕"
    filter_by(pane, "running_plugins")
    assert states(pane) == [session.history[3].state]
    dropped = []
    pane.range_dropped.connect(lambda: dropped.append(True))
    click(button)
    assert dropped
    filter_by(pane, "")
    assert len(states(pane)) == session.count
    assert not button.isVisible()
    pane.show_range(range(5, 5), "0 s")
    assert states(pane) == []

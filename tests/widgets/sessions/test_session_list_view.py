import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from exlab_gui.models.session_list import SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.sessions.session_list_view import SessionListView
from tests.helpers.hands import click, press


@pytest.fixture
def model(qapp: object) -> SessionListModel:
    """Return a list of three sessions."""
    model = SessionListModel()
    for number in range(1, 4):
        model.add(SessionModel(SimulatedSource(f"sim-{number}")))
    return model


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, model: SessionListModel) -> SessionListView:
    view = SessionListView(model)
    qtbot.addWidget(view)
    view.resize(260, 200)
    view.show()
    view.activateWindow()
    return view


def rows(view: SessionListView) -> list[list[str]]:
    model = view.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def chosen_rows(view: SessionListView) -> list[int]:
    return [index.row() for index in view.selectionModel().selectedRows()]


def test_there_is_one_row_per_session(view: SessionListView, model: SessionListModel) -> None:
    """Each session is there with its state, in the order in which they were opened."""
    model.session(1).request(Step("validating"))
    assert [row[:2] for row in rows(view)] == [
        ["sim-1", "pending"],
        ["sim-2", "validating"],
        ["sim-3", "pending"],
    ]


def test_a_row_is_copied_for_a_spreadsheet(view: SessionListView, model: SessionListModel) -> None:
    """Ctrl+C copies the columns that are shown; a label that begins as a formula is text."""
    model.add(SessionModel(SimulatedSource('=HYPERLINK("http://x")')))
    view.selectRow(3)
    press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    label, state, _ = QGuiApplication.clipboard().text().split("\t")
    assert (label, state) == ('\'=HYPERLINK("http://x")', "pending")


def test_the_shown_session_is_marked(view: SessionListView, model: SessionListModel) -> None:
    """The row of the shown session is the chosen one, and only that."""
    for row in (2, 0):
        view.show_chosen(model.session(row))
        assert chosen_rows(view) == [row]


def test_a_click_chooses_a_session(
    view: SessionListView, model: SessionListModel, qtbot: QtBot
) -> None:
    """Who clicks at a row wants to see that session."""
    view.show_chosen(model.session(0))
    with qtbot.waitSignal(view.chosen) as chosen:
        click(view.viewport(), view.visualRect(view.rows.index(2, 1)).center())
    assert chosen.args == [model.session(2)]


def test_keys_choose_a_session(
    view: SessionListView, model: SessionListModel, qtbot: QtBot
) -> None:
    """The arrows go from session to session; Tab leaves the list."""
    view.show_chosen(model.session(0))
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert chosen.args == [model.session(1)]
    assert not view.tabKeyNavigation()


def test_a_session_that_is_taken_off_is_gone(
    view: SessionListView, model: SessionListModel
) -> None:
    """Rows of closed sessions disappear; the others stay as they were."""
    view.show_chosen(model.session(0))
    model.remove(model.session(1))
    assert [row[0] for row in rows(view)] == ["sim-1", "sim-3"]
    assert chosen_rows(view) == [0]


def test_nothing_in_it_is_cut(view: SessionListView, model: SessionListModel) -> None:
    """The list is never narrower than the names of states need."""
    model.session(0).request(Step("validating"))
    view.resize(view.minimumSize())
    state = view.rows.index(0, 1)
    assert view.columnWidth(1) >= view.fontMetrics().horizontalAdvance("input_required")
    assert view.sizeHintForIndex(state).width() <= view.columnWidth(1)
    assert not view.horizontalScrollBar().isVisible()


def test_text_in_it_is_plain(view: SessionListView, model: SessionListModel) -> None:
    """A session from elsewhere may be called anything."""
    model.add(SessionModel(SimulatedSource("<b>x</b>")))
    index = model.index(3, 0)
    assert index.data() == "<b>x</b>"
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.models.session_cells import Column
from exlab_gui.models.session_list import LINES_ROLE, MEANING_ROLE, SessionListModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.sources.metadata import SessionInfo, info_of
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.sessions.session_delegate import SessionDelegate
from exlab_gui.widgets.sessions.session_list_view import SessionListView
from tests.helpers.hands import click, press
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in
from tests.helpers.window import settle


@pytest.fixture
def model(qapp: object) -> SessionListModel:
    """Return a list of three sessions."""
    model = SessionListModel()
    for number in range(1, 4):
        model.add(SessionModel(SimulatedSource(f"sim-{number}")))
    return model


@pytest.fixture
def view(theme: Theme, qtbot: QtBot, model: SessionListModel) -> SessionListView:
    return shown(theme, qtbot, model)


def shown(theme: Theme, qtbot: QtBot, model: SessionListModel) -> SessionListView:
    view = SessionListView(model, theme)
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
    label, state = QGuiApplication.clipboard().text().rstrip("\n").split("\t")
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


def test_a_row_tells_name_place_state_and_time(view: SessionListView) -> None:
    """Two lines tell sessions apart whose labels begin alike."""
    request = {"equipment_id": "SEM_02", "project_short_id": "P-17", "run_label": "Run_3"}
    for info, lines in (
        (info_of("SEM_02/P-17/Run_3", request), ("Run_3", "SEM_02 · P-17")),
        (SessionInfo("rec-1"), ("rec-1", "Recorded")),
        (SessionInfo("a/"), ("a/", "Recorded")),
    ):
        source = RecordedSource(CREATION_MACHINE)
        source.info = info
        model = SessionListModel()
        model.add(SessionModel(source))
        assert model.index(0, Column.SESSION).data(LINES_ROLE) == lines
        assert model.index(0, Column.STATE).data(LINES_ROLE)[0] == "pending"
        assert model.index(0, Column.RUN).data(LINES_ROLE) is None


def test_how_a_session_stands_is_seen(theme: Theme, qtbot: QtBot) -> None:
    """Running, waiting and each end have a mark of their own, in its colour."""
    marks = []
    ways = {"pending": None, "input_required": "input", "done": "success", "failed": "failure"}
    for state, meaning in ways.items():
        model = SessionListModel()
        model.add(session_in(state))
        assert model.index(0, 0).data(MEANING_ROLE) == meaning
        view = shown(theme, qtbot, model)
        settle()
        cell = view.visualRect(view.rows.index(0, 0))
        picture = view.viewport().grab(cell.adjusted(0, 0, 26 - cell.width(), 0)).toImage()
        marks.append(picture.copy())
        if meaning is not None:
            colours = {
                picture.pixelColor(x, y).name()
                for x in range(picture.width())
                for y in range(picture.height())
            }
            assert QColor(getattr(theme.colours, meaning)).name() in colours
    assert all(a != b for place, a in enumerate(marks) for b in marks[:place])


def test_it_looks_as_if_it_were_new_after_every_change(theme: Theme, qtbot: QtBot) -> None:
    """Nothing that is kept for painting outlives another theme, font or width."""
    model = SessionListModel()
    model.add(session_in("done"))  # no time passes in it
    view = shown(theme, qtbot, model)
    settle()
    seen = [view.viewport().grab().toImage()]
    larger = view.font()
    larger.setPointSizeF(1.5 * larger.pointSizeF())
    for change in (
        lambda _: theme.choose("dark"),
        lambda one: one.setFont(larger),
        lambda one: one.resize(180, 200),
    ):
        change(view)
        settle()
        seen.append(view.viewport().grab().toImage())
        assert seen[-1] != seen[-2]
    new = SessionDelegate(view.rows, theme)
    view.setItemDelegate(new)
    settle()
    assert view.viewport().grab().toImage() == seen[-1]

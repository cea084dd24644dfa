from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.transitions import reachable
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Reset, Step
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.diagram.diagram_view import DiagramView
from exlab_gui.widgets.diagram.keyboard import DIRECTIONS, TypedName, neighbour
from exlab_gui.widgets.diagram.zoomable_view import ZOOM_STEP
from tests.helpers import spec
from tests.helpers.expected import edge_statuses, state_statuses, tip
from tests.helpers.hands import click, double_click, drag, place_of, turn_wheel
from tests.helpers.painted import Painted
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in
from tests.helpers.strategies import START
from tests.helpers.window import settle


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> DiagramView:
    """Return a diagram that is shown, in the size that it has in the window, and its keys go."""
    view = DiagramView(theme)
    qtbot.addWidget(view)
    view.resize(480, 700)
    view.show()
    view.activateWindow()
    view.setFocus()
    view.key_pressed.connect(lambda state: view.session.request(Step(state)))
    return view


@pytest.fixture
def session(view: DiagramView) -> SessionModel:
    """Return a session in ``rendering``, which the diagram shows."""
    session = session_in("rendering")
    view.set_session(session)
    return session


def went(*states: str) -> list[Event]:
    """Return the history of a session that entered `states`, legally or not."""
    return [Event(n, START, state, Origin.OBSERVED) for n, state in enumerate(states, 1)]


def place(view: DiagramView, state: str) -> QPoint:
    return place_of(view, view.states[state])


def scale(view: DiagramView) -> float:
    return view.transform().m11()


@pytest.mark.parametrize("state", spec.STATES)
def test_it_shows_how_everything_stands(view: DiagramView, state: str) -> None:
    """The status of each state and of each transition is that of the session."""
    view.set_session(session_in(state))
    path = ["pending", *spec.WAYS[state]]
    assert {s: item.property("status") for s, item in view.states.items()} == state_statuses(path)
    assert {e: item.property("status") for e, item in view.edges.items()} == edge_statuses(path)
    assert view.accessibleDescription() == f"The session is in {state}"


def test_it_follows_the_session(view: DiagramView, session: SessionModel) -> None:
    """Every move is shown at once, and a reset as well."""
    session.request(Step("plugin_pass"))
    assert view.states["plugin_pass"].property("status") == "current"
    session.request(Reset())
    assert view.states["pending"].property("status") == "current"
    assert view.states["rendering"].property("status") == "idle"


def test_it_shows_one_session_at_a_time(view: DiagramView, session: SessionModel) -> None:
    """Once another session is shown, the one before changes nothing any more."""
    view.set_session(session_in("done"))
    session.request(Step("failed"))
    assert view.states["done"].property("status") == "current"
    assert view.states["failed"].property("status") == "idle"


def test_an_equal_machine_has_the_same_picture(view: DiagramView, session: SessionModel) -> None:
    """A recording brings a machine of its own; if it is equal, nothing is drawn anew."""
    before = dict(view.states)
    own = StateMachine(
        CREATION_MACHINE.initial, dict(CREATION_MACHINE.table), dict(CREATION_MACHINE.phases)
    )
    view.set_session(session_in("done", own))
    assert view.states == before
    assert view.states["done"].property("status") == "current"


def test_what_is_not_in_the_table_is_drawn_where_it_was_seen(view: DiagramView) -> None:
    """A transition that was made against the table is there, and told apart from all others."""
    source = RecordedSource(CREATION_MACHINE, went("pending", "rendering"))
    session = SessionModel(source)
    view.set_session(session)
    assert view.edges["pending", "rendering"].property("status") == "violation"
    assert len(view.edges) == 26
    names = [item.objectName() for item in view.scene().items() if hasattr(item, "route")]
    assert names.count("edge_pending__rendering") == 1


def test_a_violation_stays_until_the_session_begins_anew(view: DiagramView, qtbot: QtBot) -> None:
    """What was seen once stays in the picture; a new beginning clears it."""
    source = RecordedSource(CREATION_MACHINE, went("pending", "rendering"))
    session = SessionModel(source)
    view.set_session(session)
    session.changed.emit()
    assert view.edges["pending", "rendering"].property("status") == "violation"
    with qtbot.waitSignal(session.changed):
        source.restart()
    assert ("pending", "rendering") not in view.edges
    assert len(view.edges) == len(spec.LEGAL)


def test_an_unknown_state_harms_nothing(view: DiagramView) -> None:
    """A state that the machine does not have is not drawn, and everything else is."""
    view.set_session(SessionModel(RecordedSource(CREATION_MACHINE, went("pending", "limbo"))))
    assert set(view.states) == set(spec.STATES)
    assert view.states["pending"].property("status") == "visited"
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen_state == "pending"


def test_a_name_that_is_cut_is_in_the_tip(view: DiagramView) -> None:
    """The middle of a long name is left out; pointing at it tells the whole."""
    long = "waiting_for_the_approval_of_the_principal_investigator"
    machine = StateMachine("a", {"a": frozenset({long}), long: frozenset()}, {})
    view.set_session(SessionModel(SimulatedSource("sim-1", machine)))
    assert "…" in view.states[long].text
    assert view.states[long].toolTip().startswith(f"{long}\nClick to go to")
    assert view.states["a"].text == "a"
    assert long not in view.states["a"].toolTip()


def test_tool_tips_say_what_a_click_does(view: DiagramView, session: SessionModel) -> None:
    """Over a legal state the tip says what a click does, over others why it does nothing."""
    assert view.states["plugin_pass"].toolTip() == "Click to go to plugin_pass"
    assert view.states["pending"].toolTip() == tip("rendering", "pending")


def test_names_of_states_are_plain_text(view: DiagramView) -> None:
    """A state of a machine from elsewhere may have any name."""
    name = "<b>x</b>"
    machine = StateMachine(name, {name: frozenset({"b"}), "b": frozenset()}, {})
    view.set_session(session_in("pending", machine))
    assert "<b>" not in view.states["b"].toolTip() + view.states[name].toolTip()


@pytest.mark.parametrize("state", ["plugin_pass", "failed", "aborted"])
def test_a_legal_state_is_clicked(view: DiagramView, session: SessionModel, state: str) -> None:
    """A click at a legal next state takes the session there."""
    click(view.viewport(), place(view, state))
    assert session.state == state


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_only_the_left_button_goes(
    view: DiagramView, session: SessionModel, button: Qt.MouseButton
) -> None:
    """The other buttons of a mouse take the session nowhere."""
    click(view.viewport(), place(view, "plugin_pass"), button)
    assert session.state == "rendering"


def test_a_click_can_be_taken_back(view: DiagramView, session: SessionModel) -> None:
    """Who moves away before letting go of the button goes nowhere."""
    drag(view.viewport(), place(view, "plugin_pass"), place(view, "pending"))
    assert session.state == "rendering"


def test_an_illegal_state_can_be_chosen_but_not_gone_to(
    view: DiagramView, session: SessionModel, qtbot: QtBot
) -> None:
    """A click at an illegal state gives it the focus, for a breakpoint, and says nothing."""
    with qtbot.assertNotEmitted(session.refused):
        click(view.viewport(), place(view, "done"))
    assert session.state == "rendering"
    assert view.chosen_state == "done"


def test_arrows_go_where_they_point_and_enter_goes(
    view: DiagramView, session: SessionModel
) -> None:
    """The focus starts where the session is, and goes to the nearest state in the direction."""
    assert view.chosen_state is None
    ways = {
        Qt.Key.Key_Up: ["rendering", "validating", "pending", "pending"],
        Qt.Key.Key_Down: ["validating", "rendering", "plugin_pass"],
        Qt.Key.Key_Left: ["input_required", "input_required"],
        Qt.Key.Key_Right: ["plugin_pass"],
    }
    for key, states in ways.items():
        for state in states:
            QTest.keyClick(view, key)
            assert view.chosen_state == state
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert session.state == "plugin_pass"


def test_every_state_is_reached_by_arrows(view: DiagramView, session: SessionModel) -> None:
    """Whoever has no mouse gets everywhere, from everywhere."""
    boxes = {state: item.rect for state, item in view.states.items()}
    table = {
        state: {neighbour(boxes, state, way) or state for way in DIRECTIONS.values()}
        for state in boxes
    }
    for state in boxes:
        assert reachable(state, table) | {state} == boxes.keys()


def test_typing_goes_to_a_state(view: DiagramView, session: SessionModel) -> None:
    """The first letters of a name choose it; one letter again goes to the next name with it."""
    QTest.keyClicks(view, "PPP")
    assert view.chosen_state == "post_validate"
    interval = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(0)  # each letter is the first one
    QTest.keyClicks(view, "x")
    QApplication.setKeyboardInputInterval(interval)
    assert view.chosen_state == "post_validate"  # no state has that name
    view._typed = TypedName()
    QTest.keyClicks(view, "sync")
    assert view.chosen_state == "sync_queued"


def test_a_zoomed_diagram_follows_the_session(view: DiagramView, session: SessionModel) -> None:
    """The current state comes into sight; as long as the session stays, the user may look about."""

    def in_sight() -> bool:
        shown = view.mapToScene(view.viewport().rect()).boundingRect()
        return shown.contains(view.states[session.state].rect)

    view.zoom(2)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert not in_sight()
    for state in ("plugin_pass", "cache_write", "failed"):
        session.request(Step(state))
        assert in_sight()


def test_transitions_of_a_state_come_to_the_fore(view: DiagramView, session: SessionModel) -> None:
    """All others fade while the pointer or the focus is on it."""

    def clear() -> set[tuple[str, str]]:
        return {edge for edge, line in view.edges.items() if line.opacity() == 1}

    touching = {edge for edge in view.edges if "plugin_pass" in edge}
    QTest.mouseMove(view.windowHandle(), view.viewport().mapTo(view, place(view, "plugin_pass")))
    settle()
    assert clear() == touching
    QTest.mouseMove(view.windowHandle(), QPoint(5, 5))
    settle()
    assert clear() == view.edges.keys()
    view.states["plugin_pass"].setFocus()
    assert clear() == touching
    view.states["plugin_pass"].clearFocus()
    assert clear() == view.edges.keys()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_an_illegal_move_by_key_is_refused_with_a_reason(
    view: DiagramView, session: SessionModel, qtbot: QtBot, key: Qt.Key
) -> None:
    """Whoever presses Enter on an illegal state is told why nothing happens."""
    view.states["done"].setFocus()
    with qtbot.waitSignal(session.refused) as refused:
        QTest.keyClick(view, key)
    assert refused.args[0].startswith("Not legal from rendering. done is reached only from")
    assert session.state == "rendering"


def test_enter_without_a_chosen_state_does_nothing(
    view: DiagramView, session: SessionModel, qtbot: QtBot
) -> None:
    """Before a state is chosen there is nowhere to go."""
    with qtbot.assertNotEmitted(session.refused):
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert session.count == 3


@pytest.mark.parametrize("key", [0, 0x416, Qt.Key.Key_A, 0x1F600])
def test_other_keys_do_no_harm(view: DiagramView, session: SessionModel, key: int) -> None:
    """A letter of any alphabet may be typed while the diagram has the focus."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "ж")
    QApplication.sendEvent(view, event)
    assert session.count == 3


def test_it_fits_whatever_its_size(view: DiagramView, session: SessionModel) -> None:
    """Without zoom, all of the diagram is in sight, as large as can be."""
    for size in ((480, 700), (352, 500), (900, 400)):
        view.resize(*size)
        QApplication.processEvents()
        shown = view.mapFromScene(view.sceneRect()).boundingRect()
        room = view.viewport().rect()
        assert room.contains(shown)
        assert shown.width() > room.width() - 12 or shown.height() > room.height() - 12
        assert view.horizontalScrollBar().maximum() == view.verticalScrollBar().maximum() == 0


def test_the_wheel_zooms_within_limits(view: DiagramView, session: SessionModel) -> None:
    """The wheel shows more or less of the diagram, and never loses it."""
    fitted = scale(view)
    turn_wheel(view.viewport(), 1)
    assert scale(view) > fitted
    turn_wheel(view.viewport(), -1)
    assert scale(view) == pytest.approx(fitted)
    for _ in range(60):
        turn_wheel(view.viewport(), 1)
    assert 4 < scale(view) <= 8
    for _ in range(120):
        turn_wheel(view.viewport(), -1)
    assert 0.1 <= scale(view) < 0.2


@pytest.mark.parametrize("factor", [ZOOM_STEP, 1 / ZOOM_STEP])
def test_keys_zoom_too(view: DiagramView, session: SessionModel, factor: float) -> None:
    """The diagram is made larger and smaller by steps, and fits again when told to."""
    fitted = scale(view)
    view.zoom(factor)
    assert scale(view) == pytest.approx(fitted * factor)
    view.fit()
    assert scale(view) == fitted


def test_a_zoomed_diagram_stays_as_it_is(view: DiagramView, session: SessionModel) -> None:
    """Who has zoomed in on something keeps the scale when the window changes."""
    view.zoom(ZOOM_STEP)
    zoomed = scale(view)
    view.resize(700, 500)
    session.request(Step("plugin_pass"))
    QApplication.processEvents()
    assert scale(view) == zoomed


def test_dragging_pans(view: DiagramView, session: SessionModel) -> None:
    """The diagram is moved by dragging where nothing can be clicked."""
    view.zoom(3)
    bar = view.verticalScrollBar()
    bar.setValue(before := bar.maximum() // 2)
    size = view.viewport().size()
    places = product(range(60, size.height(), 20), range(20, size.width(), 20))
    start = next(at for y, x in places if view.itemAt(at := QPoint(x, y)) is None)
    drag(view.viewport(), start, start - QPoint(0, 40))
    assert bar.value() == before + 40
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    assert session.state == "rendering"


def test_a_double_click_fits(view: DiagramView, session: SessionModel) -> None:
    """A double click beside the states shows all of the diagram again."""
    fitted = scale(view)
    view.zoom(0.5)
    double_click(view.viewport(), QPoint(3, 3))
    assert scale(view) == fitted


def test_a_double_click_at_a_state_goes_there_once(
    view: DiagramView, session: SessionModel, qtbot: QtBot
) -> None:
    """Who clicks twice at a legal state gets there, and is not told off for the second click."""
    view.zoom(0.5)
    zoomed = scale(view)
    with qtbot.assertNotEmitted(session.refused):
        double_click(view.viewport(), place(view, "plugin_pass"))
    assert session.state == "plugin_pass"
    assert scale(view) == zoomed


def test_a_right_click_asks_for_the_menu_of_a_state(
    view: DiagramView, session: SessionModel, qtbot: QtBot
) -> None:
    """The menu is that of the state below the pointer, at the pointer."""
    at = place(view, "cache_write")
    there = view.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, there)
    with qtbot.waitSignal(view.menu_wanted) as wanted:
        QApplication.sendEvent(view.viewport(), event)
    assert wanted.args == ["cache_write", there]


def test_the_menu_key_asks_for_the_menu_of_the_chosen_state(
    view: DiagramView, session: SessionModel, qtbot: QtBot
) -> None:
    """Without a mouse the menu is that of the state with the focus, at that state."""
    view.states["done"].setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    with qtbot.waitSignal(view.menu_wanted) as wanted:
        QApplication.sendEvent(view.viewport(), event)
    assert wanted.args == ["done", view.viewport().mapToGlobal(place(view, "done"))]


def test_beside_the_states_there_is_no_menu(
    view: DiagramView, session: SessionModel, qtbot: QtBot
) -> None:
    """A right click at nothing asks for nothing."""
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), QPoint(2, 2))
    with qtbot.assertNotEmitted(view.menu_wanted):
        QApplication.sendEvent(view.viewport(), event)


def test_breakpoints_are_marked(view: DiagramView, session: SessionModel) -> None:
    """A state at which playing stops says so, until it does not any more."""
    view.set_breakpoints(frozenset({"done", "pending"}))
    assert {s for s, item in view.states.items() if item.property("breakpoint")} == {
        "done",
        "pending",
    }
    view.set_breakpoints(frozenset())
    assert not any(item.property("breakpoint") for item in view.states.values())


def test_another_theme_repaints_everything(
    view: DiagramView, session: SessionModel, theme: Theme
) -> None:
    """Background and boxes have the colours of the theme after a change of it."""
    for choice, colours in (("light", LIGHT), ("dark", DARK)):
        theme.choose(choice)
        settle()
        picture: QImage = view.viewport().grab().toImage()
        assert picture.pixelColor(3, 3) == QColor(colours.surface)
        inside = place(view, "rendering") - QPoint(0, 10)
        assert picture.pixelColor(inside) == QColor(colours.accent)


def test_it_paints_itself_anew(view: DiagramView, session: SessionModel, theme: Theme) -> None:
    """A move, a breakpoint and another theme are seen at once, without anybody asking."""
    settle()
    painted = Painted(view.viewport())
    for change in (
        lambda: session.request(Step("plugin_pass")),
        lambda: view.set_breakpoints(frozenset({"done"})),
        lambda: theme.choose("dark"),
    ):
        before = painted.times
        change()
        settle()
        assert painted.times > before


def test_the_focus_is_seen(view: DiagramView, session: SessionModel) -> None:
    """Who goes through the states with the keyboard sees which one is chosen."""
    apart = view.viewport().grab().toImage()
    view.states["done"].setFocus()
    assert view.viewport().grab().toImage() != apart


def test_the_pointer_shows_where_one_can_go(view: DiagramView, session: SessionModel) -> None:
    """A legal state is framed while the pointer is over it, and another one is not."""
    looks = {}
    QTest.mouseMove(view.windowHandle(), QPoint(5, 5))  # Qt reports no move to where it has been
    settle()
    for state in ("plugin_pass", "done"):
        box = view.mapFromScene(view.states[state].rect).boundingRect()
        apart, beside = view.viewport().grab().toImage(), view.viewport().grab(box).toImage()
        QTest.mouseMove(view.windowHandle(), view.viewport().mapTo(view, place(view, state)))
        settle()
        looks[state] = view.viewport().grab(box).toImage() != beside
        QTest.mouseMove(view.windowHandle(), QPoint(5, 5))
        settle()
        assert view.viewport().grab().toImage() == apart
    assert looks == {"plugin_pass": True, "done": False}


def test_another_machine_is_drawn_from_its_table(view: DiagramView, session: SessionModel) -> None:
    """A session of another machine brings its own states, and nothing of the ones before stays."""
    machine = StateMachine("a", {"a": frozenset({"b"}), "b": frozenset({"a"})}, {})
    view.set_session(SessionModel(RecordedSource(machine)))
    names = {item.objectName() for item in view.scene().items()}
    assert names == {"state_a", "state_b", "edge_a__b", "edge_b__a"}


def test_another_font_is_taken_up(view: DiagramView, session: SessionModel) -> None:
    """Where the system's font changes, labels fit their boxes in the new one."""
    before = view.states["rendering"]
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    assert view.states["rendering"] is not before
    assert view.states["rendering"].property("status") == "current"

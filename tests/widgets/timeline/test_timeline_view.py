from collections.abc import Iterable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from exlab_gui.core.analysis.timeline.bars import Timeline
from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.envelopes import ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.theme.colours import DARK, LIGHT
from exlab_gui.theme.semantic_colours import state_fill
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.timeline.timeline_view import TimelineView
from tests.helpers.hands import POPUPS, click, double_click, drag, turn_wheel
from tests.helpers.painted import Painted
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_in, still_clock
from tests.helpers.strategies import START
from tests.helpers.window import settle

WIDTH = 612


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> TimelineView:
    view = TimelineView(theme)
    qtbot.addWidget(view)
    view.resize(WIDTH, 54)
    view.show()
    view.activateWindow()
    return view


def stayed(*seconds: float) -> tuple[SessionModel, SimulatedClock]:
    """Return a session that stayed so long in each state of its way, and its clock."""
    clock = still_clock()
    session = session_in("pending", clock=clock)
    way = ("validating", "rendering", "plugin_pass", "cache_write")
    for place, span in enumerate(seconds):
        clock.advance(span)
        if place + 1 < len(seconds):
            session.request(Step(way[place]))
    return session, clock


def recorded(visits_made: Iterable[tuple[str, float]]) -> SessionModel:
    """Return a session that was seen to enter states, so many seconds after its opening each."""
    history = [
        Event(n, START + timedelta(seconds=at), state, Origin.OBSERVED)
        for n, (state, at) in enumerate(visits_made, 1)
    ]
    return SessionModel(RecordedSource(CREATION_MACHINE, history))


def picture(view: TimelineView) -> QImage:
    return view.grab().toImage()


def widths(view: TimelineView) -> list[float]:
    """Return how wide each bar is, from left to right."""
    picture(view)
    found, bars = [], []
    for x in range(view.width()):
        bar = view.bar_at(x + 0.5)
        if bar is not None and bar.place not in found:
            found.append(bar.place)
            bars.append(bar)
    return [bar.right - bar.left for bar in bars]


def ticks(view: TimelineView) -> bool:
    return any(timer.isActive() for timer in view.findChildren(QTimer))


def test_each_stay_is_as_wide_as_it_was_long(view: TimelineView) -> None:
    """Beyond the least width, which each bar has, bars are in proportion to the time."""
    session, _ = stayed(10, 20, 30)
    view.set_session(session)
    assert widths(view) == pytest.approx([6 + 594 * n / 60 for n in (10, 20, 30)])
    assert sum(widths(view)) == pytest.approx(WIDTH)


def test_a_short_stay_is_seen(view: TimelineView) -> None:
    """A state that was left at once is there beside one that lasted an hour."""
    session, _ = stayed(3600, 0, 0.001)
    view.set_session(session)
    assert min(widths(view)) >= 6
    assert len(widths(view)) == 3


def test_a_session_without_any_time_is_seen(view: TimelineView) -> None:
    """Where no time has passed at all, every state has its bar."""
    session, _ = stayed(0, 0, 0)
    view.set_session(session)
    assert widths(view) == pytest.approx([WIDTH / 3] * 3)


def test_a_clock_that_was_set_back_harms_nothing(view: TimelineView) -> None:
    """Events whose times go backwards are drawn like those at one and the same time."""
    view.set_session(recorded([("pending", 0), ("validating", 60), ("rendering", -60)]))
    assert min(widths(view)) >= 6
    assert sum(widths(view)) == pytest.approx(WIDTH)


def test_the_last_stay_grows(view: TimelineView) -> None:
    """The bar of the current state grows with the session's time, as long as it can go on."""
    session, clock = stayed(10, 10)
    view.set_session(session)
    assert ticks(view)
    before = widths(view)
    clock.advance(40)
    after = widths(view)
    assert after[1] > before[1]
    assert after[1] / after[0] > 3
    session.request(Step("failed"))
    over = widths(view)
    clock.advance(1_000)
    assert widths(view) == over
    assert not ticks(view)


def test_a_hundred_thousand_stays_have_room(view: TimelineView, qtbot: QtBot) -> None:
    """Where there are more stays than pixels, each pixel shows the stay at its time."""
    states = ("plugin_pass", "input_required")
    session = recorded((states[n % 2], n) for n in range(100_000))
    view.set_session(session)
    picture(view)
    for x in (0, 300, WIDTH - 1):
        bar = view.bar_at(x)
        assert bar.left <= x <= bar.right
        assert bar.place == pytest.approx(99_999 * (x + 0.5) / WIDTH, abs=1)
    with qtbot.waitSignal(view.sought) as sought:
        click(view, QPoint(300, 10))
    assert sought.args == [view.bar_at(300).place + 1]


def test_it_can_be_very_narrow(view: TimelineView) -> None:
    """With less room than the least widths need, what was longest is left."""
    session, _ = stayed(1, 1, 30)
    view.set_session(session)
    view.resize(3, 48)
    picture(view)
    assert view.bar_at(2).visit.state == "rendering"


def test_a_click_seeks_the_moment_below(view: TimelineView, qtbot: QtBot) -> None:
    """It is named by how many events there were then, progress between the states counted."""
    source = RecordedSource(CREATION_MACHINE)
    session = SessionModel(source)
    view.set_session(session)
    progress = ProgressEnvelope("validating_inputs", 1, 2)
    with qtbot.waitSignal(session.changed):
        source.grow(
            Event(n, START + timedelta(seconds=n), state, Origin.OBSERVED, envelope)
            for n, (state, envelope) in enumerate(
                [("validating", None), ("validating", progress), ("rendering", None)], 2
            )
        )
    qtbot.waitUntil(lambda: session.count == 4)
    picture(view)
    bars = [view.bar_at(x) for x in range(WIDTH)]
    validating = [x for x, bar in enumerate(bars) if bar and bar.visit.state == "validating"]
    with qtbot.waitSignal(view.sought) as sought:
        click(view, QPoint(validating[-1], 10))
    assert sought.args == [3]


def test_keys_go_from_one_stay_to_the_other(view: TimelineView) -> None:
    """Left, right, Home and End go from state to state, and to the latest moment at the end."""
    session, _ = stayed(1, 2, 3)
    view.set_session(session)
    view.setFocus()
    view.sought.connect(session.go_to)
    shown_count = []
    for key in ("Left", "Left", "Left", "Right", "End", "Home", "Right"):
        QTest.keyClick(view, getattr(Qt.Key, f"Key_{key}"))
        shown_count.append(session.position)
    assert shown_count == [2, 1, 1, 2, None, 1, 2]
    assert view.accessibleDescription().startswith("2 of 3 states: validating: 2.000 s from ")


@pytest.mark.parametrize("key", [0, 0x416, Qt.Key.Key_A])
def test_other_keys_do_no_harm(view: TimelineView, qtbot: QtBot, key: int) -> None:
    """A letter of any alphabet may be typed while the timeline has the focus."""
    view.set_session(stayed(1)[0])
    with qtbot.assertNotEmitted(view.sought):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "ж")
        QApplication.sendEvent(view, event)


def test_it_tells_what_it_shows(view: TimelineView) -> None:
    """Who does not see the bars is told how many states there were, and which one is shown."""
    session, _ = stayed(1, 2, 3)
    view.set_session(session)
    assert view.accessibleDescription().startswith("3 of 3 states: rendering since ")


def test_a_moment_of_the_past_is_marked(view: TimelineView) -> None:
    """A line stands where the window is, until it shows the latest moment again."""
    session, _ = stayed(30, 30)
    session.request(Step("failed"))
    view.set_session(session)
    latest = picture(view)
    session.go_to(2)
    assert picture(view) != latest
    session.go_to(None)
    assert picture(view) == latest


def test_the_focus_is_seen(view: TimelineView) -> None:
    """Who comes here with the keyboard sees it."""
    session, _ = stayed(30, 30)
    view.set_session(session)
    assert view.focusPolicy() & Qt.FocusPolicy.TabFocus
    view.clearFocus()
    without = picture(view)
    view.setFocus()
    assert picture(view) != without


def tip_at(view: TimelineView, x: int) -> str:
    at = QPoint(x, 10)
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    text = QToolTip.text()
    QToolTip.hideText()
    return text


@POPUPS
def test_the_tool_tip_tells_about_the_stay(view: TimelineView) -> None:
    """Over a bar one is told how long the session was there, and since when."""
    session, _ = stayed(61.25, 5)
    view.set_session(session)
    picture(view)
    opened = f"{START.astimezone():%H:%M:%S}"
    assert tip_at(view, 10) == f"pending: 1:01 min from {opened}"
    assert tip_at(view, WIDTH - 3).startswith("validating since ")
    session.request(Step("failed"))
    picture(view)
    assert tip_at(view, WIDTH - 3).endswith(": the session is over")


@POPUPS
def test_the_tool_tip_is_plain_text(view: TimelineView) -> None:
    """A state of a machine from elsewhere may have any name."""
    name = "<b>x</b>"
    machine = StateMachine(name, {name: frozenset()}, {})
    view.set_session(session_in("pending", machine))
    picture(view)
    assert "<b>" not in tip_at(view, 10)


@pytest.mark.parametrize("state", ["pending", "validating", "input_required", "done", "limbo"])
def test_bars_have_the_colours_of_their_states(
    view: TimelineView, theme: Theme, state: str
) -> None:
    """A bar is filled as its state is elsewhere, in either theme, at once after a change of it."""
    view.set_session(recorded([(state, 0)]))
    for choice, colours in (("light", LIGHT), ("dark", DARK)):
        theme.choose(choice)
        fill, _ = state_fill(colours, CREATION_MACHINE, state)
        assert picture(view).pixelColor(20, 6) == QColor(fill)


def test_before_there_is_a_session_it_is_empty(view: TimelineView, qtbot: QtBot) -> None:
    """Without a session there is nothing to see and nothing to pick."""
    with qtbot.assertNotEmitted(view.sought):
        picture(view)
        click(view, QPoint(10, 10))
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.bar_at(10) is None


def test_dragging_moves_along(view: TimelineView) -> None:
    """Who drags along the line goes from moment to moment with it."""
    session, _ = stayed(10, 10, 10)
    view.set_session(session)
    picture(view)
    sought: list[int | None] = []
    view.sought.connect(sought.append)
    drag(view, QPoint(10, 10), QPoint(WIDTH // 2, 10))
    assert sought == [1, 2]


def test_the_pointer_alone_moves_nothing(view: TimelineView, qtbot: QtBot) -> None:
    """Without the left button, one can look at the line as one likes."""
    session, _ = stayed(10, 10, 10)
    view.set_session(session)
    view.setMouseTracking(True)
    picture(view)
    with qtbot.assertNotEmitted(view.sought):
        QTest.mouseMove(view.windowHandle(), QPoint(50, 10))
        click(view, QPoint(300, 10), Qt.MouseButton.RightButton)


def test_it_paints_itself_anew(view: TimelineView, theme: Theme, qtbot: QtBot) -> None:
    """The line is drawn again by itself: for another theme, after a change, and as time goes."""
    session, _ = stayed(10, 10)
    view.set_session(session)
    painted = Painted(view)
    for change in (lambda: theme.choose("dark"), lambda: session.request(Step("rendering"))):
        settle()
        before = painted.times
        change()
        settle()
        assert painted.times > before
    before = painted.times
    qtbot.waitUntil(lambda: painted.times > before)


def ink(view: TimelineView, left: float, top: int, right: float, bottom: int) -> int:
    """Return how many colours there are in a part of the picture."""
    image = picture(view)
    points = ((x, y) for x in range(int(left), int(right)) for y in range(top, bottom))
    return len({image.pixel(x, y) for x, y in points})


def test_the_times_stand_below_the_line(view: TimelineView) -> None:
    """When the session was opened stands at the left, how long it took at the right."""
    view.set_session(stayed(10, 10)[0])
    assert ink(view, 0, 40, 70, 52) > 2
    assert ink(view, WIDTH - 70, 40, WIDTH, 52) > 2
    view.set_session(stayed(0, 0)[0])
    assert ink(view, 100, 43, WIDTH - 150, 52) == 1


def test_problems_have_marks_below_their_bars(view: TimelineView, theme: Theme) -> None:
    """A warning and a violation are seen where they happened, in colours of their own."""
    warning = WarningEnvelope("validating_inputs", "slow")
    events = [
        Event(1, START, "pending", Origin.OBSERVED),
        Event(2, START + timedelta(seconds=10), "validating", Origin.OBSERVED),
        Event(3, START + timedelta(seconds=20), "validating", Origin.OBSERVED, warning),
        Event(4, START + timedelta(seconds=30), "limbo", Origin.OBSERVED),
    ]
    view.set_session(SessionModel(RecordedSource(CREATION_MACHINE, events)))
    image = picture(view)
    seen = {
        name: [x for x in range(WIDTH) if image.pixelColor(x, 33) == QColor(colour)]
        for name, colour in (("warning", LIGHT.warning), ("failure", LIGHT.failure))
    }
    line = Timeline(view.session.visits, events[-1].at, WIDTH)
    assert min(seen["warning"]) <= line.x_of(3) <= max(seen["warning"])
    assert min(seen["failure"]) <= line.x_of(4) <= max(seen["failure"])


def test_the_wheel_zooms_at_the_pointer(view: TimelineView) -> None:
    """What is under the pointer stays there; all of the line comes back with a double click."""
    session, _ = stayed(10, 10, 10)
    session.request(Step("failed"))
    view.set_session(session)
    whole = widths(view)
    at = QPoint(int(whole[0] + whole[1] / 2), 12)
    assert view.bar_at(at.x()).visit.state == "validating"
    turn_wheel(view, 4, at)
    picture(view)
    bar = view.bar_at(at.x())
    assert bar.visit.state == "validating"
    assert bar.right - bar.left > 2 * whole[1]
    assert (at.x() - bar.left) / (bar.right - bar.left) == pytest.approx(0.5, abs=0.02)
    double_click(view, QPoint(at.x(), 46))
    assert widths(view) == pytest.approx(whole)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.bar_at(1) is not None
    QTest.keyClick(view, Qt.Key.Key_0)
    assert widths(view) == pytest.approx(whole)
    turn_wheel(view, -3, at)
    assert widths(view) == pytest.approx(whole)


def test_a_drag_on_the_ruler_selects_a_time(view: TimelineView, qtbot: QtBot) -> None:
    """It tells the events of that time and how long it is, and moves no playhead."""
    session, _ = stayed(10, 10, 10)
    session.request(Step("failed"))
    view.set_session(session)
    first, second, *_ = widths(view)
    with (
        qtbot.assertNotEmitted(view.sought),
        qtbot.waitSignal(view.selected) as selected,
    ):
        middle = int(first + second / 2)
        drag(view, QPoint(int(first / 2), 46), QPoint(middle, 46))
    (chosen,) = selected.args
    assert (chosen.first, chosen.until) == (1, 2)
    assert chosen.lasted.startswith(("9.", "10."))
    with qtbot.waitSignal(view.selected) as selected:
        QTest.keyClick(view, Qt.Key.Key_Escape)
    assert selected.args == [None]


def test_keys_select_visits(view: TimelineView) -> None:
    """With Shift, the arrows select from visit to visit, and back."""
    session, _ = stayed(10, 10, 10)
    view.set_session(session)
    view.sought.connect(session.go_to)
    session.go_to(1)
    picture(view)
    found = []
    view.selected.connect(found.append)
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(view, key, shift)
    assert [chosen.lasted for chosen in found] == ["20.000 s", "30.000 s", "20.000 s"]


def test_keys_select_anew_after_the_mouse(view: TimelineView) -> None:
    """A selection by keys begins at the shown visit, whatever was selected in another session."""
    shift = Qt.KeyboardModifier.ShiftModifier
    view.set_session(stayed(10, 10, 10)[0])
    picture(view)
    QTest.keyClick(view, Qt.Key.Key_End, shift)
    session, _ = stayed(10)
    view.set_session(session)
    picture(view)
    drag(view, QPoint(100, 46), QPoint(300, 46))
    found = []
    view.selected.connect(found.append)
    QTest.keyClick(view, Qt.Key.Key_End, shift)
    assert [chosen.lasted for chosen in found] == ["10.000 s"]


def test_another_session_has_no_selection(view: TimelineView) -> None:
    """The time of one session is nothing to another; nor is the zoom."""
    view.set_session(stayed(10, 10)[0])
    picture(view)
    drag(view, QPoint(100, 46), QPoint(300, 46))
    found = []
    view.selected.connect(found.append)
    view.set_session(stayed(10, 10)[0])
    assert found == [None]
    assert sum(widths(view)) == pytest.approx(WIDTH)


def test_the_line_of_a_running_session_does_not_jump(view: TimelineView) -> None:
    """A look at the past leaves it as long as it is: what one pressed on stays there."""
    session, _ = stayed(10, 10, 30)
    view.set_session(session)
    before = widths(view)
    session.go_to(1)
    assert widths(view) == pytest.approx(before)


def test_a_bar_has_its_name_where_there_is_room(view: TimelineView) -> None:
    """A long bar says which state it is; a short one is not written over."""
    view.set_session(stayed(1000, 1, 1000)[0])
    picture(view)
    long, short = view.bar_at(10), view.bar_at(WIDTH / 2)
    assert (long.visit.state, short.visit.state) == ("pending", "validating")
    assert ink(view, long.left + 2, 6, long.right - 3, 26) > 2
    assert ink(view, short.left + 1, 6, short.right - 2, 26) == 1

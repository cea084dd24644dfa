import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.controllers.context import make_actions
from exlab_gui.core.clock import SimulatedClock
from exlab_gui.core.scenario.scenario import Enter, Scenario
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Pause, Play
from exlab_gui.sources.simulated import SimulatedSource
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.controls.action_button import ActionButton
from exlab_gui.widgets.play_bar import BUTTONS, SPEEDS, PlayBar
from exlab_gui.window.entries import ACTIONS
from tests.helpers.sessions import session_in, still_clock
from tests.helpers.window import settle


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(around: QWidget) -> dict[str, QAction]:
    return make_actions(around, ACTIONS)


@pytest.fixture
def bar(around: QWidget, theme: Theme, actions: dict[str, QAction]) -> PlayBar:
    bar = PlayBar(actions, theme, around)
    bar.resize(1000, 44)
    around.show()
    return bar


def playing(title: str = "T", clock: SimulatedClock | None = None) -> SessionModel:
    """Return a session with a scenario of one step, an hour away."""
    scenario = Scenario(title=title, steps=(Enter(state="validating", after=3600),))
    return session_in("pending", scenario=scenario, clock=clock)


def combo(bar: PlayBar) -> QComboBox:
    return bar.findChild(QComboBox, "scenarioCombo")


def test_its_buttons_are_the_windows_actions(bar: PlayBar, actions: dict[str, QAction]) -> None:
    """What is in the tool bar is what is in the menus, in the order of the table."""
    shown = [button.action for button in bar.findChildren(ActionButton)]
    assert shown == [actions[name] for name in BUTTONS]


def test_speeds_are_those_that_were_promised(bar: PlayBar) -> None:
    """A scenario plays from a quarter to sixteen times as fast as real time."""
    slider = bar.findChild(QSlider, "speedSlider")
    assert (SPEEDS[0], SPEEDS[-1]) == (0.25, 16)
    assert (slider.minimum(), slider.maximum()) == (0, len(SPEEDS) - 1)
    assert bar.factor == 1


async def test_the_slider_sets_the_speed(bar: PlayBar, qapp: object) -> None:
    """The session's time runs as fast as the slider says, also of a session shown later."""
    clock = still_clock()
    bar.set_session(playing(clock=clock))
    bar.session.request(Play())
    slider = bar.findChild(QSlider, "speedSlider")
    for place, speed in enumerate(SPEEDS):
        slider.setValue(place)
        assert clock.rate == speed
        assert bar.findChild(QLabel, "speedLabel").text() == f"{speed:g} ×"
        assert slider.toolTip() == f"Play {speed:g} times as fast as real time"
    bar.session.request(Pause())
    other = still_clock()
    session = playing(clock=other)
    bar.set_session(session)
    session.request(Play())
    assert other.rate == 16
    session.request(Pause())
    await session.ended()


@pytest.mark.parametrize(
    ("wanted", "nearest"), [(1, 1), (3.1, 4), (1000, 16), (0.0001, 0.25), (0.3, 0.25)]
)
def test_any_factor_becomes_the_nearest_speed(bar: PlayBar, wanted: float, nearest: float) -> None:
    """A speed from elsewhere is taken as the slider can show it."""
    bar.set_factor(wanted)
    assert bar.factor == nearest


def test_scenarios_are_offered_once(bar: PlayBar) -> None:
    """A scenario that is offered again, or one just like it, is not listed twice."""
    scenario = find_scenario("happy_path")
    bar.offer(scenario)
    bar.offer(msgspec.structs.replace(scenario))
    assert combo(bar).count() == 1
    bar.offer(msgspec.structs.replace(scenario, description="another"))
    assert combo(bar).count() == 2


def test_the_list_shows_what_the_session_plays(bar: PlayBar) -> None:
    """The scenario of the shown session is the chosen one, and told about in the tool tip."""
    for name in ("happy_path", "plugin_fails"):
        bar.offer(find_scenario(name))
    scenario = find_scenario("plugin_fails")
    bar.set_session(session_in("pending", scenario=scenario))
    assert combo(bar).currentText() == scenario.title
    assert scenario.description[:40] in combo(bar).toolTip()
    bar.set_session(session_in("pending"))
    assert combo(bar).currentIndex() == -1
    assert combo(bar).toolTip() == ""


def test_a_choice_is_told(bar: PlayBar, qtbot: QtBot) -> None:
    """Choosing a scenario says so, and leaves it to the window what is done."""
    for name in ("happy_path", "plugin_fails"):
        bar.offer(find_scenario(name))
    session = session_in("pending")
    bar.set_session(session)
    with qtbot.waitSignal(bar.scenario_chosen) as chosen:
        qtbot.keyClick(combo(bar), Qt.Key.Key_End)
    assert chosen.args == [find_scenario("plugin_fails")]
    assert session.source.info.scenario is None


def test_a_hostile_title_is_plain_text(bar: PlayBar) -> None:
    """A title is one line of text, and does not make the bar wider than the window."""
    hostile = Scenario(
        title="<b>" + "x" * 390, description="<img src='x'>", steps=(Enter(state="validating"),)
    )
    before = bar.minimumSizeHint().width()
    bar.offer(hostile)
    bar.set_session(session_in("pending", scenario=hostile))
    assert "<img" not in combo(bar).toolTip()
    assert combo(bar).sizeHint().width() < 400
    assert bar.minimumSizeHint().width() == before


def test_it_tells_where_the_session_comes_from(bar: PlayBar) -> None:
    """Simulated sessions are called so, with their label."""
    session = SessionModel(SimulatedSource("sim-7"))
    bar.set_session(session)
    origin = bar.findChild(QLabel, "originLabel")
    assert origin.text() == "Simulated · sim-7"
    assert origin.toolTip() == "sim-7: Simulated session, not playing"
    assert origin.textFormat() == Qt.TextFormat.PlainText


def test_its_mark_follows_the_theme(bar: PlayBar, theme: Theme) -> None:
    """The mark beside the origin is drawn in the colours of the theme."""
    bar.set_session(session_in("pending"))
    (mark,) = (label for label in bar.findChildren(QLabel) if not label.pixmap().isNull())
    light = mark.pixmap().toImage()
    theme.choose("dark")
    settle()
    assert mark.pixmap().toImage() != light

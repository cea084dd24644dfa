"""The shown session is played, paused, stepped and sped up by actions, which say if they cannot."""

import pytest

from exlab_gui.core.scenario.scenario import Enter, Scenario
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.sessions import session_in

PLAYING = ("actionPlay", "actionPause", "actionStep", "actionReset")


def playing() -> SessionModel:
    """Return a session with a scenario of one step, an hour away."""
    steps = (Enter(state="validating", after=3600),)
    return session_in("pending", scenario=Scenario(title="T", steps=steps))


def enabled(window: MonitorWindow) -> set[str]:
    return {name for name in PLAYING if window.actions_by_name[name].isEnabled()}


def trigger(window: MonitorWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def test_without_a_scenario_there_is_nothing_to_play(window: MonitorWindow) -> None:
    """A fresh session without a scenario can't be played, and its actions say why."""
    window.session_actions.add(session_in("pending"))
    assert enabled(window) == set()
    assert window.actions_by_name["actionPlay"].toolTip() == "No scenario is chosen."
    window.session_actions.add(playing())
    assert enabled(window) == {"actionPlay", "actionStep"}
    assert window.actions_by_name["actionPlay"].statusTip() == "Play the scenario"


async def test_actions_follow_the_play(window: MonitorWindow) -> None:
    """While it plays it can be paused, afterwards played on; each by its action."""
    session = playing()
    window.session_actions.add(session)
    trigger(window, "actionPlay")
    assert session.playing
    assert "actionPause" in enabled(window)
    assert "actionPlay" not in enabled(window)
    trigger(window, "actionPause")
    assert not session.playing
    trigger(window, "actionStep")
    assert session.state == "validating"
    trigger(window, "actionReset")
    assert session.state == "pending"
    await close_window(window)


@pytest.mark.parametrize(
    ("name", "factors"), [("actionFaster", [2, 4, 8, 16, 16]), ("actionSlower", [0.5, 0.25, 0.25])]
)
def test_actions_shift_the_speed(window: MonitorWindow, name: str, factors: list[float]) -> None:
    """Faster and slower go one step, and not beyond the ends."""
    for factor in factors:
        trigger(window, name)
        assert window.play_bar.factor == factor


def test_it_is_the_shown_session_that_counts(window: MonitorWindow) -> None:
    """Once another session is shown, the one before has no say in the actions."""
    before = playing()
    window.session_actions.add(before)
    window.session_actions.add(session_in("pending"))
    before.request(Step("validating"))
    assert enabled(window) == set()


@pytest.mark.parametrize("name", ["actionPause", "actionUndo"])
async def test_who_pauses_at_a_breakpoint_is_told_of_none(window: MonitorWindow, name: str) -> None:
    """The window tells of a breakpoint that has paused the play, not of a state that has one."""
    steps = [
        Enter(state=state, after=after) for state, after in (("validating", 0), ("failed", 99))
    ]
    session = session_in("pending", scenario=Scenario(title="T", steps=steps))
    window.session_actions.add(session)
    trigger(window, "actionStep")
    left = "pending" if name == "actionUndo" else "validating"
    window.playback.toggle_breakpoint(left)
    trigger(window, "actionPlay")
    assert session.playing
    trigger(window, name)
    assert (session.playing, session.state) == (False, left)
    assert window.panes.messages.text == ""
    await close_window(window)

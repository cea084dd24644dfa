"""A cursor knows which step of a scenario comes next, whoever does the steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.scenario.scenario import Answer, Cancel, Emit, Enter, Scenario, Wait, perform
from exlab_gui.core.session import SessionStore
from exlab_gui.sources.scenario_cursor import ScenarioCursor
from tests.helpers.scripts import scripts

PROGRESS = Emit(ProgressEnvelope("running_plugins", 1, 2))
ASKED_ONCE = Scenario(
    title="T",
    steps=(
        Enter("validating"),
        Enter("rendering"),
        Enter("plugin_pass"),
        PROGRESS,
        PROGRESS,
        Enter("input_required"),
        Answer({}),
        Enter("cache_write"),
    ),
)


STATE_AFTER = {Answer: "plugin_pass", Cancel: "aborted"}


class Played:
    """A session and the cursor of its scenario."""

    def __init__(self, scenario):
        self.store = SessionStore()
        self.session = self.store.open("run")
        self.cursor = ScenarioCursor(CREATION_MACHINE, scenario)

    def step(self, times=1):
        """Do the next step, as a play does it."""
        for _ in range(times):
            perform(self.cursor.next, self.store, self.session.session_id, lambda _seconds: None)
            self.cursor.advance()

    def go(self, *states):
        """Bring the session to `states` by hand."""
        for state in states:
            self.store.transition(self.session.session_id, state)
            self.cursor.follow(state)

    @property
    def why_not(self):
        return self.cursor.why_not_next(self.session)


@given(scripts())
def test_a_scenario_is_gone_through_step_by_step(scenario):
    """As long as the session follows, each step comes next once, until the end or the last one."""
    played = Played(scenario)
    done = []
    while played.why_not is None:
        done.append(played.cursor.next)
        played.step()
    assert tuple(done) == scenario.steps
    over = played.session.is_over
    assert ("The session is over" in played.why_not) == over
    assert ("The scenario has ended" in played.why_not) == (not over)


@given(scripts(), st.data())
def test_a_move_by_hand_that_comes_next_counts_as_played(scenario, data):
    """Whichever moves of a scenario are made by hand, the steps after them come next."""
    played, steps, place = Played(scenario), scenario.steps, 0
    while played.why_not is None:
        assert played.cursor.next is steps[place]
        move = next((i for i in range(place, len(steps)) if not isinstance(steps[i], Emit)), None)
        if move is not None and data.draw(st.booleans()):
            played.go(STATE_AFTER.get(type(steps[move])) or steps[move].state)
            place = move + 1
        else:
            played.step()
            place += 1
    assert place == len(steps)


def test_what_would_have_come_before_a_move_by_hand_is_left_out():
    """A move that the scenario makes next passes over what it would have emitted before it."""
    played = Played(ASKED_ONCE)
    played.step(3)
    assert played.cursor.next is PROGRESS
    played.go("input_required")
    assert isinstance(played.cursor.next, Answer)
    assert played.why_not is None


def test_an_answer_by_hand_counts_as_the_answer_of_the_scenario():
    """Where the scenario's answer is due, the way back to who asked is that step."""
    played = Played(ASKED_ONCE)
    played.step(6)
    played.go("plugin_pass")
    assert played.cursor.next == Enter("cache_write")


def test_off_the_script_nothing_comes_next():
    """Where the session went another way, the reason names where it is and where it should be."""
    played = Played(ASKED_ONCE)
    played.step(3)
    played.go("cache_write")
    assert played.why_not == (
        "The scenario continues from plugin_pass, but the session is in cache_write. "
        "Reset it to play from the beginning."
    )


def test_a_round_off_the_script_leads_back_to_it():
    """Where the session came back to where the scenario goes on from, it does go on."""
    states = ("validating", "rendering", "plugin_pass", "cache_write")
    played = Played(Scenario(title="T", steps=tuple(map(Enter, states))))
    played.step(3)
    played.go("input_required")
    assert played.why_not is not None
    played.go("plugin_pass")
    assert played.why_not is None
    assert played.cursor.next == Enter("cache_write")


def test_no_scenario_has_no_next_step():
    """Without a scenario the reason says that there is none."""
    assert Played(None).why_not == "No scenario is chosen."


def test_rewinding():
    """A cursor that was rewound stands at the first step, and nothing has begun."""
    cursor = ScenarioCursor(CREATION_MACHINE, ASKED_ONCE)
    assert not cursor.has_begun
    cursor.advance()
    assert cursor.has_begun
    cursor.rewind()
    assert not cursor.has_begun
    assert cursor.next is ASKED_ONCE.steps[0]


def test_only_a_legal_scenario_has_a_cursor():
    """A scenario that is not legal in the machine is refused."""
    with pytest.raises(ValueError, match=r"illegal state transition .*PENDING.* -> 'done'"):
        ScenarioCursor(CREATION_MACHINE, Scenario(title="T", steps=(Enter("done"),)))


def test_the_time_of_a_check_is_that_of_the_scenario():
    """What is abandoned is decided by the scenario's delays and waits, not by a clock on the wall.

    A session that is held for an hour exactly can be answered, one held for longer cannot.
    """

    def held(after: float, seconds: float) -> Scenario:
        moves = ("validating", "rendering", "plugin_pass", "input_required")
        wait = Wait(seconds, after=after)
        return Scenario(title="T", steps=(*map(Enter, moves), wait, Answer({}, after=0)))

    ScenarioCursor(CREATION_MACHINE, held(0.5, 3_599.5))
    with pytest.raises(ValueError, match="does not wait for input: it is in aborted"):
        ScenarioCursor(CREATION_MACHINE, held(0.5, 3_599.6))

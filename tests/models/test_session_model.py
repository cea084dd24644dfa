"""A session model shows what its source has, and hands commands on to it."""

import asyncio
import gc
from weakref import WeakMethod, ref

import pytest

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.scenario.scenario import Enter, Scenario
from exlab_gui.core.trace import load
from exlab_gui.models.session_model import SessionModel
from exlab_gui.models.session_recording import RETRY_MS
from exlab_gui.sources.commands import (
    Cancel,
    Fail,
    Pause,
    Play,
    Reset,
    Resume,
    SetSpeed,
    Step,
    WalkTo,
)
from exlab_gui.sources.simulated import SimulatedSource
from tests.helpers import spec
from tests.helpers.disk import LIMITED, room_for
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.scripts import AT_ONCE, soon
from tests.helpers.strategies import START

pytestmark = pytest.mark.usefixtures("qapp")


def progress(count, first=2):
    """Return so many events of a session that goes on in one state."""
    envelope = ProgressEnvelope("running_plugins", 1, 2)
    numbers = range(first, first + count)
    return [Event(n, START, "pending", Origin.OBSERVED, envelope) for n in numbers]


@pytest.fixture
def simulated():
    return SessionModel(SimulatedSource("sim-1"))


@pytest.fixture
def recorded():
    return SessionModel(RecordedSource(CREATION_MACHINE))


def told(model):
    """Return a list that gains what `model` shows whenever it says that this changed."""
    shown = []
    model.changed.connect(lambda: shown.append((model.count, model.state)))
    return shown


@pytest.mark.parametrize("state", spec.STATES)
def test_what_is_shown_of_each_state(simulated, state):
    """State, phase, question and end are those of the state that the session stands in."""
    simulated.request(WalkTo(state))
    assert simulated.state == simulated.entered.state == simulated.visits.state() == state
    assert simulated.phase == spec.PHASES[state]
    assert (simulated.pending_input is not None) == (state == "input_required")
    assert simulated.is_over == (not spec.FOLLOWING[state])
    assert simulated.count == len(simulated.history)


def test_the_rest_is_the_sources(simulated):
    """Label, machine, time and what can be done are the source's own."""
    source = simulated.source
    assert simulated.label == "sim-1"
    assert simulated.machine is source.machine
    assert simulated.now() <= source.now() <= simulated.now()
    assert simulated.why_not(Step("done")) == source.why_not(Step("done")) is not None
    assert simulated.why_not(Step("validating")) is None


def test_a_question_is_put_to_the_source_once_for_each_change():
    """However many ask why something is refused, the source is asked anew after a change only."""
    asked = []

    class Asked(RecordedSource):
        def why_not(self, command):
            asked.append(command)
            return super().why_not(command)

    model, question = SessionModel(Asked(CREATION_MACHINE)), Step("done")
    for count, change in enumerate((lambda: None, lambda: model.source.grow(progress(1))), 1):
        change()
        for _ in range(3):
            assert model.why_not(question) == "It was recorded."
        assert asked.count(question) == count


def test_the_past_cannot_be_changed(simulated):
    """Who looks back has to come to the present before the session can be moved."""
    simulated.request(WalkTo("rendering"))
    simulated.go_to(1)
    for move in (Step("plugin_pass"), WalkTo("done"), Resume(), Cancel(), Fail()):
        assert "past" in simulated.why_not(move)
        assert simulated.request(move) is False
    assert simulated.why_not(Reset()) is None
    simulated.go_to(None)
    assert simulated.request(Step("plugin_pass"))


def test_a_reset_ends_looking_back(simulated):
    """A position in a history that is no longer there would show another one's."""
    simulated.request(WalkTo("rendering"))
    simulated.go_to(1)
    simulated.request(Reset())
    simulated.request(Step("validating"))
    assert (simulated.position, simulated.state) == (None, "validating")


def test_what_a_user_asks_for_is_shown_at_once(simulated):
    """Each command has had its effect on what is shown when `request` returns, however fast."""
    shown = told(simulated)
    for state in spec.WAYS["done"]:
        assert simulated.request(Step(state))
        assert simulated.state == state
        assert shown[-1] == (simulated.count, state)
    assert [state for _, state in shown] == list(spec.WAYS["done"])


def test_a_refused_command_changes_nothing(simulated, qtbot):
    """A command that the source refuses is answered by False and its reason, and by no change."""
    shown = told(simulated)
    with qtbot.waitSignal(simulated.refused) as refused:
        assert simulated.request(Step("done")) is False
    assert refused.args == [simulated.why_not(Step("done"))]
    assert not shown
    assert simulated.state == "pending"


def test_a_fast_source_is_shown_a_few_times_and_to_its_end(recorded, qtbot):
    """A source that changes faster than frames follow each other is shown less often.

    Each time shows more than the one before, and the last one shows it all.
    """
    shown = told(recorded)
    recorded.source.grow(progress(2_000))
    qtbot.waitUntil(lambda: recorded.count == 2_001)
    counts = [count for count, _ in shown]
    assert counts == sorted(set(counts))
    assert counts[-1] == 2_001
    assert len(counts) < 1_000


def test_what_is_asked_for_brings_the_rest_along(recorded):
    """A command shows what the source had changed before it, too."""
    recorded.source.grow(progress(100))
    recorded.request(Play())
    assert recorded.count == 101


def test_what_is_not_shown_yet(recorded, qtbot):
    """Until a change is shown, every question is answered as of the last one that was."""
    recorded.request(Play())
    failed = Event(2, START, "failed", Origin.OBSERVED)
    recorded.source.grow([failed])
    if recorded.count == 1:  # else a frame had passed already
        assert recorded.state == "pending"
        assert not recorded.is_over
    qtbot.waitUntil(lambda: recorded.count == 2)
    assert recorded.state == "failed"


def test_a_history_that_began_anew_is_shown_as_one(recorded):
    """Begun anew and grown at once, the new history takes the old one's place, all of it."""
    recorded.source.grow(progress(5))
    recorded.request(Play())
    old, shown = recorded.history, told(recorded)
    recorded.source.restart()
    recorded.source.grow(progress(2))
    recorded.request(Play())
    assert recorded.history is recorded.source.history is not old
    assert shown[-1] == (3, "pending")
    assert all(count <= 3 for count, _ in shown)


def test_two_new_histories_before_a_frame(recorded):
    """Of histories that began anew before either was shown, the last one is."""
    recorded.request(Play())
    recorded.source.restart(progress(3, first=1))
    recorded.source.restart(progress(2, first=1))
    recorded.request(Play())
    assert recorded.count == 2
    assert recorded.history is recorded.source.history


def test_a_reset_is_shown_at_once(simulated):
    """A session that the user resets is shown as it was opened."""
    simulated.request(WalkTo("cache_write"))
    shown = told(simulated)
    assert simulated.request(Reset())
    assert shown == [(1, "pending")]


def test_a_command_in_answer_to_a_change(simulated):
    """Who asks for more when told of a change gets it at once, and all is shown at the end."""
    shown = told(simulated)

    def go_on():
        following = [s for s in spec.WAYS["done"] if simulated.why_not(Step(s)) is None]
        if following and simulated.state != "plugin_pass":
            assert simulated.request(Step(following[0]))
            assert simulated.count == len(simulated.history)

    simulated.changed.connect(go_on)
    simulated.request(Step("validating"))
    assert simulated.state == "plugin_pass"
    assert simulated.count == len(simulated.history) == 4
    assert shown[0] == (2, "validating")
    assert (4, "plugin_pass") in shown


def test_a_command_amid_the_changes_of_another(recorded):
    """Of a command that changes much, everything is shown at once, whatever is asked meanwhile."""
    recorded.changed.connect(lambda: recorded.request(Step("done")))
    recorded.source.due = progress(5)
    recorded.request(Play())
    assert recorded.count == 6


def test_a_command_in_answer_to_a_new_history(simulated):
    """Who asks for more when told that the history began anew gets it, too."""
    simulated.request(Step("validating"))
    simulated.changed.connect(lambda: simulated.request(Step("failed")))
    simulated.request(Reset())
    assert (simulated.state, simulated.count) == ("failed", 2)


def test_a_refused_command_in_answer_to_a_change(simulated):
    """A refusal within a change takes nothing from what the change shows."""
    refusals = []
    simulated.refused.connect(refusals.append)
    simulated.changed.connect(lambda: simulated.request(Step("done")))
    simulated.request(Step("validating"))
    simulated.request(Step("rendering"))
    assert simulated.state == "rendering"
    assert len(refusals) == 2


async def stopped(model):
    """Return once `model` does not play any more."""
    end = asyncio.get_running_loop().create_future()

    def look():
        if not model.playing and not end.done():
            end.set_result(None)

    model.changed.connect(look)
    look()
    await soon(end)


async def test_a_play_goes_on_by_itself(qapp):
    """A play is run by the model; where it is shown to be at its end, so is its last event."""
    model = SessionModel(SimulatedSource("sim-1", scenario=find_scenario("asks_twice")))
    shown = told(model)
    model.request(SetSpeed(AT_ONCE))
    model.request(Play())
    assert model.playing
    await stopped(model)
    assert model.count == len(model.history)
    await soon(model.ended())
    assert model.state == "done"
    assert shown[-1] == (model.count, "done")


async def test_pause_and_play_in_one_turn_of_the_loop(qapp):
    """However often a user pauses and plays before the loop turns, everything happens once."""
    scenario = Scenario(title="T", steps=tuple(Enter(s, after=0) for s in spec.WAYS["done"]))
    model = SessionModel(SimulatedSource("sim-1", scenario=scenario))
    for _ in range(3):
        model.request(Play())
        model.request(Pause())
    model.request(Play())
    await stopped(model)
    await soon(model.ended())
    assert [event.state for event in model.history] == ["pending", *spec.WAYS["done"]]


async def test_closed_in_the_middle_of_playing(qapp):
    """A session that is closed while it plays leaves no task behind, and shows nothing more."""
    scenario = Scenario(title="T", steps=(Enter("validating", after=3_600),))
    model = SessionModel(SimulatedSource("sim-1", scenario=scenario))
    model.request(Play())
    await asyncio.sleep(0)
    shown = told(model)
    model.close()
    assert not model.playing
    await soon(model.ended())
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert not shown


async def test_closed_before_it_had_begun(qapp):
    """A session that is closed before its play had its first turn leaves no task behind."""
    model = SessionModel(SimulatedSource("sim-1", scenario=find_scenario("happy_path")))
    model.request(Play())
    model.close()
    await soon(model.ended())
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert model.count == 1


async def test_work_that_never_ends_is_cancelled(qapp):
    """Work that does not end with its source, such as a connection, gives itself back."""
    given_back = []

    async def wait_for_ever():
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            given_back.append(True)

    model = SessionModel(RecordedSource(CREATION_MACHINE, work=wait_for_ever()))
    refusals = []
    model.refused.connect(refusals.append)
    model.request(Play())
    await asyncio.sleep(0)
    model.close()
    await soon(model.ended())
    assert given_back == [True]
    assert not refusals


@pytest.mark.parametrize(
    ("error", "said"),
    [(OSError("The line is dead."), "The line is dead."), (KeyError(), "KeyError")],
)
async def test_work_that_fails_is_told_as_a_refusal(qapp, error, said):
    """An error that ends what a command began is told to the user, by its words or its name."""

    async def fail():
        raise error

    model = SessionModel(RecordedSource(CREATION_MACHINE, work=fail()))
    told = asyncio.get_running_loop().create_future()
    model.refused.connect(told.set_result)
    assert model.request(Play())
    assert await soon(told) == said


def test_a_closed_session_takes_no_notice_of_its_source(recorded, qtbot):
    """Neither a change that was not shown yet nor a later one is shown after the close."""
    source = recorded.source
    recorded.request(Play())
    shown = told(recorded)
    source.grow(progress(1))
    before = len(shown)
    recorded.close()
    assert source.closed
    source.grow(progress(1))
    later = SessionModel(RecordedSource(CREATION_MACHINE))
    later.source.grow(progress(1))
    qtbot.waitUntil(lambda: later.count == 2)  # by then the frame of the closed one is over
    assert len(shown) == before


def test_a_session_that_nobody_has_is_gone_at_once():
    """It is destroyed where it was given up, not in the thread that happens to collect garbage."""
    gc.disable()
    try:
        model = SessionModel(SimulatedSource("sim-1"))
        model.request(WalkTo("done"))
        gone = ref(model)
        del model
        assert gone() is None
    finally:
        gc.enable()


@LIMITED
def test_a_recording_that_stalls_is_told_once_and_goes_on(recorded, tmp_path, qtbot):
    """What could not be recorded is recorded as soon as that is possible, without being asked."""
    path = tmp_path / "a.exlab.jsonl"
    told = []
    recorded.recording_stalled.connect(told.append)
    recorded.record(path)
    with room_for(path.stat().st_size + 5):
        for _ in range(3):
            recorded.source.grow(progress(1))
            recorded.request(Play())
        assert [why.partition(":")[0] for why in told] == ["a.exlab.jsonl"]
        assert recorded.recorded_to == path
    qtbot.waitUntil(lambda: len(told) == 2, timeout=3 * RETRY_MS)
    assert told[1] == ""
    assert load(path).events == list(recorded.history)
    recorded.stop_recording()


@LIMITED
def test_a_recording_that_is_stopped_while_it_stalls_says_what_is_missing(recorded, tmp_path):
    """What is missing is written then, if that is possible, and told if not."""
    why = []
    recorded.recording_stopped.connect(why.append)
    for room in (5, 1_000_000):
        path = tmp_path / f"{room}.exlab.jsonl"
        recorded.record(path)
        size = path.stat().st_size
        with room_for(size + 5):
            recorded.source.grow(progress(2))
            recorded.request(Play())
        with room_for(size + room):
            recorded.stop_recording()
    assert why == ["5.exlab.jsonl has only the first 1 of 3 events: File too large.", ""]
    assert load(path).events == list(recorded.history)


def test_followers_are_told_of_each_change_and_kept_by_nobody(simulated):
    """Before `changed`, with the session; one that is gone by then is left out."""

    class Following:
        def __init__(self):
            self.follower = WeakMethod(self.hear)
            simulated.followers.append(self.follower)

        def hear(self, session):
            heard.append((session, session.state, len(seen)))

    heard, seen = [], told(simulated)
    staying, leaving = Following(), Following()
    del leaving
    simulated.request(Step("validating"))
    assert heard == [(simulated, "validating", 0)]
    simulated.followers.remove(staying.follower)
    simulated.request(Step("rendering"))
    assert len(heard) == 1
    assert len(seen) == 2

"""A session that is stepped: what it emits, and where it can be taken."""

import asyncio
import json
from itertools import pairwise

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Enter, Fail, Scenario
from exlab_gui.demo_server.faults import Behaviour, Conduct
from exlab_gui.demo_server.session import DemoSession
from exlab_gui.scenarios import bundled_scenarios, find_scenario
from tests.demo_server.client import GOOD_ANSWERS, gist


def opened(name, **conduct):
    """Return a session of the scenario of that name."""
    return DemoSession(find_scenario(name), Behaviour(Conduct(**conduct)), held=True)


def finished(session):
    """Return the session after all its steps."""
    while session.due_in_s is not None:
        session.step()
    return session


async def emitted(session):
    """Return the gists of what waits in the session's queue, up to its end."""
    messages = []
    async with asyncio.timeout(10):
        while (message := await session.queue.take()) is not None:
            messages.append(gist(json.loads(message)))
    return messages


def way(session):
    """Return the states that the session went through."""
    states = [event.state for event in session.inner.history]
    return [
        state for state, before in zip(states, [None, *states], strict=False) if state != before
    ]


def illegal(session):
    """Return the moves of the session that the table does not allow."""
    return [move for move in pairwise(way(session)) if not CREATION_MACHINE.allows(*move)]


@pytest.mark.parametrize("name", bundled_scenarios())
def test_by_default_every_session_is_legal_and_comes_to_an_end(name):
    """A session that is stepped through any scenario obeys the table."""
    session = finished(opened(name))
    assert session.is_over
    assert illegal(session) == []


def test_nothing_is_done_where_nothing_is_left():
    """A session that is over stays as it is, however often it is stepped."""
    session = finished(opened("happy_path"))
    before = list(session.inner.history)
    session.step()
    assert list(session.inner.history) == before


def test_a_scenario_that_just_ends_leaves_its_session_standing():
    """Without a step left, nothing is due and nothing happens."""
    steps = (Enter(state="validating"),)
    session = DemoSession(Scenario(title="Short", steps=steps), Behaviour(), held=True)
    session.step()
    assert (session.state, session.due_in_s) == ("validating", None)
    session.step()
    assert session.state == "validating"


def test_answers_where_none_are_asked_for():
    """They are refused, and what was answered first stands."""
    session = opened("asks_once")
    with pytest.raises(ValueError, match="does not wait for input: it is in pending"):
        session.answer({})
    session.run_to("input_required")
    session.answer(GOOD_ANSWERS)
    with pytest.raises(ValueError, match="does not wait for input"):
        session.answer({})


@pytest.mark.parametrize("name", ["cancelled_while_asked", "abandoned"])
def test_answers_that_the_scenario_does_not_expect(name):
    """Where its own operator would not have answered, a session that gets answers goes through."""
    session = opened(name)
    session.run_to("input_required")
    answers = {"plate_type": "tubes", "stub_id": "C-18", "coating": "gold"}
    session.answer(answers)
    assert finished(session).state == "done"
    assert illegal(session) == []


def test_every_question_of_a_scenario_waits_for_its_own_answer():
    """A plugin that asks twice asks again after a good answer, too."""
    session = opened("asks_twice")
    session.run_to("input_required")
    session.answer({"control_tube": "QC-131"})
    session.step()
    assert session.question is None
    session.run_to("input_required")
    assert [field.id for field in session.question.fields] == [
        "control_tube",
        "rack",
        "thawed_before",
    ]


async def test_progress_and_failures_are_sent_where_that_is_wanted():
    """As documented, and not as observed."""
    assert (await emitted(finished(opened("plugin_fails", progress=True)))).count("progress") == 2
    assert (await emitted(finished(opened("plugin_fails", failed=True))))[-1] == "failed"


async def test_events_after_the_end():
    """Two more come after the last one; the session itself stays as it is."""
    session = finished(opened("happy_path", events_after_end=True))
    assert (await emitted(session))[-3:] == ["done", "validating_inputs", "rendering_template"]
    assert session.state == "done"


@pytest.mark.parametrize("name", bundled_scenarios())
async def test_illegal_transitions(name):
    """States are left out, against the table; what follows them is legal again."""
    session = finished(opened(name, illegal_transition=True))
    assert session.is_over
    moves = illegal(session)
    if name == "invalid_inputs":  # enters one state only
        assert moves == []
    else:
        assert moves[0] == ("pending", "rendering")
    assert set(way(session)) <= set(way(finished(opened(name))))


@pytest.mark.parametrize("state", CREATION_MACHINE.states)
@pytest.mark.parametrize("start", CREATION_MACHINE.states)
async def test_a_jump_leads_anywhere_and_on_from_there(start, state):
    """Whatever the table says, the session stands there, and goes on legally to an end."""
    session = opened("happy_path")
    session.jump(start)
    session.jump(state)
    assert session.state == state
    before = len(illegal(session))
    if session.awaits_answers:
        session.answer({"sample_id": "S-1", "instrument_mode": "fast"})
    finished(session)
    assert session.is_over
    assert len(illegal(session)) == before
    assert session.session_id != session.inner.session_id


async def test_a_jump_emits_what_entering_the_state_does():
    """The listener sees the state that was entered, with the scenario's own envelope."""
    session = opened("asks_once")
    session.jump("input_required")
    assert session.question.reason == "SampleSheet.csv has no tube for lane 2."
    assert gist(json.loads(await session.queue.take())) == "input_required"


def test_a_jump_to_no_state():
    """It is refused, and the session stays where it is, with all that it has ahead."""
    session = opened("happy_path")
    with pytest.raises(KeyError):
        session.jump("brewing")
    assert finished(session).state == "done"


async def test_one_end_however_often_a_session_ends():
    """A session that is taken back from its end and ends again has one end in its queue."""
    session = finished(opened("happy_path"))
    session.jump("sync_queued")
    finished(session)
    assert (await emitted(session))[-1] == "done"
    session.send(b"last")
    again = [await session.queue.take() for _ in range(3)]
    assert [gist(json.loads(message)) for message in again[:2]] == ["queueing_nas_sync", "done"]
    assert again[2] == b"last"


def test_failing_at_once():
    """A session can fail where it was opened, with its own error."""
    error = Error("template_load_error", "None.")
    scenario = Scenario(title="Fails", steps=(Fail(error=error),))
    session = finished(DemoSession(scenario, Behaviour(), held=True))
    assert (session.state, session.inner.error) == ("failed", error)


def test_an_abandoned_session():
    """More than an hour without a sign of life aborts a session that waits."""
    session = opened("asks_once")
    session.run_to("input_required")
    session.abandon()
    assert session.state == "aborted"
    assert session.inner.error.code == "session_abandoned"

"""Sessions that break the rules: of the table, and of what a real server sends."""

import json

import pytest

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.machine import CREATION_MACHINE
from tests.demo_server.client import emitted, finished, gist, illegal, way
from tests.helpers.faulty_server.faults import Behaviour, Conduct
from tests.helpers.faulty_server.session import FaultySession


def opened(name, **conduct):
    """Return a session of the scenario of that name."""
    return FaultySession(find_scenario(name), Behaviour(Conduct(**conduct)), held=True)


async def test_progress_and_failures_are_sent_where_that_is_wanted():
    """As documented, and not as observed."""
    assert (await emitted(finished(opened("internal_error", progress=True)))).count("progress") == 2
    assert (await emitted(finished(opened("internal_error", failed=True))))[-1] == "failed"


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
    assert gist(json.loads(await session.messages.get())) == "input_required"


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
    again = [await session.messages.get() for _ in range(3)]
    assert [gist(json.loads(message)) for message in again[:2]] == ["queueing_nas_sync", "done"]
    assert again[2] == b"last"

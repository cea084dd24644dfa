"""A scenario is gone through at once, in simulated time, up to the first step that is wrong."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.limits import FORM_FIELDS
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.envelopes import (
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.scenario.scenario import Answer, Cancel, Emit, Enter, Fail, Scenario, Wait
from exlab_gui.core.scenario.simulation import StepError, simulate
from tests.helpers import spec
from tests.helpers.strategies import envelopes, errors, json_values, machines, walks

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
TO_PLUGINS = (Enter("validating"), Enter("rendering"), Enter("plugin_pass"))


def steps():
    """Return steps of every kind, most of which are legal nowhere."""
    states = st.sampled_from("abcdefgh") | st.sampled_from(spec.STATES)
    return st.one_of(
        st.builds(Enter, states, st.none() | envelopes()),
        st.builds(Emit, envelopes()),
        st.builds(Answer, st.dictionaries(st.text(), json_values(), max_size=2)),
        st.builds(Cancel, st.booleans()),
        st.builds(Fail, errors()),
        st.builds(Wait, st.floats(1, 10_000)),
    )


def go_through(*steps, machine=CREATION_MACHINE):
    """Return the events of these steps."""
    return list(simulate(Scenario(title="T", steps=steps), machine, START))


def fault(*steps):
    """Return which step, from 0, is wrong, and what it is."""
    with pytest.raises(StepError) as refused:
        go_through(*steps)
    return refused.value.index, str(refused.value)


def asking(*fields):
    return Enter("input_required", emits=InputRequiredEnvelope(fields, "r", "p"))


def test_time_is_simulated():
    """Each event bears the time that its step's delay, and those before it, add up to."""
    events = go_through(
        Enter("validating", after=0.5), Enter("rendering"), Enter("failed", after=3_600)
    )
    assert [event.at - START for event in events] == [
        timedelta(seconds=seconds) for seconds in (0, 0.5, 1.1, 3_601.1)
    ]


def test_an_hour_is_not_waited_for():
    """A session that is held for more than an hour is closed in no time."""
    events = go_through(*TO_PLUGINS, Enter("input_required"), Wait(seconds=3_700, after=0))
    assert events[-1].state == "aborted"
    assert events[-1].at - events[-2].at == timedelta(seconds=3_700)


@given(walks())
def test_any_legal_walk_is_gone_through(walk):
    """The steps of a legal walk yield one event each, in the walk's states."""
    events = go_through(*map(Enter, walk[1:]))
    assert [event.state for event in events] == walk


def test_another_machine_has_other_steps():
    """What is legal, and what a state is, the machine says."""
    machine = StateMachine("off", {"off": frozenset({"on"}), "on": frozenset()}, {})
    assert [event.state for event in go_through(Enter("on"), machine=machine)] == ["off", "on"]
    with pytest.raises(StepError, match='"validating" is not a state'):
        go_through(Enter("validating"), machine=machine)


@given(machines(), st.lists(steps(), max_size=6))
def test_whatever_the_machine_and_the_steps(machine, script):
    """Any step on any machine is done or refused, and what happened is what the machine allows."""
    events = simulate(Scenario(title="T", steps=tuple(script)), machine, START)
    with suppress(StepError):
        for before, after in pairwise(event.state for event in events):
            assert before == after or machine.allows(before, after)


def test_what_is_legal_happens_first():
    """The events before the first wrong step are yielded before it is refused."""
    events = simulate(
        Scenario(title="T", steps=(Enter("validating"), Enter("done"))), CREATION_MACHINE, START
    )
    assert [next(events).state, next(events).state] == ["pending", "validating"]
    with pytest.raises(StepError):
        next(events)


def test_an_illegal_step_is_told_with_what_leads_there():
    """An illegal step says from where to where, and the shortest legal way."""
    assert fault(Enter("validating"), Enter("rendering"), Enter("done")) == (
        2,
        "rendering → done: Not legal from rendering. done is reached only from sync_queued: "
        "5 steps away (plugin_pass → cache_write → post_validate → sync_queued → done).",
    )


def test_nothing_follows_the_end():
    """A step after the session's end says that it is over."""
    over = "The session is over: aborted is a terminal state, nothing follows it."
    assert fault(Cancel(), Cancel()) == (1, over)
    assert fault(Cancel(), Enter("done"))[1] == f"aborted → done: {over}"


def test_what_the_store_refuses_is_told_in_its_words():
    """An envelope that does not belong to the step is refused for the store's own reason."""
    wrong_kind = Enter("validating", emits=WarningEnvelope("validating_inputs", "m"))
    assert fault(wrong_kind)[1] == "entering validating emits phase, not warning"
    early = Emit(ProgressEnvelope("running_plugins", 1, 2))
    assert "progress bears the phase running_plugins" in fault(Enter("validating"), early)[1]
    assert "does not wait for input" in fault(Answer({}))[1]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([Enter("validatin")], 'did you mean "validating"?'),
        (
            [Enter("validating", emits=PhaseEnvelope("validating", ""))],
            '"validating" is not a phase; did you mean "validating_inputs"?',
        ),
        (
            [*TO_PLUGINS, Emit(ProgressEnvelope("running_plugins", 3, 2))],
            '"current" must lie between 0 and "total", which is 2',
        ),
        (
            [*TO_PLUGINS, Emit(ProgressEnvelope("running_plugins", -1, 2))],
            '"current" must lie between 0 and "total", which is 2',
        ),
        (
            [*TO_PLUGINS, asking(Field("sample_id", "S")), Answer({"sample-id": "S-1"})],
            '"sample-id" is not a field that was asked for; did you mean "sample_id"?',
        ),
        ([*TO_PLUGINS, asking(Field("", "S"))], "must not be empty"),
        (
            [*TO_PLUGINS, asking(Field("a", "A"), Field("a", "B"))],
            '"a" is the id of a field before it',
        ),
        (
            [*TO_PLUGINS, asking(Field("a", "A", "choice"))],
            'a field of type "choice" needs "options"',
        ),
        (
            [*TO_PLUGINS, asking(Field("a", "A", "choice", default="x", options=("y",)))],
            '"x" is not among the "options"',
        ),
        (
            [*TO_PLUGINS, asking(*[Field("a", "A")] * (FORM_FIELDS + 1))],
            f'"fields" must have at most {FORM_FIELDS} entries',
        ),
    ],
)
def test_what_makes_no_sense_is_placed(steps, message):
    """A name that is not there, or a question nobody can answer, is told with its keys."""
    index, told = fault(*steps)
    assert index == len(steps) - 1
    assert message in told

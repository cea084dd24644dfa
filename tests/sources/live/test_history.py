"""What is made of what was seen and heard is what happened, or is marked as not known."""

from datetime import timedelta
from itertools import groupby, pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.limits import MESSAGE_BYTES
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.events import Mark, Origin
from exlab_gui.core.trace import Recording, new_header
from exlab_gui.core.trace.correction import corrected
from exlab_gui.core.trace.inference import infer_path
from exlab_gui.core.trace.line import decode_event, encode_event
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.observation import Observation
from tests.helpers.strategies import START, machines, walks


def at(position):
    return START + timedelta(seconds=position)


def is_part(part, whole):
    """Return whether `part` is `whole` with some of it left out."""
    rest = iter(whole)
    return all(state in rest for state in part)


@st.composite
def polled(draw):
    """Return a machine, a walk through it, and the places of it at which it is looked at."""
    machine = draw(st.just(CREATION_MACHINE) | machines())
    walk = draw(walks(machine, max_steps=15))
    places = sorted(draw(st.lists(st.integers(0, len(walk) - 1), min_size=1, max_size=12)))
    return machine, walk, places


@given(polled())
def test_what_is_inferred_has_happened(case):
    """However seldom a session is looked at, no state is told of that it was not in."""
    machine, walk, places = case
    observed = ObservedHistory(machine, Observation(walk[places[0]]), at(places[0]), START)
    for place in places[1:]:
        observed.take_observation(Observation(walk[place]), at(place), at(place))
    assert is_part([event.state for event in observed.history], walk)
    assert observed.state == walk[places[-1]]


@given(polled())
def test_what_is_missing_is_marked(case):
    """Where a state is missing that is no part of a round, the event after it bears a gap."""
    machine, walk, places = case
    observed = ObservedHistory(machine, Observation(walk[places[0]]), at(places[0]), START)
    last = places[0]
    for place in places[1:]:
        known = len(observed.history)
        observed.take_observation(Observation(walk[place]), at(place), at(place))
        new = observed.history[known:]
        passed = walk[last + 1 : place + 1]
        rounds = len(set(walk[last : place + 1])) < len(walk[last : place + 1])
        if new and not rounds and [event.state for event in new] != passed:
            assert new[-1].mark is Mark.GAP
        last = place


@given(polled())
def test_an_observed_event_was_seen(case):
    """What was only worked out is never called observed."""
    machine, walk, places = case
    observed = ObservedHistory(machine, Observation(walk[places[0]]), at(places[0]), START)
    for place in places[1:]:
        observed.take_observation(Observation(walk[place]), at(place), at(place))
    observed = [e.state for e in observed.history if e.origin is Origin.OBSERVED]
    assert is_part(observed, [walk[place] for place in places])


@given(walks(), st.data())
def test_seen_and_heard_in_any_order_make_one_history(walk, data):
    """Whatever was seen before it is heard, each state is entered as often as it was."""
    observed = ObservedHistory(CREATION_MACHINE, Observation(walk[0]), START, START)
    told = [
        msgspec.json.encode(envelope)
        for before, state in pairwise(walk)
        if (envelope := entry_envelope(CREATION_MACHINE, before, state, START))
    ]
    heard = 0
    for place, state in enumerate(walk):
        if data.draw(st.booleans()):
            observed.take_observation(Observation(state), at(place), at(place))
        so_far = min(place, len(told))
        until = data.draw(st.integers(heard, so_far))
        for message in told[heard:until]:
            observed.take_message(message, at(place))
        heard = until
    for message in told[heard:]:
        observed.take_message(message, at(len(walk)))
    observed.take_observation(Observation(walk[-1]), at(len(walk)), at(len(walk)), exact=True)
    assert observed.state == walk[-1]
    entered = [state for state, _ in groupby(event.state for event in observed.history)]
    assert entered == walk
    assert not [e for e in observed.history if e.origin is Origin.INFERRED or e.mark is not None]
    assert not [f for f in check(CREATION_MACHINE, observed.history) if f.rule != "never_ended"]
    assert not [f for f in check(CREATION_MACHINE, observed.arrivals) if f.severity == "violation"]
    assert corrected(CREATION_MACHINE, observed.arrivals) == observed.history
    wires = [e for e in observed.history if e.envelope is not None]
    assert len(wires) == len(told)


@given(st.lists(st.binary(max_size=60), max_size=10))
def test_no_message_is_lost(messages):
    """Whatever a server sends is in the history, with its bytes where it is not understood."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("rendering"), START)
    known = len(observed.history)
    for message in messages:
        observed.take_message(message, START)
    assert [event.wire for event in observed.history[known:]] == messages
    assert len(observed.problems) == len(messages)


def test_an_illegal_step_is_observed():
    """A step that the table does not have is kept as it was seen, and no gap explains it."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("cache_write"), START)
    observed.take_observation(Observation("validating"), START, START)
    last = observed.history[-1]
    assert (last.state, last.origin, last.mark) == ("validating", Origin.OBSERVED, None)
    observed.take_observation(Observation("done"), START, START)
    observed.take_observation(Observation("rendering"), START, START)
    rules = {finding.rule for finding in check(CREATION_MACHINE, observed.history)}
    assert {"illegal_transition", "event_after_end"} <= rules


def test_the_ways_of_the_creation_machine():
    """Forward there is one way; an exit can have been taken from anywhere on it."""
    assert infer_path(CREATION_MACHINE, "pending", "plugin_pass") == (
        ("validating", "rendering"),
        True,
    )
    assert infer_path(CREATION_MACHINE, "input_required", "cache_write") == (("plugin_pass",), True)
    assert infer_path(CREATION_MACHINE, "rendering", "failed") == ((), False)
    assert infer_path(CREATION_MACHINE, "sync_queued", "failed") == ((), True)
    assert infer_path(CREATION_MACHINE, "done", "pending") == ((), True)


def test_an_unknown_phase_is_the_same_in_a_recording():
    """The message enters no state; read again it does not either, and the verdict is the same."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("validating"), START)
    observed.take_message(b'{"kind":"phase","phase":"lims_register","at":"now"}', START)
    header = new_header(CREATION_MACHINE, "live", "http://127.0.0.1:1", START)
    lines = list(Recording(header, observed.history).lines())
    assert [decode_event(line) for line in lines[1:-1]] == observed.history


def test_of_a_message_that_is_too_long_the_beginning_is_kept():
    """A line of a recording can hold what is kept, and that it is cut is said."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("rendering"), at(0))
    message = b'{"kind":"warning","phase":"p","message":"%s"}' % (b"x" * MESSAGE_BYTES)
    observed.take_message(message, at(1))
    event = observed.history[-1]
    assert event.envelope is None
    assert message.startswith(event.wire)
    assert decode_event(encode_event(event)) == event
    assert "of 380,043 bytes is too long; its beginning is kept" in observed.problems[-1]


def test_the_longest_message_fits_into_a_line():
    """Whatever its bytes are."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("rendering"), at(0))
    for filling in (b"x", b"\xff"):
        message = b'{"kind":"warning","phase":"p","message":"%s","a":1}' % (
            filling * (MESSAGE_BYTES - 49)
        )
        assert len(message) == MESSAGE_BYTES
        observed.take_message(message, at(1))
        assert decode_event(encode_event(observed.history[-1])) == observed.history[-1]

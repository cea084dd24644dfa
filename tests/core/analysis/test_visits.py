"""The way a session took, at any moment of it: the same as going through the whole history."""

from datetime import UTC, timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.visits import Certainty, StateHistory, Visit
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.envelopes import PhaseEnvelope, ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.text.durations import Span
from tests.helpers import spec
from tests.helpers.strategies import START, machines, session_histories, walks


def entries(history):
    """Return the events that entered a state, by looking at one after the other."""
    found = list(history[:1])
    for before, event in pairwise(history):
        between = event.kind in ("progress", "warning")
        if event.state != before.state or not between:
            found.append(event)
    return found


def edges(history):
    """Return every transition that was taken, legal or not, in order."""
    return [(a.state, b.state) for a, b in pairwise(entries(history))]


def history_of(*steps):
    """Return a history, a second between its events; a step is a state, or one with an envelope."""
    history = []
    for seq, step in enumerate(steps, 1):
        at = START + timedelta(seconds=seq - 1)
        if isinstance(step, str):
            before = history[-1].state if history else step
            envelope = entry_envelope(CREATION_MACHINE, before, step, at) if history else None
            step = step, envelope
        history.append(Event(seq, at, step[0], Origin.OBSERVED, step[1]))
    return history


@st.composite
def positions(draw):
    """Return a machine, a random history, and a moment of it, or None for its end."""
    machine = draw(st.just(CREATION_MACHINE) | machines(self_loops=True))
    history = draw(session_histories(machine))
    return machine, history, draw(st.none() | st.integers(1, len(history)))


@given(positions())
def test_every_answer_is_that_of_the_history_up_to_then(position):
    """At every moment, the walk answers as if the history ended there."""
    machine, history, position = position
    visits = StateHistory(machine, history)
    past = history[:position]
    entered, taken = entries(past), edges(past)
    assert visits.entered(position) is entered[-1]
    assert visits.state(position) == past[-1].state
    assert visits.last_edge(position) == (taken[-1] if taken else None)
    assert visits.visit_count(position) == len(entered)
    been = {event.state for event in past}
    for state in machine.states:
        assert visits.visited(state, position) == (state in been)
        for other in machine.states:
            assert visits.taken((state, other), position) == ((state, other) in taken)
    assert visits.off_table(position) == [
        edge for edge in dict.fromkeys(taken) if not machine.allows(*edge)
    ]
    for place, event in enumerate(entered):
        end = entered[place + 1].at if place + 1 < len(entered) else None
        assert visits.visit(place, position)[:3] == (event.state, event.at, end)
        assert history[visits.entry_index(place)] is event


@given(positions(), st.data())
def test_a_walk_that_grows_is_the_walk_of_the_whole(position, data):
    """A walk that takes in its history bit by bit answers as one that took it in at once."""
    machine, whole, _ = position
    history = whole[:1]
    visits = StateHistory(machine, history)
    while len(history) < len(whole):
        history.extend(whole[len(history) :][: data.draw(st.integers(1, 5))])
        visits.extend()
        at_once = StateHistory(machine, list(history))
        assert visits.state() == at_once.state()
        assert visits.last_edge() == at_once.last_edge()
        assert visits.off_table() == at_once.off_table()
        assert visits.visit_count() == at_once.visit_count()
        visits_made = range(visits.visit_count())
        assert [*map(visits.visit, visits_made)] == [*map(at_once.visit, visits_made)]


class Counted(list[Event]):
    """A history that counts how often one of its events is looked at."""

    looks = 0

    def __getitem__(self, place):
        self.looks += 1
        return super().__getitem__(place)


def test_a_long_walk_leaves_little_for_the_first_question():
    """The window asks, and would wait for seconds if a million events were ordered only then."""
    history = Counted(history_of("pending", *["plugin_pass", "input_required"] * 1_000))
    visits = StateHistory(CREATION_MACHINE, history)
    history.looks = 0
    assert visits.taken(("plugin_pass", "input_required"))
    assert history.looks < 200


def test_a_walk_knows_only_what_it_was_told_to_take_in():
    """What the history has gained shows after `extend`, and then at once."""
    history = history_of("pending", "validating")
    visits = StateHistory(CREATION_MACHINE, history)
    history.append(history_of("pending", "validating", "rendering")[-1])
    assert visits.state() == "validating"
    assert visits.count == 2
    assert not visits.visited("rendering")
    visits.extend()
    assert visits.state() == "rendering"
    assert visits.count == 3
    assert visits.taken(("validating", "rendering"))


@given(walks())
def test_a_legal_walk_has_no_violations(states):
    """A session that went by legal moves alone has no violation at any moment."""
    visits = StateHistory(CREATION_MACHINE, history_of(*states))
    assert [visits.off_table(position) for position in range(1, len(states) + 1)] == [[]] * len(
        states
    )


@pytest.mark.parametrize(("current", "new_state"), spec.PAIRS)
def test_every_move_that_is_not_legal_is_a_violation(current, new_state):
    """Of the 121 pairs, a walk that takes one has a violation exactly where it is not legal."""
    emitted = PhaseEnvelope("any", "now")  # so that a state may be seen to follow itself
    visits = StateHistory(CREATION_MACHINE, history_of(current, (new_state, emitted)))
    illegal = [] if (current, new_state) in spec.LEGAL else [(current, new_state)]
    assert visits.off_table() == illegal
    assert visits.off_table(1) == []


def test_progress_and_warnings_enter_no_state():
    """What is emitted between two transitions begins no visit."""
    visits = StateHistory(
        CREATION_MACHINE,
        history_of(
            "pending",
            "validating",
            ("validating", ProgressEnvelope("validating_inputs", 1, 2)),
            ("validating", WarningEnvelope("validating_inputs", "Slow.")),
        ),
    )
    assert visits.visit_count() == 2
    assert visits.visit(0) == Visit("pending", START, START + SECOND)
    assert visits.visit(1) == Visit("validating", START + SECOND, None)


def test_a_late_message_enters_no_state():
    """A message about an earlier state changes neither the state nor a visit, whatever it says."""
    history = history_of("pending", "validating", "rendering", "validating", "done")
    late = [msgspec.structs.replace(event, mark=Mark.LATE) for event in history[3:]]
    visits = StateHistory(CREATION_MACHINE, history[:3] + late)
    assert visits.visit_count() == 3
    assert visits.state() == "rendering"
    assert visits.off_table() == []


def test_a_state_that_is_entered_anew_is_a_new_stay():
    """A state that emits its entry again was entered again, though that is not legal."""
    visits = StateHistory(CREATION_MACHINE, history_of("pending", "validating", "validating"))
    assert visits.visit_count() == 3
    assert visits.last_edge() == ("validating", "validating")
    assert visits.off_table() == [("validating", "validating")]


def test_progress_that_shows_another_state_enters_it():
    """Where a change of state was missed, the first event that bears the new state enters it."""
    progress = ProgressEnvelope("running_plugins", 1, 2)
    visits = StateHistory(CREATION_MACHINE, history_of("pending", ("plugin_pass", progress)))
    assert visits.state() == "plugin_pass"
    assert visits.off_table() == [("pending", "plugin_pass")]


@pytest.mark.parametrize("position", [-5, 0, 1])
def test_no_moment_is_before_the_opening(position):
    """A moment before the first event is that of the first event."""
    visits = StateHistory(CREATION_MACHINE, history_of("pending", "validating"))
    assert visits.state(position) == "pending"
    assert visits.last_edge(position) is None


@pytest.mark.parametrize("position", [2, 3, 1000, None])
def test_no_moment_is_after_the_last_event(position):
    """A moment after the last event is that of the last event."""
    visits = StateHistory(CREATION_MACHINE, history_of("pending", "validating"))
    assert visits.state(position) == "validating"
    assert visits.visit_count(position) == 2
    assert not visits.visited("rendering", position)
    assert not visits.taken(("validating", "rendering"), position)


SECOND = timedelta(seconds=1)


@given(positions())
def test_how_a_state_and_a_way_are_known(position):
    """The surest knowledge counts: a state that was seen once is observed, and so is a way."""
    machine, history, position = position
    visits = StateHistory(machine, history)
    entered = entries(history[:position])
    for state in machine.states:
        origins = {event.origin is Origin.INFERRED for event in entered if event.state == state}
        expected = None if not origins else "inferred" if origins == {True} else "observed"
        assert visits.known(state, position) == expected
    for edge in ((a, b) for a in machine.states for b in machine.states):
        steps = [step for step in pairwise(entered) if (step[0].state, step[1].state) == edge]
        ways = [
            Certainty.UNOBSERVED
            if after.mark is Mark.GAP
            else Certainty.INFERRED
            if Origin.INFERRED in (before.origin, after.origin)
            else Certainty.OBSERVED
            for before, after in steps
        ]
        assert visits.known(edge, position) == next((how for how in Certainty if how in ways), None)


def seen(state, after_s, from_s=None, origin=Origin.OBSERVED, mark=None):
    """Return an event that was seen after so many seconds, and may have been so much earlier."""
    earliest = None if from_s is None else START + from_s * SECOND
    at = START + after_s * SECOND
    return Event(1, at, state, origin, earliest=earliest, mark=mark)


def test_time_in_a_state_is_a_range():
    """It began between two polls and ended between two: shortest and longest are told."""
    history = [seen("pending", 0), seen("validating", 3, 2), seen("rendering", 7, 6)]
    visits = StateHistory(CREATION_MACHINE, history)
    assert visits.visit(1).lasted(START) == Span(3 * SECOND, 5 * SECOND)
    assert visits.visit(2).lasted(START + 9 * SECOND) == Span(2 * SECOND, 3 * SECOND)
    assert visits.lasted() == Span(6 * SECOND, 7 * SECOND)


def test_a_state_that_passed_between_two_polls_lasted_no_longer_than_that():
    """It may have taken no time at all, or all that there was."""
    inferred = seen("validating", 3, 2, Origin.INFERRED)
    visits = StateHistory(CREATION_MACHINE, [seen("pending", 0), inferred, seen("rendering", 3, 2)])
    assert visits.visit(1).lasted(START) == Span(0 * SECOND, 1 * SECOND)
    assert visits.visit(1).known is Certainty.INFERRED


def test_what_passed_unseen_is_marked():
    """Several ways can explain the step: the stay after it is marked, and the way is unobserved."""
    visits = StateHistory(
        CREATION_MACHINE, [seen("rendering", 0), seen("done", 1, 0, mark=Mark.GAP)]
    )
    assert visits.known(("rendering", "done")) is Certainty.UNOBSERVED
    assert visits.known("done") is Certainty.OBSERVED
    assert visits.visit(1).known is Certainty.UNOBSERVED


@given(positions(), st.data())
def test_exact_times_are_exact(position, data):
    """Where every event says when it happened, the range of each stay is that one time."""
    machine, history, position = position
    exact = [msgspec.structs.replace(event, earliest=None) for event in history]
    visits = StateHistory(machine, exact)
    for place in range(visits.visit_count(position)):
        visit = visits.visit(place, position)
        now = data.draw(st.datetimes(timezones=st.just(UTC)))
        assert visit.lasted(now) == Span.exactly(max((visit.end or now) - visit.start, 0 * SECOND))

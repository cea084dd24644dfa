"""What obeys the machine passes the check; what breaks a rule is found, by that rule."""

from datetime import timedelta

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from exlab_gui.core.analysis.conformance import Checker, Finding, check, sound_cases
from exlab_gui.core.analysis.rules.rule import Rule, Severity
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import (
    KINDS,
    DoneEnvelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.text.sanitize import MAX_SENTENCE
from tests.core.analysis.checked import START, history, rules, seen
from tests.helpers import spec
from tests.helpers.strategies import machines, session_histories

WRONG = (Rule.WRONG_ENVELOPE, Rule.WRONG_PHASE)


def numbered(events):
    """Return `events` with the numbers that they should bear."""
    return [msgspec.structs.replace(event, seq=seq) for seq, event in enumerate(events, 1)]


@st.composite
def sessions(draw):
    """Return the events of a simulated session of the creation machine, at least two."""
    walk = ["pending"]
    while len(walk) < 12 and spec.FOLLOWING[walk[-1]]:
        walk.append(draw(st.sampled_from(sorted(spec.FOLLOWING[walk[-1]]))))
    return history(*walk[1:])


@st.composite
def with_place(draw, first=0):
    """Return a session's events and the position of one of them, from `first` on."""
    events = draw(sessions())
    return events, draw(st.integers(first, len(events) - 1))


@given(st.data())
def test_every_legal_walk_passes(data):
    """What goes through any machine by its table, simulated or seen, breaks no rule."""
    machine = data.draw(machines())
    assert rules(data.draw(session_histories(machine, legal=True)), machine) == set()


@given(sessions())
def test_what_a_session_store_allows_passes(events):
    """A session that its store has driven breaks no rule (§4.4.7)."""
    assert rules(events) == set()


@given(st.data())
def test_it_is_the_same_in_pieces(data):
    """Events that are checked as they come give the same findings as all at once."""
    machine = data.draw(machines())
    events = data.draw(session_histories(machine))
    checker = Checker(machine)
    found = []
    cuts = sorted(data.draw(st.lists(st.integers(0, len(events)), max_size=4)))
    for start, end in zip([0, *cuts], [*cuts, len(events)], strict=True):
        found += checker.extend(events[start:end])
    found += checker.close()
    assert found == check(machine, events)
    assert checker.violations == len([one for one in found if one.severity is Severity.VIOLATION])


@given(st.data())
def test_what_one_session_taught_hides_no_fault_of_another(data):
    """Sessions of one machine are checked as if each was the first, in whatever order they come."""
    machine = data.draw(machines())
    several = data.draw(st.lists(session_histories(machine), min_size=1, max_size=4))
    found = [check(machine, events) for events in several]
    for events, findings in zip(several, found, strict=True):
        sound_cases.cache_clear()
        assert check(machine, events) == findings


@given(with_place())
def test_a_dropped_event_is_a_missing_number(case):
    """Where an event is missing, the next one's number tells; the last leaves the session open."""
    events, place = case
    assume(place < len(events) - 1)
    assert (place, Rule.NUMBER_MISSING) in rules(events[:place] + events[place + 1 :])


@given(sessions())
def test_a_session_without_its_end_has_a_note(events):
    """A session that never ended is noted at its last event, and breaks no rule."""
    findings = check(CREATION_MACHINE, events[:-1])
    never = Finding(
        len(events) - 2,
        len(events) - 1,
        Rule.NEVER_ENDED,
        f"The session never ended: it was last in {events[-2].state}.",
    )
    assert findings == [never]
    assert never.severity is Severity.NOTE


@given(with_place())
def test_a_repeated_event_is_a_repeated_number(case):
    """An event that comes twice is found by its number."""
    events, place = case
    twice = events[: place + 1] + events[place:]
    assert (place + 1, Rule.NUMBER_REPEATED) in rules(twice)


@given(with_place(first=1))
def test_swapped_events_are_found_by_number_and_time(case):
    """Of two events in the wrong order the first misses a number, and the second comes late."""
    events, place = case
    events[place - 1 : place + 1] = reversed(events[place - 1 : place + 1])
    assert {
        (place - 1, Rule.NUMBER_MISSING),
        (place, Rule.NUMBER_REPEATED),
        (place, Rule.TIME_BACKWARDS),
    } <= rules(events)


@given(with_place(), st.sampled_from(spec.STATES))
def test_a_changed_state_is_found_at_its_event(case, state):
    """An event that bears another state makes an illegal step or does not fit its envelope."""
    events, place = case
    assume(state != events[place].state)
    events[place] = msgspec.structs.replace(events[place], state=state)
    found = rules(events)
    assert {rule for index, rule in found if index == place} & {
        Rule.ILLEGAL_TRANSITION,
        *WRONG,
    }
    before = events[place - 1].state if place else None
    visits_made = state == before and events[place].kind == "progress"
    legal = visits_made or state in spec.FOLLOWING.get(before, ())
    assert ((place, Rule.ILLEGAL_TRANSITION) in found) != legal


@given(with_place())
def test_an_unknown_state_is_found(case):
    """A state that the machine does not have is found by that, and nothing else is said of it."""
    events, place = case
    events[place] = msgspec.structs.replace(events[place], state="lims_register")
    at_place = {rule for index, rule in rules(events) if index == place}
    assert at_place == {Rule.UNKNOWN_STATE}


@given(with_place(), st.sampled_from([*spec.PHASES.values(), "another"]))
def test_a_changed_phase_is_found(case, phase):
    """An envelope with a phase that is not that of its state is found by it."""
    events, place = case
    envelope = events[place].envelope
    bears = ("phase", "progress", "warning", "failed")
    assume(events[place].kind in bears and phase != envelope.phase)
    envelope = msgspec.structs.replace(envelope, phase=phase)
    events[place] = msgspec.structs.replace(events[place], envelope=envelope)
    assert rules(events) == {(place, Rule.WRONG_PHASE)}


ENVELOPES = {
    "phase": lambda phase: PhaseEnvelope(phase, "now"),
    "progress": lambda phase: ProgressEnvelope(phase, 1, 2),
    "input_required": lambda phase: InputRequiredEnvelope((), "?", "p"),
    "warning": lambda phase: WarningEnvelope(phase, "?"),
    "done": lambda phase: DoneEnvelope({}),
    "failed": lambda phase: FailedEnvelope(phase, Error("internal_error")),
    "transition": lambda phase: None,
}


@given(with_place(), st.sampled_from([*KINDS, "transition"]))
def test_a_changed_kind_is_found(case, kind):
    """An envelope of a kind that its state does not emit, or emits elsewhere, is found by it."""
    events, place = case
    event = events[place]
    between = ("progress", "warning")
    assume(kind != event.kind and not (kind in between and event.kind in between))
    phase = spec.PHASES[event.state] or "validating_inputs"
    events[place] = msgspec.structs.replace(event, envelope=ENVELOPES[kind](phase))
    entry = kind not in between and spec.KINDS[event.state] == (kind if kind in KINDS else None)
    if event.kind in between and (entry or kind == "transition"):
        # It would enter the state that the session is in.
        assert (place, Rule.ILLEGAL_TRANSITION) in rules(events)
    else:
        assert (place, Rule.WRONG_ENVELOPE) in rules(events)


@given(with_place(first=1), st.integers(1, 5000))
def test_a_time_that_runs_backwards_is_found(case, back):
    """An event that is earlier than the one before it is found, and one that is later is not."""
    events, place = case
    at = events[place - 1].at + timedelta(milliseconds=1 - back)
    events[place] = msgspec.structs.replace(events[place], at=at)
    expected = {(place, Rule.TIME_BACKWARDS)} if back > 1 else set()
    assert rules(events) == expected


@given(st.integers(-2, 5), st.integers(0, 3))
def test_progress_beyond_its_total_is_found(current, total):
    """Progress may reach its total, and not more."""
    events = history("validating", "failed")
    envelope = ProgressEnvelope("validating_inputs", current, total)
    events[2] = msgspec.structs.replace(events[2], envelope=envelope)
    expected = {(2, Rule.PROGRESS_BEYOND_TOTAL)} if current > total else set()
    assert rules(events) == expected


@given(sessions(), sessions())
def test_everything_after_the_end_is_found(ended, more):
    """Every event after a terminal state is found by that, and by nothing else."""
    assume(ended[-1].state in CREATION_MACHINE.terminal)
    later = [msgspec.structs.replace(e, at=ended[-1].at) for e in more]
    after = range(len(ended), len(ended) + len(more))
    assert rules(numbered(ended + later)) == {(n, Rule.EVENT_AFTER_END) for n in after}


def test_an_empty_history_has_nothing_to_find():
    """Where nothing happened, nothing is wrong."""
    assert check(CREATION_MACHINE, []) == []


def test_findings_are_sentences():
    """What is said of each kind of violation names what is wrong."""
    events = seen("pending", "done", "done", "limbo")
    events[1] = msgspec.structs.replace(events[1], seq=5, at=START - timedelta(seconds=1.5))
    assert [finding.sentence for finding in check(CREATION_MACHINE, events)] == [
        "3 numbers from 2 on are missing before 5.",
        "The time goes back by 1.500000 s.",
        "Between pending and done the session passed, unobserved, through validating → rendering → "
        "plugin_pass → cache_write → post_validate → sync_queued.",
        "Number 3 is repeated or late, not 6.",
        "The session had already ended in done.",
        "Number 4 is repeated or late, not 6.",
        "The session had already ended in done.",
    ]


def test_a_sentence_is_one_bounded_line():
    """Whatever a phase or a state is called, no view has to make safe what is said of it."""
    name = "a\x1b[31m\n\u202e" + "x" * 1_000_000
    events = seen("pending", "validating", name)
    events[1] = msgspec.structs.replace(events[1], envelope=WarningEnvelope(name, "m"))
    found = check(CREATION_MACHINE, events)
    assert {finding.rule for finding in found} >= {Rule.WRONG_PHASE, Rule.UNKNOWN_STATE}
    for finding in found:
        assert finding.sentence.isprintable()
        assert len(finding.sentence) <= MAX_SENTENCE

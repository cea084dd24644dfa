"""What a machine asks of each event, and what it leaves to those who observe (§4.7, §4.6.2)."""

import msgspec
import pytest

from exlab_gui.core.analysis.conformance import Finding, check
from exlab_gui.core.analysis.rules.rule import Rule, Severity
from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    PhaseEnvelope,
    ProgressEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.wire import read_envelope
from tests.core.analysis.checked import START, history, rules, seen
from tests.helpers import spec


@pytest.mark.parametrize(("current", "new_state"), spec.PAIRS)
def test_each_pair_of_states_is_judged_by_the_table(current, new_state):
    """Of the 121 steps, a simulated session may take the 25 legal ones."""
    way = ("pending", *spec.WAYS[current])
    stepped = rules([*seen(*way), Event(len(way) + 1, START, new_state, Origin.INFERRED)])
    if new_state in spec.FOLLOWING[current]:
        assert stepped == set()
    elif not spec.FOLLOWING[current]:
        assert stepped == {(len(way), Rule.EVENT_AFTER_END)}
    else:
        assert stepped == {(len(way), Rule.ILLEGAL_TRANSITION)}


def test_states_that_an_observer_missed_are_a_note():
    """Where a single shortest way explains what was not seen, it is told in a note."""
    findings = check(CREATION_MACHINE, seen("pending", "plugin_pass", "failed"))
    assert findings == [
        Finding(
            1,
            2,
            Rule.STATES_SKIPPED,
            "Between pending and plugin_pass the session passed, unobserved, through "
            "validating → rendering.",
        )
    ]
    assert findings[0].severity is Severity.NOTE


def test_a_session_may_be_met_on_its_way():
    """What was missed before the first event is a note too."""
    assert [f.rule for f in check(CREATION_MACHINE, seen("cache_write", "failed"))] == [
        Rule.STATES_SKIPPED
    ]


def test_what_no_way_explains_is_illegal():
    """An observed step that no legal way explains is a violation."""
    assert rules(seen("pending", "validating", "pending", "failed")) == {
        (2, Rule.ILLEGAL_TRANSITION)
    }


def test_what_two_ways_explain_is_illegal():
    """An observed step that more than one shortest way explains is a violation."""
    machine = type(CREATION_MACHINE)(
        "a",
        {
            "a": frozenset("bc"),
            "b": frozenset("d"),
            "c": frozenset("d"),
            "d": frozenset(),
        },
        {},
    )
    assert rules(seen("a", "d"), machine) == {(1, Rule.ILLEGAL_TRANSITION)}
    assert rules(seen("a", "b", "d"), machine) == set()


@pytest.mark.parametrize("origin", [Origin.SIMULATED, Origin.INFERRED])
def test_only_an_observer_misses_states(origin):
    """A simulated or inferred step that skips states is a violation."""
    events = [
        *seen("pending"),
        Event(2, START, "rendering", origin, PhaseEnvelope("rendering_template", "now")),
    ]
    assert (1, Rule.ILLEGAL_TRANSITION) in rules(events)


def test_lost_events_explain_skipped_states():
    """Where numbers are missing, it is these that are the violation, not what they hid."""
    events = history("validating", "rendering", "plugin_pass", "failed")
    findings = check(CREATION_MACHINE, [events[0], *events[6:]])
    assert [finding.rule for finding in findings] == [Rule.NUMBER_MISSING, Rule.STATES_SKIPPED]


def test_a_message_of_an_unknown_kind_is_no_fault():
    """A kind that came with a newer server breaks no rule while the session stays where it is."""
    events = seen("pending", "validating", "validating", "failed")
    events[2] = msgspec.structs.replace(events[2], wire=b'{"kind":"lims"}')
    assert rules(events) == set()


def test_a_message_in_part_understood_is_judged_by_what_it_names():
    """A message of a known kind is judged by kind and phase even where it lacks something."""
    wire = b'{"kind":"progress","phase":"rendering_template","current":1}'
    events = seen("pending", "validating", "validating", "failed")
    events[2] = msgspec.structs.replace(events[2], wire=wire)
    assert rules(events) == {(2, Rule.WRONG_PHASE)}


def test_a_state_that_says_nothing_new_is_an_illegal_step():
    """A state never goes to itself (§4.7.1)."""
    assert rules(seen("pending", "pending", "aborted")) == {(1, Rule.ILLEGAL_TRANSITION)}


def test_a_late_message_tells_of_a_state_that_the_session_was_in():
    """A late message about another state is a violation: it would hide how the session got there.

    It does not enter that state, so that what follows is judged as if it had not come.
    """
    events = seen("pending", "done", "validating", "pending", "rendering", "aborted")
    for index in (1, 3):
        events[index] = msgspec.structs.replace(events[index], mark=Mark.LATE)
    assert rules(events) == {(1, Rule.NEVER_ENTERED)}


@pytest.mark.parametrize(
    ("seen_in", "message", "rule"),
    [
        (("pending", "validating"), DoneEnvelope({}), Rule.NEVER_ENTERED),
        (("pending", "failed"), DoneEnvelope({}), Rule.NEVER_ENTERED),
        (("pending", "aborted"), FailedEnvelope(None, Error("x")), Rule.NEVER_ENTERED),
        (("pending", "validating"), PhaseEnvelope("running_plugins", "now"), Rule.NEVER_ENTERED),
        (("pending", "validating"), WarningEnvelope("no_such", "m"), Rule.WRONG_PHASE),
        (("pending", "validating"), PhaseEnvelope("validating_inputs", "now"), None),
        (("pending", "failed"), PhaseEnvelope("validating_inputs", "now"), None),
        (("pending", "failed"), ProgressEnvelope("running_plugins", 1, 2), None),
        (("pending", "done"), FailedEnvelope(None, Error("x")), Rule.NEVER_ENTERED),
        (("pending", "limbo"), DoneEnvelope({}), None),  # what limbo is nobody knows
    ],
)
def test_a_late_message_hides_no_state(seen_in, message, rule):
    """It tells of a state that the session was in, or may have passed unobserved."""
    events = seen(*seen_in, seen_in[0])
    events[2] = msgspec.structs.replace(events[2], envelope=message, mark=Mark.LATE)
    assert {found for place, found in rules(events) if place == 2} == ({rule} if rule else set())


def test_a_simulated_session_passes_nothing_unobserved():
    """Of such a session every state is known."""
    events = history("validating", "failed")
    late = PhaseEnvelope("running_plugins", "now")
    event = msgspec.structs.replace(events[-1], seq=len(events) + 1, envelope=late, mark=Mark.LATE)
    assert rules([*events, event]) == {(len(events), Rule.NEVER_ENTERED)}


def test_a_late_message_is_not_taken_for_the_event_that_it_repeats():
    """Also if the same event was in order before, it does not count as a transition."""
    way = ("validating", "rendering", "plugin_pass", "input_required", "plugin_pass")
    events = history(*way, "input_required")[:-1]
    events[-1] = msgspec.structs.replace(events[-1], mark=Mark.LATE)
    at, seq = events[-1].at, len(events) + 1
    events.append(Event(seq, at, "cache_write", Origin.OBSERVED))
    events.append(Event(seq + 1, at, "aborted", Origin.OBSERVED))
    assert rules(events) == set()


def test_an_odd_question_is_a_note_that_counts_as_a_problem():
    """The session conforms, but a part of it does not; each such question is told."""
    question, wire = read_envelope(
        b'{"kind":"input_required","fields":[{"id":"x"}],"reason":"?","plugin":"p"}'
    )
    events = history("validating", "rendering", "plugin_pass", "input_required", "aborted")
    (at,) = (place for place, event in enumerate(events) if event.kind == "input_required")
    events[at] = msgspec.structs.replace(events[at], envelope=question, wire=wire)
    (found,) = check(CREATION_MACHINE, events)
    assert (found.rule, found.severity) == (Rule.ODD_QUESTION, Severity.NOTE)
    assert 'Field "x": no label.' in found.remark
    assert SessionAnalysis(CREATION_MACHINE, events).problems == 1

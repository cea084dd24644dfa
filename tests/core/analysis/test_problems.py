"""The problems of a session, in the order of their events."""

from exlab_gui.core.analysis.problems import next_problem, previous_problem
from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import WarningEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from tests.helpers.strategies import START


def event(seq, state, warning=None):
    envelope = WarningEnvelope("validating_inputs", warning) if warning else None
    return Event(seq, START, state, Origin.SIMULATED, envelope)


HISTORY = [
    event(1, "pending"),
    event(2, "done"),  # illegal, and without its envelope
    event(3, "done", "slow"),  # a warning, after the end
]


def test_findings_and_warnings_are_listed_by_event():
    """A warning of the session stands among the findings, in portions as at once."""
    growing = HISTORY[:1]
    index = SessionAnalysis(CREATION_MACHINE, growing)
    for one in HISTORY[1:]:
        growing.append(one)
        index.extend()
    whole = SessionAnalysis(CREATION_MACHINE, HISTORY)
    assert index.listed == whole.listed
    assert [problem.event_index for problem in whole.listed] == [1, 1, 2, 2]
    assert [p.severity for p in whole.listed].count("warning") == 1
    (warning,) = [p for p in whole.listed if p.severity == "warning"]
    assert warning.text(HISTORY) == "slow"


def test_a_plugin_that_failed_is_a_warning():
    """It does not fail its session, which is why it has to be found otherwise."""
    for status, severities in (("success", []), ("failed", ["warning"])):
        plugin = Explained((AppliedPlugin("lims", status),))
        events = [
            event(1, "pending"),
            Event(2, START, "pending", Origin.OBSERVED, cause=plugin, mark=Mark.LATE),
        ]
        listed = SessionAnalysis(CREATION_MACHINE, events).listed
        assert [problem.severity for problem in listed] == severities
    assert "lims" in listed[0].text(events)


def test_what_is_said_at_the_end_is_listed_too():
    """A session that never ended has a note at its last event."""
    index = SessionAnalysis(CREATION_MACHINE, HISTORY[:1])
    index.close()
    assert [(p.event_index, p.severity) for p in index.listed] == [(0, "note")]


def test_the_next_and_the_previous_go_round():
    """From event to event with a problem; after the last comes the first, and back."""
    listed = SessionAnalysis(CREATION_MACHINE, HISTORY).listed
    assert [next_problem(listed, index) for index in (0, 1, 2)] == [0, 2, 0]
    assert [previous_problem(listed, index) for index in (2, 1, 0)] == [0, 2, 2]
    assert next_problem([], 0) is None
    assert previous_problem([], 0) is None

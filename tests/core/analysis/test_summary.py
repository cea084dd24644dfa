"""The facts about a session: what archives, statistics and exports tell of it."""

from datetime import timedelta
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given

from exlab_gui.core.analysis.summary import joined, summarize
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error, FailedEnvelope, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.core.text.durations import Span
from exlab_gui.core.trace import Fork, new_header
from tests.helpers.strategies import START, session_histories

SECOND = timedelta(seconds=1)
ASKED = InputRequiredEnvelope((), "Which sample?", "sample\nsheet")


def at(seconds):
    return START + seconds * SECOND


def event(seq, seconds, state, envelope=None, **more):
    return Event(seq, at(seconds), state, Origin.OBSERVED, envelope, **more)


def header(session_id="s-1", **more):
    return new_header(CREATION_MACHINE, "Run", "http://x", START, session_id=session_id, **more)


def summary(*events, **more):
    return summarize(header(**more), events)


REQUEST = {
    "equipment_id": "XRD_01",
    "project_name": "Films",
    "label": "Film 7",
    "operator": "s.lindqvist",
}


def asked_and_failed():
    error = Error("disk_space_insufficient", "3 MB are left.")
    return summary(
        event(1, 0, "pending"),
        event(2, 1, "validating", earliest=at(0.5)),
        event(3, 2, "rendering"),
        event(4, 3, "plugin_pass"),
        event(5, 5, "input_required", ASKED),
        event(6, 25, "plugin_pass"),
        event(7, 29, "failed", FailedEnvelope("running_plugins", error)),
        event(
            8, 30, "failed", mark=Mark.LATE, cause=Explained((AppliedPlugin("lims", "timeout"),))
        ),
        request=REQUEST,
        kind="run",
        fork=Fork("Other", 3),
    )


def test_it_tells_who_what_where_and_why():
    """It has the names of the request, the end with its error, and the plugins, in plain text."""
    one = asked_and_failed()
    assert (one.equipment, one.project, one.run) == ("XRD_01", "Films", "Film 7")
    assert (one.operator, one.kind, one.fork_of) == ("s.lindqvist", "run", "Other")
    assert (one.outcome, one.error_code) == ("failed", "disk_space_insufficient")
    assert one.error == "disk_space_insufficient: 3 MB are left."
    assert one.meaning == "failure"
    assert (one.plugins, one.failed_plugins) == ((r"sample\nsheet", "lims"), ("lims",))
    assert (one.start, one.last, one.events) == (at(0), at(30), 8)
    assert one.lasted == Span.exactly(29 * SECOND)


def test_times_are_those_of_finished_visits():
    """The time in a state is the sum over its visits, as a range if it is not known exactly."""
    one = asked_and_failed()
    assert one.times["plugin_pass"] == (2, Span.exactly(6 * SECOND), Certainty.OBSERVED)
    assert one.times["pending"].spent == Span(0.5 * SECOND, SECOND)
    assert "failed" not in one.times
    assert one.waiting == Span.exactly(20 * SECOND)
    assert [facts.plugin for facts in one.visits if facts.waits] == [r"sample\nsheet"]


@given(session_histories(legal=True))
def test_every_visit_is_told(history):
    """The visits are those of the history, and its times add up to its length."""
    one = summarize(header(), history)
    visits = StateHistory(CREATION_MACHINE, history)
    assert [facts.visit for facts in one.visits] == [
        visits.visit(place) for place in range(visits.visit_count())
    ]
    spent = sum((time.spent for time in one.times.values()), Span.exactly(0 * SECOND))
    assert spent.most == one.visits[-1].visit.start - one.start
    assert one.outcome == (one.state if not CREATION_MACHINE.following(one.state) else "")
    assert one.visits[-1].is_last == bool(one.outcome)


def test_a_session_without_an_end_has_none():
    """What goes on has no outcome; its last visit has no dwell time."""
    one = summary(event(1, 0, "pending"), event(2, 4, "validating"))
    assert (one.outcome, one.end, one.error_code) == ("", None, "")
    assert one.visits[-1].dwell is None
    assert one.lasted == Span.exactly(4 * SECOND)


def test_a_recording_that_goes_on_is_one_session():
    """Between two recordings nothing was observed: the state changed at any time in between."""
    first = summary(event(1, 0, "pending"), event(2, 1, "validating"), event(3, 2, "rendering"))
    second = summary(
        event(1, 10, "plugin_pass", cause=None), event(2, 12, "cache_write"), request=REQUEST
    )
    one = joined([second, first])
    states = [facts.visit.state for facts in one.visits]
    assert states == ["pending", "validating", "rendering", "plugin_pass", "cache_write"]
    assert one.times["rendering"].spent == Span(0 * SECOND, 8 * SECOND)
    assert one.times["plugin_pass"] == (1, Span(2 * SECOND, 10 * SECOND), Certainty.UNOBSERVED)
    assert (one.start, one.last, one.events, one.operator) == (at(0), at(12), 5, "s.lindqvist")
    for before, after in pairwise(facts.visit for facts in one.visits):
        assert before.end == after.start


def test_the_same_state_before_and_after_is_one_visit():
    """If the second recording begins in the state that the first stopped in, it is one visit."""
    first = summary(event(1, 0, "pending"), event(2, 2, "validating"))
    second = summary(event(1, 10, "validating"), event(2, 11, "rendering"))
    one = joined([first, second])
    assert one.times["validating"] == (1, Span.exactly(9 * SECOND), Certainty.INFERRED)


def test_who_asked_is_known_from_the_first_recording():
    """A second recording that begins while the session waits does not say which plugin asked."""
    first = summary(event(1, 0, "plugin_pass"), event(2, 2, "input_required", ASKED))
    second = summary(event(1, 10, "input_required"), event(2, 11, "plugin_pass"))
    asked = joined([first, second]).visits[1]
    assert (asked.visit.state, asked.plugin) == ("input_required", r"sample\nsheet")


@pytest.mark.parametrize("until", [3, 5, 8])
def test_two_observers_of_one_session_tell_it_once(until):
    """What a second recording saw of the same time is not counted again."""
    whole = asked_and_failed()
    second = summary(event(1, 2.5, "rendering"), event(2, 3, "plugin_pass"))
    assert joined([second, whole]) == whole
    ended = msgspec.structs.replace(second, state="failed", outcome="failed", last=at(40))
    assert joined([whole, ended]) == whole

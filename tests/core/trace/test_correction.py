"""What came late is put where it belongs, and what was inferred becomes what was observed."""

from datetime import timedelta
from itertools import groupby, pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.analysis.rules.rule import Rule, Severity
from exlab_gui.core.analysis.status import uncertain
from exlab_gui.core.analysis.visits import Certainty, StateHistory
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.envelopes import Error, ProgressEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin, Reported
from exlab_gui.core.trace import Recording, load, new_header
from exlab_gui.core.trace.correction import corrected
from exlab_gui.core.trace.line import decode_event, encode_event
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.observation import Observation
from tests.helpers.spec import WAYS
from tests.helpers.strategies import START, odd_histories, walks

ASKED = [*WAYS["done"][:3], "input_required", *WAYS["done"][2:]]


def at(seconds):
    return START + timedelta(seconds=seconds)


def message(envelope):
    return msgspec.json.encode(envelope)


def messages(walk, sent=START):
    """Return what a session sends on its way, with whole seconds."""
    pairs = pairwise(walk)
    found = (entry_envelope(CREATION_MACHINE, before, state, sent) for before, state in pairs)
    return [message(envelope) for envelope in found if envelope]


def seen_at_the_end(state, end=None):
    """Return a session that was first seen at its end, a minute after it was opened."""
    return ObservedHistory(CREATION_MACHINE, Observation(state, end=end), at(60), START)


def told(events):
    return [(event.state, event.kind) for event in events]


def entered(events):
    return [state for state, _ in groupby(event.state for event in events)]


def test_a_gap_becomes_the_walk():
    """Of a session that was seen when it was done, the stream tells the whole walk."""
    observed = seen_at_the_end("done")
    assert observed.history[-1].mark is Mark.GAP or observed.history[1].origin is Origin.INFERRED
    for one in messages(["pending", *ASKED]):
        observed.take_message(one, at(70))
    visits = StateHistory(CREATION_MACHINE, observed.history)
    assert [visits.visit(n).state for n in range(visits.visit_count())] == ["pending", *ASKED]
    assert {visits.known(state) for state in ASKED} == {Certainty.OBSERVED}
    assert uncertain(visits) == {
        "pending": Certainty.INFERRED,
        ("pending", "validating"): Certainty.INFERRED,
    }
    coverage = Coverage(CREATION_MACHINE)
    coverage.add_visits(visits)
    assert coverage.transitions["plugin_pass", "input_required"] == 1


def test_where_a_session_failed_is_told_by_the_last_message():
    """The end itself is not on the stream: when that was read, nothing lies between."""
    observed = seen_at_the_end("failed", Reported(error=Error("internal_error")))
    for one in messages(["pending", "validating", "rendering"]):
        observed.take_message(one, at(70))
    assert observed.history[-1].mark is Mark.GAP
    observed.take_observation(Observation("failed"), at(71), at(71), exact=True)
    visits = StateHistory(CREATION_MACHINE, observed.history)
    assert visits.known(("rendering", "failed")) is Certainty.OBSERVED
    assert [event.mark for event in observed.history] == [None] * 4
    assert observed.history[-1].error == Error("internal_error")


def test_arrivals_are_kept_and_read_again():
    """A recording has everything in the order of arrival; what it shows is corrected."""
    observed = seen_at_the_end("aborted")
    for one in messages(["pending", *ASKED[:4]]):
        observed.take_message(one, at(70))
    observed.take_observation(Observation("aborted"), at(71), at(71), exact=True)
    recording = Recording(
        new_header(CREATION_MACHINE, "live", "http://127.0.0.1:1", START), observed.arrivals
    )
    lines = list(recording.lines())[1:-1]
    assert [decode_event(line) for line in lines] == observed.arrivals
    assert b"".join(lines) == b"".join(map(encode_event, observed.arrivals))
    assert observed.arrivals[-1].mark is Mark.LATE
    assert recording.events == observed.history
    assert entered(recording.events) == ["pending", *ASKED[:4], "aborted"]


def test_times_are_as_exact_as_they_are_known():
    """A message has the server's whole second; it counts if it agrees with what is known."""
    observed = seen_at_the_end("done")
    ways = WAYS["done"]
    for number, (before, state) in enumerate(pairwise(["pending", *ways])):
        sent = at(10 + number) if state != "plugin_pass" else at(9_000)
        observed.take_message(
            message(entry_envelope(CREATION_MACHINE, before, state, sent)), at(70)
        )
    validating, rendering, plugin_pass, *_, done = observed.history[1:]
    assert (validating.earliest, validating.at) == (at(10), at(11))
    assert (rendering.earliest, rendering.at) == (at(11), at(12))
    assert (plugin_pass.earliest, plugin_pass.at) == (at(11), at(14))
    assert done.at == at(60)
    assert all(one.at <= other.at for one, other in pairwise(observed.history))


def test_progress_and_warnings_belong_to_their_visit():
    """Also if the messages before them were taken by another listener."""
    observed = seen_at_the_end("done")
    progress = ProgressEnvelope("running_plugins", 1, 2)
    observed.take_message(message(progress), at(70))
    observed.take_message(message(WarningEnvelope("writing_cache", "slow")), at(71))
    events = [(event.state, event.envelope) for event in observed.history if event.envelope]
    assert events == [
        ("plugin_pass", progress),
        ("cache_write", WarningEnvelope("writing_cache", "slow")),
    ]
    assert [event.seq for event in observed.history] == list(range(1, 11))


def test_who_listens_late_is_not_behind():
    """What is sent during the present visit is no late message, though its entry was missed."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("plugin_pass"), at(60), START)
    observed.take_message(message(ProgressEnvelope("running_plugins", 1, 2)), at(61))
    assert observed.history is observed.arrivals
    assert observed.history[-1].mark is None


def remarks(state):
    """Return what may be sent during a visit to `state`."""
    phase = CREATION_MACHINE.phase(state)
    is_silent = phase is None or state in CREATION_MACHINE.terminal
    return [] if is_silent else [WarningEnvelope(phase, "slow"), ProgressEnvelope(phase, 1, 2)]


@given(walks(), st.data())
def test_lost_messages_leave_nothing_false(walk, data):
    """Whoever else takes messages: no state is told of that the session was not in.

    Nor is the server blamed for what is missing.
    """
    place = data.draw(st.integers(0, len(walk) - 1))
    observed = ObservedHistory(CREATION_MACHINE, Observation(walk[place]), at(0), START)
    for number, pair in enumerate(pairwise(walk), 1):
        sent = [*messages(pair), *map(message, remarks(pair[1]))]
        if data.draw(st.booleans()) and number > place:
            place = number
            observed.take_observation(Observation(pair[1]), at(number), at(number))
        for one in sent:
            if data.draw(st.booleans()):
                place = max(place, number)
                observed.take_message(one, at(number))
    observed.take_observation(Observation(walk[-1]), at(100), at(100))
    rest = iter(walk)
    assert all(event in rest for event in entered(observed.history))
    seqs = [event.seq for event in observed.history]
    assert seqs == list(range(1, len(seqs) + 1))
    assert all(one.at <= other.at for one, other in pairwise(observed.history))
    assert all(e.earliest is None or e.earliest < e.at for e in observed.history)
    assert [*corrected(CREATION_MACHINE, observed.arrivals)] == [*observed.history]
    for events in (observed.history, observed.arrivals):
        found = check(CREATION_MACHINE, events)
        assert [one for one in found if one.severity is Severity.VIOLATION] == []


def test_a_warning_tells_of_the_state_whose_message_another_took():
    """It is the same as if a poll had told of that state, and says that there is another."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("pending"), at(0), START)
    for one in messages(["pending", "validating", "rendering"]):
        observed.take_message(one, at(1))
    assert not observed.misses_messages
    warning = WarningEnvelope("running_plugins", "slow")
    observed.take_message(message(warning), at(2))
    *_, entry, said = observed.history
    assert (entry.state, entry.origin, entry.earliest, entry.at, entry.mark) == (
        "plugin_pass",
        Origin.OBSERVED,
        at(1),
        at(2),
        None,
    )
    assert (said.state, said.envelope, said.mark) == ("plugin_pass", warning, None)
    assert observed.misses_messages
    assert observed.caught_up


def test_a_failure_tells_where_it_struck():
    """The session was polled when it had failed; its last message says in which state it was."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("pending"), at(0), START)
    observed.take_observation(Observation("failed"), at(1), at(1))
    (failed,) = messages(["validating", "failed"])
    observed.take_message(failed, at(2))
    assert entered(observed.history) == ["pending", "validating", "failed"]
    found = check(CREATION_MACHINE, observed.history)
    assert [one for one in found if one.severity is Severity.VIOLATION] == []


@pytest.mark.parametrize("state", ["validating", "done"])
def test_a_warning_of_a_state_that_cannot_follow_is_the_servers_mistake(state):
    """The session was there before, or would have ended: it is told as a violation."""
    observed = ObservedHistory(CREATION_MACHINE, Observation("pending"), at(0), START)
    for one in messages(["pending", "validating", "rendering"]):
        observed.take_message(one, at(1))
    warning = WarningEnvelope(CREATION_MACHINE.phase(state), "slow")
    observed.take_message(message(warning), at(2))
    found = check(CREATION_MACHINE, observed.history)[0]
    assert (observed.state, found.rule) == ("rendering", Rule.WRONG_PHASE)


@given(odd_histories())
def test_any_recording_can_be_corrected(arrivals):
    """However odd it is, no event gets another number than its place, or goes back in time."""
    events = corrected(CREATION_MACHINE, arrivals)
    if events is not arrivals:
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert all(one.at <= other.at for one, other in pairwise(events))
    assert corrected(CREATION_MACHINE, events) in (events, [*events])


def late(*parts):
    """Return arrivals: a state was entered, or an envelope came late while the last was shown."""
    arrivals = []
    for seq, part in enumerate(parts, 1):
        is_late = not isinstance(part, str)
        state = arrivals[-1].state if is_late else part
        envelope, mark = (part, Mark.LATE) if is_late else (None, None)
        arrivals.append(Event(seq, START, state, Origin.OBSERVED, envelope, mark=mark))
    return arrivals


def phase(state):
    return entry_envelope(CREATION_MACHINE, "pending", state, START)


def test_a_message_belongs_to_the_entry_that_it_reports():
    """Each in its turn, and what is sent during a visit after its entry."""
    progress = ProgressEnvelope("validating_inputs", 1, 2)
    arrivals = late(
        "pending", "validating", "rendering", phase("validating"), progress, phase("rendering")
    )
    assert told(corrected(CREATION_MACHINE, arrivals)) == [
        ("pending", "transition"),
        ("validating", "phase"),
        ("validating", "progress"),
        ("rendering", "phase"),
    ]


@pytest.mark.parametrize("state", ["done", "cache_write", "plugin_pass"])
def test_a_message_that_fits_nowhere_stays(state):
    """The session cannot have been in that state; it still bears its mark."""
    arrivals = late("pending", "validating", "rendering", phase(state))
    assert corrected(CREATION_MACHINE, arrivals) == arrivals


def test_what_is_not_whole_is_left_as_it_is():
    """A recording that lacks lines, or whose late message shows another state, is not corrected."""
    arrivals = late("pending", "failed", phase("validating"))
    assert corrected(CREATION_MACHINE, arrivals[:1] + arrivals[2:]) == [arrivals[0], arrivals[2]]
    odd = msgspec.structs.replace(arrivals[2], state="done")
    assert corrected(CREATION_MACHINE, [*arrivals[:2], odd]) == [*arrivals[:2], odd]


def test_a_time_beyond_all_times_is_ignored(tmp_path):
    """A server can write anything."""
    for sent in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "now", "2026-01-31T12:00:30"):
        observed = seen_at_the_end("done")
        envelope = msgspec.structs.replace(phase("validating"), at=sent)
        observed.take_message(message(envelope), at(70))
        entry = observed.history[1]
        assert (entry.origin, entry.earliest, entry.at) == (Origin.OBSERVED, START, at(60))
    path = tmp_path / "late.exlab.jsonl"
    header = new_header(CREATION_MACHINE, "live", "http://127.0.0.1:1", START)
    path.write_bytes(b"".join(Recording(header, observed.arrivals).lines()))
    assert load(path).events == observed.history

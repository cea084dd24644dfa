"""Sessions as XES have the same visits, for those who mine processes."""

import io
import warnings
from datetime import datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given

from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.protocol.events import Mark, Origin
from exlab_gui.core.trace import Fork, Recording
from exlab_gui.export.xes import write_log, write_xes
from tests.core.trace.kept import SHORT, recording
from tests.helpers.strategies import odd_histories

XES = "{http://www.xes-standard.org/}"
STATES = ["pending", "validating", "rendering", "plugin_pass", "failed"]


def written(recording):
    """Return the log of a recording, parsed."""
    file = io.BytesIO()
    write_xes(recording, file)
    return ElementTree.fromstring(file.getvalue())


def values(element):
    """Return the attributes of a trace or an event, by their keys."""
    return {child.get("key"): child.get("value") for child in element if child.get("key")}


def events_of(recording):
    return [values(event) for event in written(recording).iter(f"{XES}event")]


def lived(events):
    return [(event["concept:name"], event["lifecycle:transition"]) for event in events]


def test_each_visit_starts_and_completes():
    """A trace has two events per visit: its time is that between them, its number is the same."""
    events = events_of(SHORT)
    assert lived(events) == [(state, how) for state in STATES for how in ("start", "complete")]
    assert [event["concept:instance"] for event in events[::2]] == ["1", "2", "3", "4", "5"]
    starts, ends = events[::2], events[1::2]
    assert [one["time:timestamp"] for one in ends[:-1]] == [
        one["time:timestamp"] for one in starts[1:]
    ]
    first = SHORT.events[0].at, SHORT.events[1].at
    assert tuple(one["time:timestamp"] for one in events[:2]) == tuple(
        at.isoformat(timespec="microseconds") for at in first
    )
    assert ends[0]["least_s"] == ends[0]["most_s"] == f"{(first[1] - first[0]).total_seconds():.6f}"


def test_a_visit_that_goes_on_has_no_end():
    """Of a session that is running, the last visit has started, and no time is made up."""
    going_on = Recording(SHORT.header, SHORT.events[:2])
    assert lived(events_of(going_on))[-1] == ("validating", "start")
    assert list(written(Recording(SHORT.header, [])).iter(f"{XES}trace")) == []


@given(odd_histories())
def test_the_visits_are_those_of_the_window(history):
    """The activities that start are the states that the session entered, and no others.

    Late messages correct what was inferred, there as here.
    """
    kept = Recording(SHORT.header, history)
    starts = [event for event in events_of(kept) if event["lifecycle:transition"] == "start"]
    visits = StateHistory(SHORT.machine, kept.events)
    every = [visits.visit(place) for place in range(visits.visit_count())]
    assert [(one["concept:name"], one["known"]) for one in starts] == [
        (visit.state, visit.known) for visit in every
    ]


def test_a_trace_tells_of_its_session():
    """The trace has who, what, where, the outcome and why; what is unknown is left out."""
    [trace] = written(SHORT).findall(f"{XES}trace")
    told = values(trace)
    assert told["concept:name"] == told["label"] == "sim-1"
    assert (told["operator"], told["outcome"]) == ("Ada", "failed")
    assert "equipment" not in told
    header = msgspec.structs.replace(SHORT.header, session_id="abc", fork=Fork("c0ffee", 17))
    fork = values(written(Recording(header, SHORT.events)).find(f"{XES}trace"))
    assert (fork["concept:name"], fork["fork_of"]) == ("abc", "c0ffee")


def test_an_answer_is_the_work_of_the_operator():
    """The resource of a visit that waits is the operator, else the server."""
    asked = recording("validating", "rendering", "plugin_pass", "input_required", "plugin_pass")
    resources = {event["concept:name"]: event["org:resource"] for event in events_of(asked)}
    assert resources.pop("input_required") == "Ada"
    assert set(resources.values()) == {"simulated"}


def test_what_was_not_observed_is_marked():
    """A visit that may have begun earlier says since when, and lasted from least to most."""
    first, second, *_ = SHORT.events
    doubted = msgspec.structs.replace(
        second, earliest=first.at, mark=Mark.GAP, origin=Origin.INFERRED
    )
    start, end, other = events_of(Recording(SHORT.header, [first, doubted]))
    assert other["known"] == "unobserved"
    assert other["earliest"] == end["earliest"] == first.at.isoformat(timespec="microseconds")
    assert (end["least_s"], end["most_s"]) == ("0.000000", "1.000000")
    assert "earliest" not in start


def test_many_sessions_are_one_log():
    """Each session is a trace of the same log, with a name of its own: pm4py joins equal ones."""
    file = io.BytesIO()
    write_log([summarize(SHORT.header, SHORT.events)] * 3, file)
    traces = ElementTree.fromstring(file.getvalue()).findall(f"{XES}trace")
    names = [values(trace)["concept:name"] for trace in traces]
    assert names == ["sim-1", "sim-1 (2)", "sim-1 (3)"]


def test_the_log_is_in_the_order_of_the_schema():
    """The schema wants extensions, globals, classifiers and attributes, then traces."""
    order = [child.tag.removeprefix(XES) for child in written(SHORT)]
    places = ["extension", "global", "classifier", "string", "trace"]
    assert all(places.index(a) <= places.index(b) for a, b in pairwise(order))
    assert float(written(SHORT).get("xes.version")) == 1849.2016
    for child in written(SHORT).iter(f"{XES}date"):
        datetime.fromisoformat(child.get("value"))


def test_the_log_declares_what_it_uses():
    """Every key with a prefix belongs to a declared extension, and each event has the globals."""
    log = written(SHORT)
    declared = {extension.get("prefix") for extension in log.findall(f"{XES}extension")}
    used = {key.partition(":")[0] for event in log.iter() for key in values(event) if ":" in key}
    assert used == declared == {"concept", "time", "lifecycle", "org"}
    _, demanded = log.findall(f"{XES}global")
    assert all(values(event).keys() >= values(demanded).keys() for event in log.iter(f"{XES}event"))


def test_any_text_is_no_harm_to_the_log():
    """Characters that XML cannot hold, and those that mean something in it, are no harm."""
    event = msgspec.structs.replace(SHORT.events[0], state='<&">\x00\x1b\ud800')
    states = events_of(Recording(SHORT.header, [event]))
    assert states[0]["concept:name"] == '<&">\\x00\\x1b\\ud800'


def test_pm4py_finds_the_same_times(tmp_path):
    """pm4py, which process miners use, finds the same transitions, and the time in each state."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of another project are no concern of this one
        pm4py = pytest.importorskip("pm4py")
        path = tmp_path / "log.xes"
        with path.open("wb") as file:
            write_xes(SHORT, file)
        log = pm4py.read_xes(str(path), show_progress_bar=False)
        ends = log[log["lifecycle:transition"] == "complete"]
        edges, _, _ = pm4py.discover_dfg(ends)
    assert set(edges) == set(pairwise(STATES))
    starts = log[log["lifecycle:transition"] == "start"]
    spent = [
        (end - start).to_pytimedelta()
        for start, end in zip(starts["time:timestamp"], ends["time:timestamp"], strict=True)
    ]
    assert spent == [timedelta(seconds=s) for s in (1, 2, 2, 2, 0)]

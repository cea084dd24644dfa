"""A session as XES has the same events, for those who mine processes."""

import io
import warnings
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given

from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.protocol.events import Mark, Origin
from exlab_gui.core.trace import Fork, Recording
from exlab_gui.export.xes import write_xes
from tests.core.trace.kept import SHORT
from tests.helpers.strategies import odd_histories

XES = "{http://www.xes-standard.org/}"
ACTIVITIES = [
    *("pending", "validating", "progress", "rendering", "progress", "plugin_pass", "progress"),
    "failed",
]


@pytest.fixture
def written():
    """Return a function that gives the log of a recording, parsed."""

    def write(recording):
        file = io.BytesIO()
        write_xes(recording, file)
        return ElementTree.fromstring(file.getvalue())

    return write


def values(element):
    """Return the attributes of a trace or an event, by their keys."""
    return {child.get("key"): child.get("value") for child in element if child.get("key")}


def test_a_recording_is_a_trace_with_all_of_its_events(written):
    """A log has one trace, and in it each event with number, state and time."""
    [trace] = written(SHORT).findall(f"{XES}trace")
    assert values(trace)["label"] == "sim-1"
    events = [values(event) for event in trace.findall(f"{XES}event")]
    assert [(int(event["seq"]), event["state"], event["kind"]) for event in events] == [
        (event.seq, event.state, event.kind) for event in SHORT.events
    ]
    assert [event["time:timestamp"] for event in events] == [
        event.at.isoformat(timespec="microseconds") for event in SHORT.events
    ]


def test_an_activity_is_a_state_or_what_went_on_in_it(written):
    """The activity is the state that was entered, and the kind of what came in between."""
    events = written(SHORT).iter(f"{XES}event")
    assert [values(event)["concept:name"] for event in events] == ACTIVITIES


@given(odd_histories())
def test_an_activity_is_a_state_where_a_visit_begins(history):
    """The states that the log names are those that the session entered, and no others."""
    file = io.BytesIO()
    write_xes(Recording(SHORT.header, history), file)
    events = ElementTree.fromstring(file.getvalue()).iter(f"{XES}event")
    named = [values(event)["concept:name"] for event in events]
    visits = StateHistory(SHORT.machine, history)
    entered = {visits.entry_index(place) for place in range(visits.visit_count())}
    assert named == [
        event.state if index in entered else event.kind for index, event in enumerate(history)
    ]


def test_what_was_not_observed_is_marked(written):
    """An event that may have been earlier says since when, one after a gap or late says so."""
    doubted = msgspec.structs.replace(
        SHORT.events[1], earliest=SHORT.events[0].at, mark=Mark.GAP, origin=Origin.INFERRED
    )
    sure, other = written(Recording(SHORT.header, [SHORT.events[0], doubted])).iter(f"{XES}event")
    told = values(other)
    assert (told["origin"], told["mark"]) == ("inferred", "gap")
    assert told["earliest"] == SHORT.events[0].at.isoformat(timespec="microseconds")
    assert not values(sure).keys() & {"mark", "earliest"}


def test_a_fork_is_marked(written):
    """The trace of a fork says of which session and from where on; no other says so."""
    header = msgspec.structs.replace(SHORT.header, fork=Fork("c0ffee", 17))
    fork = written(Recording(header, SHORT.events)).find(f"{XES}trace")
    assert values(fork)["fork"] == "from event 17 of c0ffee"
    assert "fork" not in values(written(SHORT).find(f"{XES}trace"))


def test_the_log_declares_what_it_uses(written):
    """Every key with a prefix belongs to a declared extension, and the classifier to a key."""
    log = written(SHORT)
    declared = {extension.get("prefix") for extension in log.findall(f"{XES}extension")}
    used = {key.partition(":")[0] for event in log.iter() for key in values(event) if ":" in key}
    assert used == declared == {"concept", "time", "lifecycle"}
    assert log.find(f"{XES}classifier").get("keys") == "concept:name"


def test_any_text_is_no_harm_to_the_log(written):
    """Characters that XML cannot hold, and those that mean something in it, are no harm."""
    events = [
        msgspec.structs.replace(SHORT.events[0], state='<&">\x00\x1b\ud800'),
        msgspec.structs.replace(SHORT.events[0], wire=b'{"kind":"\xff\x00<"}'),
    ]
    states = [
        values(event) for event in written(Recording(SHORT.header, events)).iter(f"{XES}event")
    ]
    assert states[0]["state"] == '<&">\\x00\\x1b\\ud800'
    assert states[1]["envelope"] == '{"kind":"\\xff\\x00<"}'


def test_pm4py_finds_the_same_events(tmp_path):
    """pm4py, which process miners use, reads the log and finds the same events."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of another project are no concern of this one
        pm4py = pytest.importorskip("pm4py")
        path = tmp_path / "log.xes"
        with path.open("wb") as file:
            write_xes(SHORT, file)
        log = pm4py.read_xes(str(path), show_progress_bar=False)
    assert log["concept:name"].tolist() == ACTIVITIES
    assert log["seq"].tolist() == [event.seq for event in SHORT.events]
    assert log["state"].tolist() == [event.state for event in SHORT.events]
    assert [at.to_pydatetime() for at in log["time:timestamp"]] == [e.at for e in SHORT.events]
    assert pm4py.get_end_activities(log) == {"failed": 1}

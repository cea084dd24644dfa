"""Process mining finds the machine, and the time in each state, in the log of 200 sessions."""

import warnings
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import cycle, islice, pairwise
from random import Random
from statistics import median
from xml.etree import ElementTree

import pytest

from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.analysis.tour import tour
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.trace import new_header
from exlab_gui.export.xes import write_log
from tests.core.trace.kept import START
from tests.helpers import spec

XES = "{http://www.xes-standard.org/}"
SESSIONS = 200
MILLISECOND = timedelta(milliseconds=1)


def events(walk, begin, random):
    """Yield the events of a session that walks along, each after a time of its own."""
    at = begin
    yield Event(1, at, walk[0], Origin.OBSERVED)
    for seq, (before, state) in enumerate(pairwise(walk), 2):
        at += random.randint(1, 60_000) * MILLISECOND
        envelope = entry_envelope(CREATION_MACHINE, before, state, at)
        yield Event(seq, at, state, Origin.OBSERVED, envelope)


@pytest.fixture(scope="module")
def lab():
    """Return the events of sessions that together take every transition, several times."""
    random = Random(1849)
    walks = islice(cycle(tour(CREATION_MACHINE)), SESSIONS)
    return [
        list(events(walk, START + n * 60 * MILLISECOND, random)) for n, walk in enumerate(walks)
    ]


@pytest.fixture(scope="module")
def log(lab, tmp_path_factory):
    """Return the file that the sessions are written to; all have the same label."""
    path = tmp_path_factory.mktemp("mined") / "lab.xes"
    header = new_header(CREATION_MACHINE, "a run", "http://10.0.0.4:8321", START)
    with path.open("wb") as file:
        write_log([summarize(header, history) for history in lab], file)
    return path


def medians(lab):
    """Return the median time in each state, as it was when the sessions were made."""
    times = defaultdict(list)
    for history in lab:
        for event, after in pairwise(history):
            times[event.state].append(after.at - event.at)
    return {state: median(spent) for state, spent in times.items()}


def test_the_graph_of_what_follows_is_the_machine(lab, log):
    """Read as plain XML, what directly follows what is every transition of the table, no other."""
    edges, times, names = Counter(), defaultdict(list), set()
    for trace in ElementTree.parse(log).iter(f"{XES}trace"):
        names.add(trace.find(f"{XES}string[@key='concept:name']").get("value"))
        told = [
            {child.get("key"): child.get("value") for child in event}
            for event in trace.iter(f"{XES}event")
        ]
        starts, ends = told[::2], told[1::2]
        edges.update(pairwise(event["concept:name"] for event in ends))
        for start, end in zip(starts[:-1], ends[:-1], strict=True):
            stamps = (datetime.fromisoformat(one["time:timestamp"]) for one in (end, start))
            times[start["concept:name"]].append(next(stamps) - next(stamps))
    assert len(names) == SESSIONS
    assert set(edges) == set(spec.LEGAL)
    assert edges == Counter(
        step for history in lab for step in pairwise(event.state for event in history)
    )
    assert {state: median(spent) for state, spent in times.items()} == medians(lab)


def test_pm4py_discovers_the_machine(lab, log):
    """So does pm4py, which process miners use; its service times have the same medians."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of another project are no concern of this one
        pm4py = pytest.importorskip("pm4py")
        read = pm4py.read_xes(str(log), show_progress_bar=False)
        ends = read[read["lifecycle:transition"] == "complete"]
        edges, starts, stops = pm4py.discover_dfg(ends)
    assert set(edges) == set(spec.LEGAL)
    assert starts == {"pending": SESSIONS}
    assert set(stops) == {"done", "failed", "aborted"}
    begins = read[read["lifecycle:transition"] == "start"]
    visit = ["case:concept:name", "concept:instance", "concept:name"]
    spent = ends.set_index(visit)["time:timestamp"] - begins.set_index(visit)["time:timestamp"]
    found = spent.groupby("concept:name").median()
    known = medians(lab)
    assert {state: found[state].to_pytimedelta() for state in known} == known

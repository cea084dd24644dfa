"""Sessions that were over before they were seen are found by what they made."""

import asyncio

import msgspec
import pytest

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.protocol.events import Mark, Origin
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.text.event_lines import EventLines
from exlab_gui.core.trace import load
from exlab_gui.sources.commands import Cancel, Listen, Resume
from exlab_gui.sources.live.polling.intervals import PollIntervals
from exlab_gui.sources.live.polling.runs_on_disk import read_tree
from exlab_gui.sources.recorder import Recorder
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.live import in_state, until, watching

RARE = PollIntervals(session_s=0.01, list_s=60, look_s=0.02)
"""The list is asked for once: what comes after that is missed."""
OFTEN = PollIntervals(session_s=0.01, list_s=0.02, look_s=0.02)


async def looked(demo, times=3):
    """Return when the tree has been asked for so many times more."""
    before = looks(demo)
    while looks(demo) < before + times:
        await asyncio.sleep(0.01)


def looks(demo):
    return demo.requests.count("GET /api/v1/tree")


def finished(demo, scenario="happy_path", **request):
    """Return a session that is over at once."""
    session = demo.open(scenario, held=True)
    session.request = dict(session.request) | request
    while session.due_in_s is not None:
        session.step()
    return session


async def missed(demo, server):
    """Return the source of the one session that was missed."""
    await until(lambda: server.sources, server)
    await looked(demo)
    (source,) = server.sources.values()
    return source


@pytest.mark.parametrize("scenario", ["happy_path", "plugin_fails", "sync_gated"])
async def test_a_missed_session_is_known_from_its_result(demo, scenario, tmp_path):
    """It says so everywhere, and no walk is invented."""
    async with watching(demo.url, RARE) as server:
        await until(lambda: server.listed, server)
        await looked(demo, 1)
        session = finished(demo, scenario)
        source = await missed(demo, server)
        event, *explained = source.history
        assert all(isinstance(one.cause, Explained) for one in explained)
        assert (event.state, event.origin, event.mark) == ("done", Origin.OBSERVED, Mark.RESULT)
        assert event.result["path"] == session.inner.result["path"]
        assert event.result["sync_status"] == session.inner.result["sync_status"]
        assert event.earliest < event.at
        assert source.info.equipment == session.request["equipment_id"]
        assert source.info.run == session.request["label"]
        assert "known from its result only" in source.info.connection
        for command in (Listen(on=True), Resume({}), Cancel(discard_files=True)):
            assert source.why_not(command) == source.info.connection
        line = EventLines(source.machine).line(event, None)
        assert line.endswith("(known from its result only)")
        assert {finding.severity for finding in check(source.machine, source.history)} == {"note"}
        recorder = Recorder(tmp_path / "a.exlab.jsonl", source.recording().header, source.history)
        recorder.write(1)
        recorder.close()
        kept = load(recorder.path)
        assert (kept.events, kept.header.session_id) == ([event], None)


async def test_a_session_that_was_seen_is_not_found_again(demo):
    """It made its run, whether it was seen at its end or before."""
    async with watching(demo.url, OFTEN) as server:
        await until(lambda: server.listed, server)
        await looked(demo, 1)
        sessions = [demo.open("happy_path", held=True) for _ in range(5)]
        await until(lambda: len(server.sources) == 5, server)
        for number, session in enumerate(sessions):
            session.request = dict(session.request) | {"label": f"run {number}"}
            session.run_to("done")
        await looked(demo, 5)
        assert set(server.sources) == {session.session_id for session in sessions}


async def test_what_was_made_before_is_of_no_missed_session(demo):
    """Only what is new since the first look."""
    finished(demo)
    async with watching(demo.url, RARE) as server:
        await until(lambda: server.listed, server)
        await looked(demo)
        assert server.sources == {}


async def test_a_session_that_goes_on_has_made_its_run(demo, monkeypatch):
    """Its folder is there before its end; when that comes, it is not found again."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url, OFTEN) as server:
        await until(lambda: server.sources, server)
        await looked(demo, 1)
        session.run_to("sync_queued")
        equipment, project = (session.request[key] for key in ("equipment_id", "project_name"))
        made = {f"/data/{equipment}/{project}/Run_1": session}
        monkeypatch.setattr(demo.sessions, "made", lambda: made)
        await looked(demo, 5)
        assert list(server.sources) == [session.session_id]
        session.cancel(discard_files=False)
        await in_state(server.sources[session.session_id], "aborted")
        await looked(demo, 5)
        assert list(server.sources) == [session.session_id]


@pytest.mark.parametrize(
    "tree",
    [
        b"",
        b"[]",
        b'{"equipment": 3}',
        b'{"equipment": [3, {"id": 4, "projects": [{}, {"path": 3, "runs": 4}]}]}',
        b'{"equipment": [{"projects": [{"name": null, "runs": [{"path": "/a"}, null]}]}]}',
    ],
)
async def test_a_tree_that_is_not_understood_tells_nothing(demo, tree):
    """Watching goes on as before."""
    demo.conduct = Conduct(only="GET /api/v1/tree", raw=(tree,))
    async with watching(demo.url, OFTEN) as server:
        await until(lambda: server.listed, server)
        await looked(demo)
        session = demo.open("happy_path", held=True)
        await until(lambda: session.session_id in server.sources, server)
        assert server.problems == []


async def test_a_server_without_a_tree(demo):
    """Another version may have none: then nothing is found, and nothing is said."""
    demo.conduct = Conduct(only="GET /api/v1/tree", status=404)
    async with watching(demo.url, OFTEN) as server:
        await until(lambda: server.listed, server)
        await looked(demo)
        assert server.connected
        assert server.problems == []


async def test_a_tree_that_is_slow_keeps_nothing_waiting(demo):
    """A server reads its disk for it; sessions come and go meanwhile."""
    demo.conduct = Conduct(only="GET /api/v1/tree", delay_s=3600)
    async with watching(demo.url, OFTEN) as server:
        await until(lambda: server.listed, server)
        await looked(demo, 1 - looks(demo))
        session = demo.open("happy_path", held=True)
        source = await until(lambda: server.sources.get(session.session_id), server)
        session.run_to("done")
        await in_state(source, "done")
        await until(lambda: server.is_complete(source), source)
    assert looks(demo) == 1


async def test_a_tree_that_never_comes_is_no_lost_server(demo):
    """The list tells whether the server is there."""
    demo.conduct = Conduct(only="GET /api/v1/tree", delay_s=3600)
    hasty = PollIntervals(session_s=0.01, list_s=0.02, look_s=0.02, timeout_s=0.2)
    connected = []
    async with watching(demo.url, hasty) as server:
        await until(lambda: server.listed, server)
        await looked(demo, 1 - looks(demo))
        server.subscribe(lambda: connected.append(server.connected))
        lists = demo.requests.count("GET /api/v1/operations")
        while demo.requests.count("GET /api/v1/operations") < lists + 20:  # 0.4 s at least
            await asyncio.sleep(0.01)
        assert server.connected
        assert False not in connected


def test_a_run_that_is_not_finished_is_said_to_be_so():
    """It has no creation.json yet, and is none that anybody missed."""
    run = {"name": "Run_1", "path": "/d/E/P/Run_1", "has_creation_json": False}
    project = {"name": "P", "path": "/d/E/P", "runs": [run], "test_runs": []}
    tree = {"equipment": [{"id": "E", "projects": [project]}], "received_equipment": []}
    made = {one.path: one for one in read_tree(msgspec.json.encode(tree))}
    assert {one.path: one.is_finished for one in made.values()} == {
        "/d/E/P": True,
        "/d/E/P/Run_1": False,
    }

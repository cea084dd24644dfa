"""``watch`` and ``record`` read event streams or only poll, as the window does, and say which."""

import json
import os
import signal
from contextlib import contextmanager

import pytest
from websockets.asyncio.client import connect

from exlab_gui.core.protocol.events import Mark, Origin
from exlab_gui.core.trace import load
from exlab_gui.demo_server.session import DemoSession
from tests.helpers import spec
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.programs import started

pytestmark = pytest.mark.skipif(os.name == "nt", reason="commands are stopped by signals")

WALK = ["pending", *spec.WAYS["done"]]


@pytest.fixture
def demo():
    with faulty_server_thread() as server:
        yield server


def opened(demo, to="pending") -> DemoSession:
    session = demo.do(lambda server: server.open("happy_path", held=True))
    demo.do(lambda _: session.run_to(to))
    return session


@contextmanager
def running(*args):
    """Give the process of a command, and end it whatever comes."""
    with started(*args) as command:
        try:
            yield command
        finally:
            command.kill()


def said_first(command) -> str:
    return command.stderr.readline().strip()


def stop(command) -> str:
    command.send_signal(signal.SIGTERM)
    rest, _ = command.communicate()
    assert command.returncode == 0
    return rest


def test_event_streams_are_read_if_that_takes_from_nobody(demo):
    """The first line says so and why; what passed before is printed exactly, once, in order."""
    session = opened(demo, to="cache_write")
    with running("watch", demo.url, "--json") as watching:
        assert said_first(watching) == (
            f"Connected to ExLab-Wizard 0.1.0 at {demo.url}. Reading event streams, which "
            "ExLab-Wizard 0.1.0 itself does not read."
        )
        printed = [json.loads(watching.stdout.readline())]
        demo.do(lambda _: session.run_to("done"))
        while printed[-1]["state"] != "done":
            printed.append(json.loads(watching.stdout.readline()))
        stop(watching)
    assert [event["state"] for event in printed] == WALK
    assert {event["origin"] for event in printed[1:]} == {"observed"}
    assert not any("mark" in event for event in printed)


def test_recordings_are_exact(demo, tmp_path):
    """A session that went faster than any poll is recorded state by state."""
    session, path = opened(demo), tmp_path / "a"
    command = ["record", demo.url, "--session", session.session_id, "-o", path]
    with running(*command) as recording:
        assert "Reading event streams" in said_first(recording)
        recording.stdout.readline()
        demo.do(lambda _: session.run_to("done"))
        recording.communicate()
    recorded = load(path)
    assert recorded.problems == []
    walk = [event for event in recorded.events if event.mark is not Mark.LATE]
    assert [event.state for event in walk] == WALK
    assert {event.origin for event in walk[1:]} == {Origin.OBSERVED}


@pytest.mark.parametrize(
    ("args", "version", "said"),
    [
        (["--events", "poll"], "0.1.0", "Polling only; other listeners are not affected."),
        ([], "0.2.0", "Polling only; other listeners are not affected."),
        (
            ["--events", "stream"],
            "0.2.0",
            "Reading event streams; other listeners stop receiving them.",
        ),
    ],
)
def test_what_was_chosen_is_said(demo, args, version, said):
    """Of a version that nobody has looked at, nothing is read unless the user wants it."""
    health = json.dumps({"status": "ok", "version": version, "setup_state": "ready"}).encode()
    conduct = Conduct(only="GET /api/v1/health", raw=(health,) * 20)
    demo.do(lambda server: setattr(server, "conduct", conduct))
    with running("watch", demo.url, *args) as watching:
        first = said_first(watching)
        stop(watching)
    assert first == f"Connected to ExLab-Wizard {version} at {demo.url}. {said}"


async def test_polling_takes_nothing(demo):
    """Whoever listens to a session gets all its events."""
    session = opened(demo)
    with running("watch", demo.url, "--events", "poll") as watching:
        watching.stdout.readline()
        url = f"{demo.url.replace('http', 'ws')}/api/v1/sessions/{session.session_id}/events"
        async with connect(url) as stream:
            demo.do(lambda _: session.run_to("done"))
            heard = [json.loads(message)["kind"] async for message in stream]
        stop(watching)
    assert heard == ["phase"] * (len(WALK) - 2) + ["done"]


async def test_of_one_session_only_its_stream_is_read(demo):
    """The events of the others stay for whoever listens to them."""
    session, other = opened(demo), opened(demo)
    with running("watch", demo.url, "--session", session.session_id, "--json") as watching:
        watching.stdout.readline()
        demo.do(lambda _: [one.run_to("done") for one in (session, other)])
        printed = [json.loads(line) for line in watching.communicate()[0].splitlines()]
    assert [one["origin"] for one in printed if one["state"] != "done"] == ["observed"] * 6
    url = f"{demo.url.replace('http', 'ws')}/api/v1/sessions/{other.session_id}/events"
    async with connect(url) as stream:
        assert len([message async for message in stream]) == len(WALK) - 1

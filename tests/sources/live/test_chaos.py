"""A server that is killed, paused, restarted, slowed and made to send rubbish, repeatably.

``EXLAB_CHAOS=200`` runs it with so many sessions.
"""

import asyncio
import os
import random
import signal
from functools import partial
from itertools import groupby, pairwise
from typing import get_args

import pytest

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.protocol.envelopes import Envelope
from exlab_gui.core.protocol.events import Mark
from exlab_gui.core.protocol.wire import read_envelope
from exlab_gui.core.trace import load
from exlab_gui.core.trace.inference import infer_path
from exlab_gui.sources.commands import Listen
from exlab_gui.sources.live.transport.event_stream import EventStream
from exlab_gui.sources.recorder import Recorder
from tests.helpers.live import PollIntervals, until, watching
from tests.helpers.victim import running_victim

SESSIONS = int(os.environ.get("EXLAB_CHAOS", "20"))
PACE = PollIntervals(session_s=0.02, list_s=0.05, health_s=0.2, timeout_s=1.0)
SCENARIOS = ("happy_path", "internal_error", "asks_once")
RUBBISH = ("malformed", "html", "no_kind", "unknown_kind", "hostile", "deep", "not_utf8")
CONDUCTS = (
    {"rubbish": RUBBISH, "every": 3},
    {"drop": True, "every": 3},
    {"half": True, "every": 4},
    {"delay_s": 0.05},
    {"status": 503, "every": 2},
    {"text_messages": True},
)

MESSAGES = get_args(Envelope)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are stopped by signals")


def recording(server, folder):
    """Write every session of `server` to a file as it happens, and return what does, by id."""
    recorders = {}

    def look():
        for session_id, source in server.sources.items():
            if session_id not in recorders:
                path, header = folder / f"{session_id}.exlab.jsonl", source.recording().header
                recorders[session_id] = Recorder(path, header, source.arrivals)
                write = partial(write_all, recorders[session_id], source)
                write()
                source.subscribe(write)

    server.subscribe(look)
    return recorders


def write_all(recorder, source):
    recorder.write(len(source.arrivals))


def assert_holds(history, messages):
    """Assert that `messages` are all in the history, each as often as it came, in their order."""
    came = [e for e in history if e.wire is not None or isinstance(e.envelope, MESSAGES)]
    kept = iter((event.wire, event.envelope) for event in came)
    for message in messages:
        envelope, _ = read_envelope(message)
        assert any(wire == message or (envelope and told == envelope) for wire, told in kept)


def assert_gaps_are_marked(source, *, listened_to):
    """Assert that no step is left unexplained: it is legal, and certain, or marked as a gap."""
    entered = [next(group) for _, group in groupby(source.arrivals, lambda event: event.state)]
    for before, event in pairwise(entered):
        gap = event.mark is Mark.GAP
        assert gap or source.machine.allows(before.state, event.state)
        if not listened_to:  # the stream could tell that nothing had passed between
            assert gap or infer_path(source.machine, before.state, event.state).certain


@pytest.mark.parametrize("seed", [1, 2] if SESSIONS < 100 else [1])
async def test_chaos(tmp_path, monkeypatch, seed):
    """Whatever is done to the server, the monitor ends connected and has lost nothing it had."""
    rng = random.Random(seed)
    reached = {}
    take, take_rest = EventStream.next, EventStream.rest

    def noted(stream, messages):
        if isinstance(messages, list):
            reached.setdefault(stream.session_id, []).extend(messages)
        return messages

    async def tapped(stream):
        return noted(stream, await take(stream))

    monkeypatch.setattr(EventStream, "next", tapped)
    monkeypatch.setattr(EventStream, "rest", lambda stream: noted(stream, take_rest(stream)))
    tasks = set()
    async with (
        running_victim(tmp_path) as victim,
        victim.control() as control,
        watching(victim.url, PACE) as server,
    ):
        recorders = recording(server, tmp_path)
        await until(lambda: server.connected, server)
        seen = {}

        async def open_some():
            for _ in range(min(5, SESSIONS)):
                answer = await control.post("/sessions", json={"scenario": rng.choice(SCENARIOS)})
                opened.append(answer.json()["session_id"])

        async def listen_to_some():
            for source in list(server.sources.values()):
                source.shown = rng.random() < 0.3
                if rng.random() < 0.4 and source.why_not(Listen(on=True)) is None:
                    tasks.add(asyncio.create_task(source.send(Listen(on=True))))

        async def kill():
            await victim.kill()
            await until(lambda: not server.connected, server)
            await victim.start()

        async def pause():
            victim.signal(signal.SIGSTOP)
            await until(lambda: not server.connected, server)
            victim.signal(signal.SIGCONT)

        async def restart():
            await control.post("/restart")

        async def misbehave():
            await control.post("/misbehave", json=rng.choice(CONDUCTS))
            news = asyncio.Event()
            for source in server.sources.values():
                source.subscribe(news.set)
            server.subscribe(news.set)
            # With some conducts nothing comes at all, and that is how it is then.
            for _ in range(20):
                news.clear()
                try:
                    await asyncio.wait_for(news.wait(), 0.1)
                except TimeoutError:
                    break
            await control.post("/misbehave", json={})

        opened = []
        while len(opened) < SESSIONS:
            await open_some()
            last = opened[-1]
            await until(lambda last=last: last in server.sources, server)
            await listen_to_some()
            await rng.choice((kill, pause, restart, misbehave))()
            await until(lambda: server.connected, server)
            for session_id, source in server.sources.items():
                history = seen.setdefault(session_id, [])
                assert source.arrivals[: len(history)] == history
                history[:] = source.arrivals

        await open_some()
        await until(lambda: set(opened[-5:]) <= server.sources.keys(), server)
        for source in list(server.sources.values()):
            await until(
                lambda source=source: (
                    source.observed.is_over
                    or source.forgotten
                    or source.machine.awaits_input(source.observed.state)
                ),
                source,
            )
        assert server.connected
        assert set(opened) <= server.sources.keys()
        assert not [task for task in tasks if task.done() and task.exception()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for session_id, source in server.sources.items():
            recorders[session_id].close()
            kept = load(recorders[session_id].path)
            assert kept.problems == []
            assert kept.events == source.history
            assert_holds(source.arrivals, reached.get(session_id, []))
            findings = check(source.machine, source.arrivals)
            assert check(kept.machine, kept.arrivals) == findings
            assert_gaps_are_marked(source, listened_to=session_id in reached)
    for recorder in recorders.values():
        recorder.close()  # what came while watching ended opened it again
    assert asyncio.all_tasks() == {asyncio.current_task()}

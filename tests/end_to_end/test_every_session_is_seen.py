"""Plain sessions at a real server's speed: each is seen with its end, or found by its result.

A session without plugins lives 40 to 90 ms. ``EXLAB_SESSIONS=1000 pytest -s`` on this file measures
that many; the ordinary tests take a few.
"""

import asyncio
import os
from time import perf_counter

import httpx
import pytest
from msgspec.json import encode

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.protocol.events import Origin
from exlab_gui.demo_server.variations import adapted
from exlab_gui.sources.live.polling import intervals
from exlab_gui.sources.live.polling.intervals import PollIntervals
from exlab_gui.sources.live.server_file import read_server_file
from tests.benchmarks.processes import serving
from tests.helpers import live
from tests.helpers.live import states, until, watching
from tests.helpers.spec import WAYS

SESSIONS = int(os.environ.get("EXLAB_SESSIONS", "12"))
APART_S = 0.15
DEMO = ("-m", "exlab_gui", "demo-server", "--empty", "--rate", "200")


async def open_sessions(url, home):
    """Open so many plain sessions, one after the other, and return their ids."""
    file = read_server_file(next(home.glob("exlab-wizard/**/server.json")))
    headers = {"authorization": f"Bearer {file.control_token}"}
    scenario = find_scenario("happy_path")
    opened = []
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as control:
        for number in range(SESSIONS):
            label = f"{scenario.request['label']}_{number}"  # each makes a run of its own
            own = adapted(scenario, {**scenario.request, "label": label})
            answer = await control.post("/demo/sessions", content=encode({"scenario": own}))
            opened.append(answer.json()["session_id"])
            await asyncio.sleep(APART_S)
    return opened


@pytest.mark.parametrize("streams", [None, False])
async def test_plain_sessions_are_seen(tmp_path, monkeypatch, streams):
    """With default settings at least 99 of 100 are seen at once, and all of them in the end."""
    monkeypatch.setattr(intervals, "LOOK_S", 1.0)
    monkeypatch.setattr(live, "PATIENCE_S", 120.0)  # a long tree is not looked through often
    with serving(tmp_path, *DEMO) as url:
        async with watching(url, PollIntervals(), streams=streams) as server:
            await until(lambda: server.listed, server)
            began = perf_counter()
            opened = await open_sessions(url, tmp_path)
            taken = perf_counter() - began
            seen = [server.sources[one] for one in opened if one in server.sources]
            await until(lambda: len(server.sources) >= SESSIONS, server)
            for source in seen:
                await until(lambda s=source: s.observed.is_over and not s.listening, source)
            ends = {source.observed.state for source in server.sources.values()}
            exact = [
                source
                for source in seen
                if states(source) == ["pending", *WAYS["done"]]
                and not [e for e in source.history[1:] if e.origin is Origin.INFERRED]
            ]
            print(
                f"{'stream' if streams is None else 'polling'}: {len(seen)} of {SESSIONS} seen in"
                f" {taken:.0f} s, {len(exact)} with their exact walk; {len(server.sources)} known"
            )
    assert len(server.sources) == SESSIONS
    assert ends == {"done"}
    if streams is None:
        assert len(exact) == len(seen)
    if SESSIONS >= 100:
        assert len(seen) >= 0.99 * SESSIONS

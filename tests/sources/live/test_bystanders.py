"""A monitor takes nothing away from anybody."""

import asyncio

from tests.demo_server.client import gist, listening
from tests.helpers.live import PATIENCE_S, PollIntervals, until, watching

SESSIONS = 100


async def test_a_client_receives_every_event_beside_two_monitors(demo):
    """With two monitors at their default, who listens gets the events of all sessions, whole."""
    sessions = [demo.open("happy_path", held=True) for _ in range(SESSIONS)]
    intervals = PollIntervals(session_s=0.05, list_s=0.1)
    async with watching(demo.url, intervals) as one, watching(demo.url, intervals) as two:
        for monitor in (one, two):
            await until(lambda monitor=monitor: len(monitor.sources) == SESSIONS, monitor)
            for source in list(monitor.sources.values())[:10]:
                source.shown = True

        async def listen(session):
            async with listening(demo, session) as listener:
                session.run_to("done")
                return [gist(event) for event in await listener.rest()]

        async with asyncio.timeout(PATIENCE_S):
            heard = [await listen(session) for session in sessions]
        for monitor in (one, two):
            for source in monitor.sources.values():
                await until(lambda source=source: source.observed.is_over, source)
    expected = heard[0]
    assert expected[-1] == "done"
    assert heard == [expected] * SESSIONS
    assert not [line for line in demo.requests if line.startswith("POST")]

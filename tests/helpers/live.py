"""A monitor of a test: it watches a server, and is waited for, never slept for."""

import asyncio
import random
from contextlib import asynccontextmanager, suppress

from exlab_gui.sources.commands import Listen
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.polling.intervals import PollIntervals
from exlab_gui.sources.live.reconnect import Backoff
from exlab_gui.sources.live.server import LiveServer

PATIENCE_S = 20.0
"""How long something is waited for that has to come: long, for the machines are shared."""

FAST = PollIntervals(session_s=0.01, list_s=0.02, health_s=0.2)


@asynccontextmanager
async def watching(url, intervals=FAST, **more):
    """Give a monitor that watches the server at `url`, and end it without anything left."""
    backoff = Backoff(random.Random(4), first_s=0.02, longest_s=0.1)
    server = LiveServer(parse_address(url), intervals=intervals, backoff=backoff, **more)
    running = asyncio.create_task(server.run())
    try:
        yield server
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def until(condition, *subjects):
    """Wait until `condition()` holds; it is asked again with each change of `subjects`."""
    changed = asyncio.Event()
    for subject in subjects:
        subject.subscribe(changed.set)
    async with asyncio.timeout(PATIENCE_S):
        while not (found := condition()):
            await changed.wait()
            changed.clear()
    return found


async def source_of(server, session):
    """Return the monitor's source of the demo server's `session`, shown."""
    source = await until(lambda: server.sources.get(session.session_id), server)
    source.shown = True
    return source


async def in_state(source, state):
    """Wait until the session is known to be in `state`."""
    await until(lambda: source.observed.state == state, source)


def listen(source):
    """Begin to listen, and return the task that does."""
    return asyncio.create_task(source.send(Listen(on=True)))


def states(source):
    """Return the states of all events, each once where it was stayed in."""
    found = []
    for event in source.history:
        if not found or found[-1] != event.state:
            found.append(event.state)
    return found


def kinds(source):
    """Return the kinds of all events that came as messages."""
    return [e.kind for e in source.history if e.envelope is not None or e.wire is not None]

"""The stream of events."""

import asyncio

from tests.demo_server.client import PATIENCE_S, gist, listening


async def test_events_come_as_they_happen(demo):
    """What is emitted reaches a listener that waits."""
    session = demo.open("asks_once", held=True)
    async with listening(demo, session) as listener:
        session.step()
        assert gist(await listener.event()) == "validating_inputs"
        session.run_to("input_required")
        gists = [gist(await listener.event()) for _ in range(3)]
        assert gists == ["rendering_template", "running_plugins", "input_required"]


async def test_events_wait_for_the_next_listener(demo):
    """What happens while nobody listens is there for whoever listens next."""
    session = demo.open("happy_path", held=True)
    session.step()
    async with listening(demo, session) as listener:
        assert gist(await listener.event()) == "validating_inputs"
    session.step()
    async with listening(demo, session) as listener:
        assert gist(await listener.event()) == "rendering_template"


async def test_what_a_listener_says_is_not_heard(demo):
    """The server alone speaks: messages to it change nothing."""
    session = demo.open("happy_path", held=True)
    async with listening(demo, session) as listener:
        await listener.socket.send("cancel")
        await listener.answered()
        session.step()
        assert gist(await listener.event()) == "validating_inputs"


async def test_a_hundred_streams_each_get_their_own_events(demo):
    """The events of one session go to nobody who listens to another."""
    sessions = [demo.open("happy_path", held=True) for _ in range(100)]
    for session in sessions:
        session.run_to("done")

    async def listen(session):
        async with listening(demo, session) as listener:
            return len(await listener.rest())

    async with asyncio.timeout(PATIENCE_S):
        assert await asyncio.gather(*map(listen, sessions)) == [7] * 100

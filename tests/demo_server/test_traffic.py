"""Sessions keep coming, each a little different, and there is always something to see."""

import asyncio
from collections import Counter

from exlab_gui.bundled_scenarios import bundled_scenarios
from exlab_gui.demo_server.server import DemoServer
from exlab_gui.demo_server.traffic import FAILED, WAITING
from tests.demo_server.client import PATIENCE_S


async def begun(demo, count):
    """Wait until so many sessions were opened."""
    async with asyncio.timeout(PATIENCE_S):
        while len(demo.sessions) < count:
            await asyncio.sleep(0)


async def test_from_the_first_moment_some_run_some_wait_and_some_have_failed():
    """A newcomer sees every kind of session at once."""
    async with DemoServer(traffic=True, rate=1) as demo:
        await begun(demo, len(bundled_scenarios()))
        states = Counter(session.state for session in demo.sessions)
        assert states == {"pending": 3, "input_required": 4, "failed": 2}


async def test_it_goes_on_like_that():
    """Those that wait or have failed stay few, and new ones come; finished ones are not listed."""
    async with DemoServer(traffic=True, rate=2000) as demo:
        await begun(demo, 150)
        states = Counter(session.state for session in demo.sessions.listed())
        assert states["failed"] == FAILED
        assert 1 <= states["input_required"] <= WAITING + 8
        assert sum(states.values()) < 40

"""Sessions that go on by themselves, as time goes by."""

import asyncio

from exlab_gui.core.session import ABANDONED_AFTER
from exlab_gui.demo_server.session import DemoSession


async def play(session: DemoSession, rate: float) -> None:
    """Let the session go on to its end, `rate` times as fast as its scenario says.

    It waits where it is held or asks something, and is abandoned after a real hour (§4.4.7).
    """
    while not session.is_over:
        session.news.clear()
        due_in_s = session.due_in_s
        if due_in_s is None or not session.may_go_on:
            await _wait_for_news(session)
            continue
        await asyncio.sleep(due_in_s / rate)
        if session.may_go_on:
            session.step()


async def _wait_for_news(session: DemoSession) -> None:
    try:
        async with asyncio.timeout(ABANDONED_AFTER.total_seconds()):
            await session.news.wait()
    except TimeoutError:
        if session.awaits_answers:
            session.abandon()

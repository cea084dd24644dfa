"""Sessions that go on by themselves."""

import asyncio
from contextlib import asynccontextmanager

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.demo_server import session as demo_session
from exlab_gui.demo_server.session import DemoSession
from tests.demo_server.client import GOOD_ANSWERS, PATIENCE_S

FAST = 100_000


@asynccontextmanager
async def played(name):
    """Give a session of that scenario that goes on very fast, until it is over or unused."""
    session = DemoSession(find_scenario(name))
    task = asyncio.create_task(session.play(FAST))
    yield session, task
    task.cancel()


async def until(condition):
    """Wait until `condition` holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0)


async def test_a_session_goes_to_its_end():
    """Every step is done, in its time."""
    async with played("happy_path") as (session, task):
        await asyncio.wait_for(task, PATIENCE_S)
        assert session.state == "done"


async def test_a_session_waits_for_answers():
    """It stands at a question until it is answered."""
    async with played("asks_once") as (session, task):
        await until(lambda: session.awaits_answers)
        session.answer(GOOD_ANSWERS)
        await asyncio.wait_for(task, PATIENCE_S)
        assert session.state == "done"


async def test_a_step_answers_one_question():
    """The scenario's operator answers the first question, and the second waits again."""
    async with played("asks_twice") as (session, _):
        await until(lambda: session.awaits_answers)
        first = session.question
        session.step()
        await until(lambda: session.awaits_answers and session.question != first)
        assert not session.may_go_on


async def test_a_cancelled_session_is_not_gone_on_with():
    """The playing ends with the session."""
    async with played("asks_once") as (session, task):
        await until(lambda: session.awaits_answers)
        session.cancel(discard_files=False)
        await asyncio.wait_for(task, PATIENCE_S)
        assert session.state == "aborted"


async def test_a_session_that_nobody_answers_is_abandoned(monkeypatch):
    """After an hour, here a moment, a session that waits is aborted."""
    from datetime import timedelta

    monkeypatch.setattr(demo_session, "ABANDONED_AFTER", timedelta(0))
    async with played("asks_once") as (session, task):
        await asyncio.wait_for(task, PATIENCE_S)
        assert session.inner.error.code == "session_abandoned"

"""Tasks of one owner: their failures are told, and none outlives it."""

import asyncio
from contextlib import suppress

import pytest

from exlab_gui.models.background import tasks as tasks_module
from exlab_gui.models.background.tasks import Tasks


class Owner:
    def __init__(self) -> None:
        self.told: list[BaseException] = []
        self.tasks = Tasks(self.take)

    def take(self, error: BaseException) -> None:
        self.told.append(error)


async def test_a_failure_is_told():
    """Whatever a task ends with reaches the owner, once."""
    owner = Owner()
    tasks = owner.tasks
    error = KeyError("operations")

    async def fail() -> None:
        raise error

    tasks.run(fail())
    await tasks.ended()
    assert owner.told == [error]


async def test_cancelling_ends_all_and_tells_nothing():
    """Whoever closes wants no word of what was cut short; a second time changes nothing."""
    owner = Owner()
    tasks = owner.tasks
    closed: list[int] = []

    async def hold(number: int) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            closed.append(number)

    for number in range(3):
        tasks.run(hold(number))
    await asyncio.sleep(0)
    tasks.cancel()
    tasks.cancel()
    await tasks.ended()
    assert sorted(closed) == [0, 1, 2]
    assert owner.told == []


async def test_a_task_may_wait_for_those_before_it():
    """It leaves itself out, and so does not wait for ever."""
    order: list[str] = []
    tasks = Owner().tasks

    async def first() -> None:
        await asyncio.sleep(0)
        order.append("first")

    async def second() -> None:
        await tasks.ended()
        order.append("second")

    tasks.run(first())
    await tasks.run(second())
    assert order == ["first", "second"]


def test_tasks_of_a_loop_that_is_gone_are_not_waited_for():
    """A window that outlives its loop can still be closed."""
    tasks = Owner().tasks

    async def begin() -> None:
        tasks.run(asyncio.sleep(0))

    first = asyncio.new_event_loop()
    first.run_until_complete(begin())
    asyncio.run(tasks.ended())
    first.run_until_complete(tasks.ended())
    first.close()


async def test_a_task_that_swallows_a_cancel_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cancelled again when it has had its time to close what it has."""
    monkeypatch.setattr(tasks_module, "_AGAIN_S", 0.01)
    monkeypatch.setattr(tasks_module, "_CLOSING_S", 0.02)

    async def deaf() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.get_running_loop().create_future()
        await asyncio.get_running_loop().create_future()

    owner = Owner()
    owner.tasks.run(deaf())
    await asyncio.sleep(0)
    owner.tasks.cancel()
    async with asyncio.timeout(10):
        await owner.tasks.ended()

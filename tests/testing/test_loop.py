"""The loop under a window in a test drives tasks whenever Qt's events are processed."""

import asyncio

from exlab_gui.testing.loop import qt_loop


def test_a_task_goes_on_while_the_loop_does_not_run(qapp):
    """What is processed between a test and the end of its fixtures has its running loop, too."""
    loop = qt_loop()
    gate = asyncio.Event()

    async def timed():
        await gate.wait()
        async with asyncio.timeout(60):  # asks for the running loop
            await asyncio.sleep(0)
        return "ended"

    try:
        task = loop.create_task(timed())
        loop.run_until_complete(asyncio.sleep(0))
        gate.set()
        for _ in range(20):
            qapp.processEvents()
        assert task.done()
        assert task.result() == "ended"
        assert asyncio._get_running_loop() is None
    finally:
        loop.close()

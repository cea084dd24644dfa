"""A stream that is left, for whatever reason, is left at once."""

import asyncio
from contextlib import suppress

import pytest

from exlab_gui.sources.live import stream
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.errors import LostError
from exlab_gui.sources.live.subscription import listen


class Compares:
    """A listener that waits in its comparison, or finds the server gone in it."""

    forgotten = False

    def __init__(self, session_id, lost):
        self.session_id = session_id
        self.compared = asyncio.Event()
        self._lost = lost

    def take_message(self, message):
        """Nothing is told in this test."""

    def set_stream_notice(self, sentence):
        """How the stream is is not looked at."""

    async def compare(self):
        self.compared.set()
        if self._lost:
            raise LostError("The server did not answer.")
        await asyncio.Event().wait()

    async def refresh(self, *, exact=False):
        await asyncio.Event().wait()


@pytest.mark.parametrize("lost", [True, False])
async def test_a_stream_that_is_left_has_no_connection(demo, monkeypatch, lost):
    """While the snapshot is asked for in vain, or given up, no connection takes events away."""
    monkeypatch.setattr(stream, "QUIET_S", 0.01)
    before = asyncio.all_tasks()
    listener = Compares(demo.open("happy_path", held=True).session_id, lost)
    task = asyncio.create_task(listen(parse_address(demo.url), listener))
    await listener.compared.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    left = {repr(one) for one in asyncio.all_tasks() - before}
    assert not [name for name in left if "keepalive" in name or "aclose" in name]

"""The event loop that Qt drives, with what qasync's own lacks."""

import asyncio
import sys
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Any, Self

import qasync


class EventLoop(qasync.QEventLoop):  # type: ignore[misc]
    """Closes async generators that are left before their end, as asyncio's own loops do.

    Without that, a library that leaves one loses the connection that the generator holds. As a
    context it is asyncio's current loop: qasync also calls back while it does not run.
    """

    def __enter__(self) -> Self:
        asyncio.set_event_loop(self)
        return self

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        asyncio.set_event_loop(None)

    def run_forever(self) -> int:
        with closing_generators(self):
            status: int = super().run_forever()
        return status


@contextmanager
def closing_generators(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Have `loop` close the generators that are begun in this thread within the block."""

    def close(generator: AsyncGenerator[Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(loop.create_task, generator.aclose())

    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(finalizer=close)
    try:
        yield
    finally:
        sys.set_asyncgen_hooks(*before)

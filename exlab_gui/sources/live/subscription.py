"""Reading a session's event stream to its end, and holding it against the session's snapshot.

The stream alone does not tell enough: a session that fails or is aborted just falls silent, one
that was read to its end before stays silent for ever, and others may read some of its events.
"""

import asyncio
from contextlib import aclosing
from typing import Protocol

from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.backoff import Backoff
from exlab_gui.sources.live.errors import LostError, ServerError, ServerRefusedError
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.stream import StreamSignal, messages

_UNKNOWN_STATUS = 403


class Listener(Protocol):
    """The session that is listened to."""

    session_id: str
    record: ObservedHistory
    forgotten: bool

    def heard(self, message: bytes) -> None:
        """Take in a message."""

    def notice(self, sentence: str) -> None:
        """Say how the stream is; empty: as it should be."""

    def failed(self, error: ServerError) -> None:
        """Take in that something could not be understood, or was refused."""

    async def compare(self) -> None:
        """Hold the session's snapshot against what the stream told. Raises LostError."""

    async def refresh(self, *, exact: bool = False) -> None:
        """Take in the session's snapshot. Raises LostError."""


async def listen(address: Address, session: Listener) -> None:
    """Let `session` hear its events until there are no more.

    The connection is made again where it breaks. It ends where the server closes the stream, where
    the session is over and nothing comes, and where the server no longer knows it.
    """
    backoff = Backoff()
    while not session.forgotten:
        try:
            await _once(address, session, backoff)
            return
        except ServerRefusedError as refused:
            # With this it refuses a session that it does not know; the snapshot tells for sure.
            await _refresh_if_possible(session)
            if not session.forgotten:
                session.failed(refused)
                if refused.status == _UNKNOWN_STATUS:
                    return
            session.notice(str(refused))
        except LostError as lost:
            session.notice(f"{lost} Trying again.")
        await asyncio.sleep(backoff.next_s())
        # What the stream told before a restart must not be waited for after it.
        await _refresh_if_possible(session)


async def _once(address: Address, session: Listener, backoff: Backoff) -> None:
    # Left before its end, a stream that nobody closes keeps its connection until it is collected.
    async with aclosing(messages(address, session.session_id)) as stream:
        async for message in stream:
            if message is StreamSignal.OPEN:
                session.notice("")
                continue
            backoff.reset()
            if isinstance(message, bytes):
                session.heard(message)
                continue
            await session.compare()
            if session.forgotten or session.record.is_over:
                return
    await session.refresh(exact=True)
    if not session.record.is_over:
        raise LostError("The server closed the event stream, but the session is not over.")


async def _refresh_if_possible(session: Listener) -> None:
    try:
        await session.refresh()
    except LostError as lost:
        session.notice(f"{lost} Trying again.")

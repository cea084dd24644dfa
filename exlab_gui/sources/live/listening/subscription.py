"""Reading a session's event stream to its end, and comparing it with snapshots.

The stream is not complete: it does not report a failure or an abort, stays silent if it was read to
its end before, and other listeners may take some of its events.
"""

import asyncio
from collections.abc import Callable

from exlab_gui.core.text.translation import phrase
from exlab_gui.sources.live.address import Address
from exlab_gui.sources.live.errors import LostError, ServerRefusedError
from exlab_gui.sources.live.reconnect import Backoff
from exlab_gui.sources.live.session import ObservedSession
from exlab_gui.sources.live.transport.event_stream import EventStream, StreamSignal

_UNKNOWN_STATUS = 403


async def listen(address: Callable[[], Address], session: ObservedSession) -> None:
    """Pass the session's events to `session` until the stream ends.

    A broken connection is made again, to where the server is by then; until then the session is
    polled. It ends if the server closes the stream, if the session is over and silent, or if the
    server no longer knows it.
    """
    backoff = Backoff()
    while not session.forgotten:
        try:
            await _once(address(), session, backoff)
            return
        except ServerRefusedError as refused:
            # With this it refuses a session that it does not know; the snapshot tells for sure.
            await _refresh_if_possible(session)
            if not session.forgotten:
                session.take_failure(refused)
                if refused.status == _UNKNOWN_STATUS:
                    return
            session.note_broken_stream(str(refused))
        except LostError as lost:
            session.note_broken_stream(phrase("{lost} Reconnecting…", lost=lost))
        await asyncio.sleep(backoff.next_s())
        # What the stream told before a restart must not be waited for after it.
        await _refresh_if_possible(session)


async def _once(address: Address, session: ObservedSession, backoff: Backoff) -> None:
    stream = EventStream(address, session.session_id)
    try:
        async with stream:
            session.note_stream()
            ended = await _read(stream, session, backoff)
    finally:
        if rest := stream.rest():
            session.take_messages(rest)
        if stream.is_cut_off:
            session.note_loss()
    if not ended:
        return
    await session.refresh(exact=True)
    if not session.observed.is_over:
        raise LostError(phrase("The server closed the event stream, but the session is not over."))


async def _read(stream: EventStream, session: ObservedSession, backoff: Backoff) -> bool:
    """Read to the end of the stream, or of the session; return whether the stream ended."""
    while (messages := await stream.next()) is not StreamSignal.END:
        backoff.reset()
        if isinstance(messages, list):
            session.take_messages(messages)
            continue
        await session.compare()
        if session.forgotten or session.observed.is_over:
            return False
    return True


async def _refresh_if_possible(session: ObservedSession) -> None:
    try:
        await session.refresh()
    except LostError as lost:
        session.note_broken_stream(phrase("{lost} Reconnecting…", lost=lost))

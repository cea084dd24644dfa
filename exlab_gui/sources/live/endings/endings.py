"""Finding out why sessions ended so, once each."""

import asyncio
from datetime import timedelta
from itertools import islice

import msgspec

from exlab_gui.core.protocol.explained import Explained
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.endings.run_details import read_run
from exlab_gui.sources.live.endings.server_log import serious_lines, server_log_path
from exlab_gui.sources.live.errors import NotUnderstoodError, ServerRefusedError
from exlab_gui.sources.live.server_file import ServerFileError
from exlab_gui.sources.live.session import UNKNOWN_STATUS, ObservedSession

AT_A_TIME = 20
"""The most sessions that are asked about between two polls."""

_LONGEST = timedelta(minutes=1)
"""Of an end that is known less exactly, no lines are looked for: they may be about anything."""

_BEFORE = timedelta(seconds=2)
"""A failure is logged shortly before the session ends."""


class Endings:
    """The sessions of a server whose end is not explained yet."""

    def __init__(self) -> None:
        self._waiting: dict[str, ObservedSession] = {}

    def add(self, session: ObservedSession) -> None:
        """Explain the end of `session` as soon as it has come."""
        self._waiting[session.session_id] = session

    def is_explained(self, session: ObservedSession) -> bool:
        """Return whether `session` is over, and nothing more is to be found out."""
        return session.observed.is_over and session.session_id not in self._waiting

    @property
    def are_due(self) -> bool:
        """Whether a session has ended whose end is not explained yet."""
        return any(one.observed.is_over for one in self._waiting.values())

    async def explain(self, client: Client) -> None:
        """Ask the server about sessions that have ended. Raises LostError."""
        over = (one for one in self._waiting.values() if one.observed.is_over)
        for session in list(islice(over, AT_A_TIME)):
            explained = await _explained(session, client)
            del self._waiting[session.session_id]
            session.take_explanation(explained)


async def _explained(session: ObservedSession, client: Client) -> Explained:
    end = session.observed.entered
    explained = Explained()
    if end.result is not None and isinstance(path := end.result.get("path"), str):
        try:
            explained = read_run(await client.run(path)).explained
        except (NotUnderstoodError, ServerRefusedError) as error:
            # It need not be there: a folder that was moved, or another version of the server.
            if not (isinstance(error, ServerRefusedError) and error.status == UNKNOWN_STATUS):
                session.take_failure(error)
    failed = session.machine.emits(end.state) == "failed"
    if not client.address.is_local or not (failed or explained.failures):
        return explained
    # A plugin fails some time before the session ends, but not before it was opened.
    opened = session.history[0]
    begin = (end.earliest or end.at) - _BEFORE if failed else end.at - _LONGEST
    begin = max(begin, opened.earliest or opened.at)
    trace_id = end.error.trace_id if end.error else None
    if end.at - begin > _LONGEST and trace_id is None:
        return explained
    try:
        path = server_log_path()
    except ServerFileError:  # this user has no home folder
        return explained
    lines = await asyncio.to_thread(serious_lines, path, begin, end.at, trace_id)
    return msgspec.structs.replace(explained, log=lines)

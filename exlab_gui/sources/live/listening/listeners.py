"""Listening to the sessions of a server from their first sight on."""

import asyncio
from itertools import chain, islice
from typing import TYPE_CHECKING

from exlab_gui.sources.commands import Listen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exlab_gui.sources.live.source import LiveSource

MOST = 64
"""So many streams are open at a time; the other sessions are polled until one ends."""


class Listeners:
    """The tasks that listen to the sessions of one server, or to its session `session_id` only."""

    def __init__(self, session_id: str | None = None) -> None:
        self._only = session_id
        self._waiting: dict[str, LiveSource] = {}
        self._tasks: dict[asyncio.Task[None], LiveSource] = {}

    def add(self, sources: "Iterable[LiveSource]") -> None:
        """Listen to `sources`, as soon as there is room."""
        for source in sources:
            if self._only in (None, source.session_id):
                self._waiting[source.session_id] = source
        self.go_on()

    def go_on(self) -> None:
        """Listen to those that wait, as far as there is room: first to those that still go on.

        Raises what a listener has raised.
        """
        for task in [task for task in self._tasks if task.done()]:
            del self._tasks[task]
            if not task.cancelled():
                task.result()
        room = MOST - len(self._tasks)
        if not self._waiting or room <= 0:
            return
        going_on = (one for one in self._waiting.values() if not one.is_settled)
        settled = (one for one in self._waiting.values() if one.is_settled)
        for source in [*islice(chain(going_on, settled), room)]:
            del self._waiting[source.session_id]
            listen = Listen(on=True)
            if not source.is_wanted or source.why_not(listen) is not None:
                continue
            if (work := source.send(listen)) is not None:
                self._tasks[asyncio.get_running_loop().create_task(work)] = source

    async def stop(self) -> None:
        """End all of them; their connections are closed then."""
        self._waiting.clear()
        tasks, self._tasks = self._tasks, {}
        for source in tasks.values():
            if source.listening:
                source.send(Listen(on=False))
        await asyncio.gather(*tasks, return_exceptions=True)

"""Sessions of a running ExLab-Wizard, for tests of the server itself."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from msgspec.structs import replace

from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.sources.commands import Cancel, Command, Listen, Resume
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.server import LiveServer
from exlab_gui.sources.live.source import LiveSource
from exlab_gui.sources.source import RefusedError
from exlab_gui.testing.assertions import assert_state, walk_lines
from exlab_gui.testing.errors import NotPossibleError

TIMEOUT_S = 60.0
"""How long a test waits for a server by default."""


class Wizard:
    """Opens sessions on the ExLab-Wizard at `url`, and observes them while a test waits."""

    def __init__(self, url: str) -> None:
        self._runner = asyncio.Runner()
        self._server = LiveServer(parse_address(url))
        self._tasks: list[asyncio.Task[None]] = []

    def open(self, request: Mapping[str, Any]) -> "WizardSession":
        """Open a session with the body of a request, and listen to its events from the first on.

        Raises ServerError if the server refuses it.
        """
        return self._runner.run(self._open(request))

    def close(self) -> None:
        self._runner.run(self._close())
        self._runner.close()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        self._runner.run(work)

    async def _open(self, request: Mapping[str, Any]) -> "WizardSession":
        if not self._tasks:
            self._start(self._server.run())
        snapshot = await self._server.client.open(request)
        source = await self._server.find(snapshot.session_id)
        source.shown = True
        async with asyncio.timeout(TIMEOUT_S):
            await until(self._server.subscribe, lambda: self._server.connected)
        self._send(source, Listen(on=True))
        return WizardSession(self, source)

    def _send(self, source: LiveSource, command: Command) -> None:
        if (work := source.send(command)) is not None:
            self._start(work)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(work))

    async def _close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.client.close()


class WizardSession:
    """A session of the server: what was observed of it, and what an operator can do."""

    machine: StateMachine = CREATION_MACHINE

    def __init__(self, wizard: Wizard, source: LiveSource) -> None:
        self._wizard = wizard
        self._source = source

    @property
    def state(self) -> str:
        return self._source.observed.state

    @property
    def history(self) -> Sequence[Event]:
        """What was observed, in the order in which it happened, not in which it became known."""
        known = (e for e in self._source.history if not isinstance(e.cause, Explained))
        return [replace(event, seq=n, earliest=None) for n, event in enumerate(known, 1)]

    @property
    def error(self) -> Mapping[str, Any] | None:
        """Why the session failed or was aborted: ``code``, ``message`` and more."""
        error = self.history[-1].error
        if error is None:
            return None
        return {"code": error.code, "message": error.message, "field": error.field}

    def wait_for(self, state: str, timeout: float = TIMEOUT_S) -> None:
        """Return when the session is in `state`.

        Raises TimeoutError, with what was observed, after `timeout` seconds, or if the session ends
        in another state.
        """
        __tracebackhide__ = True
        assert_state(state, self.machine.states)
        with suppress(TimeoutError):
            self._wizard.run(self._wait(state, timeout))
        if self.state != state:
            lines = walk_lines(self.machine, self.history)
            raise TimeoutError("\n".join([f"The session is in {self.state}, not {state}.", *lines]))

    def answer(self, /, **inputs: Any) -> None:
        """Answer the plugin's question, and return when the session goes on.

        A wrong answer makes the plugin ask again. Raises NotPossibleError if nothing is asked.
        """
        asked = self._source.history[-1].seq
        self._command(Resume(inputs))
        self._wizard.run(self._wait_for_news(asked))

    def cancel(self, *, discard_files: bool = False) -> None:
        self._command(Cancel(discard_files))

    def _command(self, command: Command) -> None:
        async def send() -> None:
            if (work := self._source.send(command)) is not None:
                await work

        try:
            self._wizard.run(send())
        except RefusedError as refusal:
            raise NotPossibleError(str(refusal)) from None

    async def _wait(self, state: str, timeout: float) -> None:
        source = self._source
        async with asyncio.timeout(timeout):
            await until(source.subscribe, lambda: self.state == state or self._is_complete)
            if self._is_complete:  # what waits in the stream is still to come
                await until(source.subscribe, lambda: not source.listening)

    async def _wait_for_news(self, known: int) -> None:
        async with asyncio.timeout(TIMEOUT_S):
            await until(self._source.subscribe, lambda: self._source.history[-1].seq > known)

    @property
    def _is_complete(self) -> bool:
        return self._source.observed.is_over


async def until(subscribe: Callable[..., object], condition: Callable[[], object]) -> None:
    """Return when `condition` is true; it is asked with each call that `subscribe` arranges."""
    changed = asyncio.Event()
    subscribe(changed.set)
    while not condition():
        await changed.wait()
        changed.clear()


@contextmanager
def connected(url: str) -> Iterator[Wizard]:
    """Yield the ExLab-Wizard at `url`."""
    wizard = Wizard(url)
    try:
        yield wizard
    finally:
        wizard.close()

"""A kind of source that the program does not know."""

import asyncio
from collections.abc import Iterable

from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.sources.commands import Command, Pause, Play, StepOnce
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.sources.source import SessionSource, SourceTraits, Work


class ConstantSource(SessionSource):
    """A session to which `events` happen, whatever comes: one for each step, or while it plays."""

    traits = SourceTraits(
        origin="constant",
        short="Constant",
        title="Constant session",
        icon="replay",
        commands=frozenset({StepOnce, Play, Pause}),
        refusal="What happens to a constant session is fixed.",
    )
    info = SessionInfo("const-1")

    def __init__(self, machine: StateMachine, events: Iterable[Event]) -> None:
        super().__init__()
        self.machine = machine
        first, *self._coming = events
        self.history = [first]
        self._playing = False

    def _why_not_now(self, command: Command) -> str | None:
        if isinstance(command, Pause):
            return None if self._playing else "Nothing is playing."
        return None if self._coming and not self._playing else "It plays, or nothing more comes."

    def _carry_out(self, command: Command) -> Work | None:
        self._playing = isinstance(command, Play)
        if isinstance(command, StepOnce):
            self.history.append(self._coming.pop(0))
        return self._play() if self._playing else None

    async def _play(self) -> None:
        while self._playing and self._coming:
            await asyncio.sleep(0.001)
            self.history.append(self._coming.pop(0))
            self.changed()
        self._playing = False
        self.changed()

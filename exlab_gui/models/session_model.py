"""One session as the window shows it: the only place where shown state changes."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from exlab_gui.core.envelopes import InputRequiredEnvelope
from exlab_gui.core.events import Event
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.walk import Walk
from exlab_gui.sources.commands import Command
from exlab_gui.sources.source import RefusedError, SessionSource, Work

FRAME_MS = 16
"""Changes that a source reports faster than this are shown together."""


class SessionModel(QObject):
    """A source's session, and the commands for it.

    `changed` follows every change of anything that is shown. What a user asked for is shown at
    once; a source that changes faster than the screen is shown once a frame.
    """

    changed = Signal()
    refused = Signal(str)
    """A command was refused or went wrong, and why."""

    def __init__(self, source: SessionSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._walk = Walk(source.machine, source.history)
        self._playing = source.playing
        self._tasks: set[asyncio.Task[None]] = set()
        self._since_shown = QElapsedTimer()
        self._since_shown.start()
        self._frame = QTimer(self, singleShot=True)
        self._frame.timeout.connect(self._apply)
        source.subscribe(self._source_changed)

    @property
    def label(self) -> str:
        """The session's short name."""
        return self.source.label

    @property
    def machine(self) -> StateMachine:
        """The machine that the session runs through."""
        return self.source.machine

    @property
    def history(self) -> Sequence[Event]:
        """Everything that happened; a session that began anew has a new sequence in this place."""
        return self._walk.history

    @property
    def count(self) -> int:
        """How many events are shown: the history may be ahead by less than a frame."""
        return self._walk.count

    @property
    def walk(self) -> Walk:
        """The way that the session took."""
        return self._walk

    @property
    def state(self) -> str:
        """The state that the session is in."""
        return self._walk.state()

    @property
    def phase(self) -> str | None:
        """The phase that this state reports."""
        return self.machine.phase(self.state)

    @property
    def entered(self) -> Event:
        """The event that led into this state."""
        return self._walk.entered()

    @property
    def is_over(self) -> bool:
        """Whether nothing can follow."""
        return self.state in self.machine.terminal

    @property
    def pending_input(self) -> InputRequiredEnvelope | None:
        """What the operator is asked for now."""
        asked = self.entered.envelope
        return asked if isinstance(asked, InputRequiredEnvelope) else None

    @property
    def playing(self) -> bool:
        """Whether the session goes on by itself."""
        return self._playing

    def now(self) -> datetime:
        """Return the time at the session's place, in UTC."""
        return self.source.now()

    def why_not(self, command: Command) -> str | None:
        """Return why `command` would be refused now, or None where it would not."""
        return self.source.why_not(command)

    def request(self, command: Command) -> bool:
        """Have `command` carried out; return False, and emit `refused`, where it is refused."""
        try:
            work = self.source.send(command)
        except RefusedError as refusal:
            self.refused.emit(str(refusal))
            return False
        if work is not None:
            self._run(work)
        if self._frame.isActive():
            self._apply()
        return True

    def close(self) -> None:
        """Stop whatever goes on, and take no more notice of the source."""
        self.source.close()
        self._playing = False
        self._frame.stop()
        for task in self._tasks:
            task.cancel()

    async def ended(self) -> None:
        """Return when everything that was begun has ended, after `close`."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _run(self, work: Work) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.refused.emit(str(error) or type(error).__name__)

    def _source_changed(self) -> None:
        if self._since_shown.hasExpired(FRAME_MS):
            self._apply()
        elif not self._frame.isActive():
            self._frame.start(FRAME_MS)

    def _apply(self) -> None:
        self._frame.stop()
        self._since_shown.restart()
        self._playing = self.source.playing
        if self.source.history is self._walk.history:
            self._walk.extend()
        else:
            self._walk = Walk(self.machine, self.source.history)
        self.changed.emit()

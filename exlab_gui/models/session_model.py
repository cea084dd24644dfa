"""One session as the window shows it: the only place where shown state changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.index import SessionAnalysis
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event
from exlab_gui.models.tasks import Tasks
from exlab_gui.sources.commands import Command
from exlab_gui.sources.recorder import Recorder
from exlab_gui.sources.source import RefusedError, SessionSource

FRAME_MS = 16
"""Changes that a source reports faster than this are shown together."""


class SessionModel(QObject):
    """A source's session, at the moment that the source shows, and the commands for it.

    A long history is given together with its `index`, which takes time to make.

    `changed` follows every change of anything that is shown. What a user asked for is shown at
    once; a source that changes faster than the screen is shown once a frame.
    """

    changed = Signal()
    refused = Signal(str)
    """A command was refused or went wrong, and why."""
    field_refused = Signal(str, str)
    """It was, and on account of an answer: its field's id, and why."""
    recording_stopped = Signal(str)
    """The session is no more written to a file; why, where nobody asked for that."""

    def __init__(self, source: SessionSource, index: SessionAnalysis | None = None) -> None:
        super().__init__()
        self.source = source
        self._index = index or SessionAnalysis(source.machine, source.history)
        self._recorder: Recorder | None = None
        self._playing = source.playing
        self._tasks = Tasks(self._work_failed)
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
        return self.visits.history

    @property
    def count(self) -> int:
        """How many events there are to show: the history may be ahead by less than a frame."""
        return self.visits.count

    @property
    def visits(self) -> StateHistory:
        """The way that the session took."""
        return self._index.visits

    @property
    def findings(self) -> Mapping[int, Sequence[Finding]]:
        """How the session does not obey its machine, by the place of the event concerned."""
        return self._index.findings

    @property
    def problem_count(self) -> int:
        """How many violations there are, and parts that could not be read or understood."""
        return self._index.violations + len(self.source.problems)

    def finding_after(self, position: int) -> int | None:
        """Return the first moment after `position` with a finding, else the first one of all."""
        positions = sorted(position + 1 for position in self.findings)
        return next((m for m in positions if m > position), positions[0] if positions else None)

    @property
    def position(self) -> int | None:
        """After how many events the session is shown; None: as it is now."""
        return self.source.position

    @property
    def shown_count(self) -> int:
        """How many events have happened at the moment that is shown."""
        return self.count if self.position is None else self.position

    @property
    def state(self) -> str:
        """The state that the session is in, at the moment that is shown."""
        return self.visits.state(self.position)

    @property
    def phase(self) -> str | None:
        """The phase that this state reports."""
        return self.machine.phase(self.state)

    @property
    def entered(self) -> Event:
        """The event that led into this state."""
        return self.visits.entered(self.position)

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

    @property
    def recorded_to(self) -> Path | None:
        """The file that the session is written to as it happens, or None."""
        return self._recorder.path if self._recorder else None

    def now(self) -> datetime:
        """Return the time at the moment that is shown, in UTC."""
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
            self._tasks.run(work)
        if self._frame.isActive():
            self._apply()
        return True

    def record(self, path: Path) -> None:
        """Write the session to `path` from now on, all that happened so far first.

        Raises OSError where the file cannot be written.
        """
        self.stop_recording()
        recorder = Recorder(path, self.source.recording().header, self.history)
        recorder.write(self.count)
        self._recorder = recorder

    def stop_recording(self, why: str = "") -> None:
        """Close the file that the session is written to, if there is one."""
        if self._recorder is not None:
            self._recorder.close()
            self._recorder = None
            self.recording_stopped.emit(why)

    def close(self) -> None:
        """Stop whatever goes on, and take no more notice of the source."""
        self.source.close()
        self.stop_recording()
        self._playing = False
        self._frame.stop()
        self._tasks.cancel()

    async def ended(self) -> None:
        """Return when everything that was begun has ended, after `close`."""
        await self._tasks.ended()

    def _work_failed(self, error: BaseException) -> None:
        self.refused.emit(str(error) or type(error).__name__)
        if isinstance(error, RefusedError) and error.field is not None:
            self.field_refused.emit(error.field, str(error))

    def _source_changed(self) -> None:
        if self._since_shown.hasExpired(FRAME_MS):
            self._apply()
        elif not self._frame.isActive():
            self._frame.start(FRAME_MS)

    def _apply(self) -> None:
        self._frame.stop()
        self._since_shown.restart()
        self._playing = self.source.playing
        if self.source.history is self.history:
            self._index.extend()
            self._write()
        else:
            self.stop_recording("Recording ended, since the session was started again.")
            self._index = SessionAnalysis(self.machine, self.source.history)
        self.changed.emit()

    def _write(self) -> None:
        if self._recorder is None:
            return
        try:
            self._recorder.write(self.count)
        except OSError as error:
            self.stop_recording(f"{self._recorder.path.name}: recording stopped: {error.strerror}.")

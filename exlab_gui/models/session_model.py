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
from exlab_gui.core.text.sanitize import error_text, file_name
from exlab_gui.models import playhead
from exlab_gui.models.playhead import Playhead
from exlab_gui.models.tasks import Tasks
from exlab_gui.sources.commands import Command, Listen, Move, Pause, Resume, SetScenario
from exlab_gui.sources.metadata import SessionInfo
from exlab_gui.sources.recorder import Recorder
from exlab_gui.sources.source import RefusedError, SessionSource, SourceTraits, Work

FRAME_MS = 16
"""Changes that a source reports faster than this are shown together."""

_SHOWS_THE_PAST = "The window shows the past. Go to the latest moment to move the session."


class SessionModel(QObject):
    """A source's session, at the position that is shown, and the commands for it.

    What it tells is what is shown, whatever the source is at by now: it changes with `changed`
    alone. What a user asked for is shown at once; a source that changes faster than the screen is
    shown once a frame. A long history is given together with its `index`, which takes time to make.
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
        self._playhead = self._begin()
        self._refusals: dict[Command, str | None] = {}
        self._recorder: Recorder | None = None
        self._tasks = Tasks(self._work_failed)
        self._since_shown = QElapsedTimer()
        self._since_shown.start()
        self._frame = QTimer(self, singleShot=True)
        self._frame.timeout.connect(self._apply)
        source.subscribe(self._source_changed)
        self._look()

    @property
    def traits(self) -> SourceTraits:
        """What the session has in common with others of its source."""
        return self.source.traits

    @property
    def info(self) -> SessionInfo:
        """What is known of the session, besides its history."""
        return self._info

    @property
    def label(self) -> str:
        """The session's short name."""
        return self._info.label

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
        return self._index.violations + len(self._info.problems)

    def finding_after(self, position: int) -> int | None:
        """Return the first moment after `position` with a finding, else the first one of all."""
        positions = sorted(position + 1 for position in self.findings)
        return next((m for m in positions if m > position), positions[0] if positions else None)

    @property
    def position(self) -> int | None:
        """After how many events the session is shown; None: as it is now."""
        return self._position

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
        """Return the time at the position that is shown, in UTC."""
        return self.source.now() if self._position is None else self._playhead.now()

    def go_to(self, position: int | None) -> None:
        """Show the session at `position`; None, or one beyond the end: as it is now."""
        self._playhead.go_to(position)
        self._refusals.clear()
        self._apply()

    def can(self, command: type[Command]) -> bool:
        """Return whether such commands are ever carried out."""
        return command in self.traits.commands or self._is_played(command)

    def why_not(self, command: Command) -> str | None:
        """Return why `command` would be refused now, or None if it would not.

        Each question is answered once, and again after the next change.
        """
        if isinstance(command, Resume | SetScenario):
            return self._ask(command)  # what these hold is no key
        if command not in self._refusals:
            self._refusals[command] = self._ask(command)
        return self._refusals[command]

    def request(self, command: Command) -> bool:
        """Have `command` carried out; if it is refused, return False and emit `refused`."""
        try:
            work = self._send(command)
        except RefusedError as refusal:
            self.refused.emit(str(refusal))
            return False
        if work is not None:
            self._tasks.run(work)
        if self._frame.isActive():
            self._apply()
        return True

    def request_if_possible(self, command: Command) -> None:
        """Have `command` carried out, unless it would be refused."""
        if self.why_not(command) is None:
            self.request(command)

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
        self._playhead.close()
        self.stop_recording()
        self._playing = False
        self._frame.stop()
        self._tasks.cancel()

    async def ended(self) -> None:
        """Return when everything that was begun has ended, after `close`."""
        await self._tasks.ended()

    def _work_failed(self, error: BaseException) -> None:
        self.refused.emit(error_text(error))
        if isinstance(error, RefusedError) and error.field is not None:
            self.field_refused.emit(error.field, str(error))

    def _begin(self) -> Playhead:
        """Return the playhead of a history that is new, at its end."""
        playhead = Playhead(self.source.history)
        playhead.subscribe(self._source_changed)
        return playhead

    def _is_played(self, command: type[Command]) -> bool:
        """Return whether the playhead carries out such commands, instead of the source."""
        return command in playhead.COMMANDS and not self.traits.grows

    def _send(self, command: Command) -> Work | None:
        if reason := self.why_not(command):
            raise RefusedError(reason)
        if self._is_played(type(command)):
            return self._playhead.send(command)
        return self.source.send(command)

    def _ask(self, command: Command) -> str | None:
        if self._is_played(type(command)):
            return self._playhead.why_not(command)
        acts = isinstance(command, Move) or command == Listen(on=True)
        if acts and self._playhead.position is not None and self.can(type(command)):
            return _SHOWS_THE_PAST
        return self.source.why_not(command)

    def _source_changed(self) -> None:
        self._refusals.clear()
        if self._since_shown.hasExpired(FRAME_MS):
            self._apply()
        elif not self._frame.isActive():
            self._frame.start(FRAME_MS)

    def _apply(self) -> None:
        self._frame.stop()
        self._since_shown.restart()
        if self.source.history is self.history:
            self._index.extend()
            self._write()
        else:
            self.stop_recording("Recording ended, since the session was started again.")
            self._index = SessionAnalysis(self.machine, self.source.history)
            self._playhead = self._begin()
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        """Take in where the session is shown, and what is known besides its history."""
        self._position = self._playhead.position
        self._info = self.source.info
        self._playing = self.why_not(Pause()) is None

    def _write(self) -> None:
        if self._recorder is None:
            return
        try:
            self._recorder.write(self.count)
        except OSError as error:
            name = file_name(self._recorder.path.name)
            self.stop_recording(f"{name}: recording stopped: {error.strerror}.")

"""One session as the window shows it: shown state changes nowhere else."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from weakref import WeakMethod

from PySide6.QtCore import QObject, Signal

from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.text.sanitize import error_text
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.models import playhead
from exlab_gui.models.background.frames import Frames
from exlab_gui.models.background.tasks import Tasks
from exlab_gui.models.playhead import Playhead
from exlab_gui.models.session_recording import SessionRecording
from exlab_gui.models.shown_values import ShownValues
from exlab_gui.sources.commands import Command, Listen, Move, Pause, Undo
from exlab_gui.sources.source import RefusedError, SessionSource, Work

_SHOWS_THE_PAST = phrase(
    "The window shows a past position. Go to the latest event to change the session, or fork here."
)


Follower = WeakMethod[Callable[["SessionModel"], None]]


class SessionModel(QObject, ShownValues):
    """A source's session at the shown position, and the commands for it.

    Its values change only with `changed`, at most once a frame, whatever the source does meanwhile;
    a user's command shows at once. Pass `index` with a long history: it takes time to compute.
    """

    changed = Signal()
    refused = Signal(str)
    """Why a command was refused or failed."""
    field_refused = Signal(str, str)
    """The id of the field whose answer was refused, and why."""
    recording_stopped = Signal(str)
    """Why recording stopped, and what is missing in the file; empty if the user stopped it."""
    recording_stalled = Signal(str)
    """Why events cannot be recorded now; empty if they can be again, and are."""

    def __init__(self, source: SessionSource, index: SessionAnalysis | None = None) -> None:
        super().__init__()
        self.source = source
        self._index = index or SessionAnalysis(source.machine, source.history)
        self.arrivals = source.arrivals
        """All events in the order of arrival, in which they are recorded."""
        self._playhead = self._begin()
        # What the playhead carries out instead of the source.
        self._played = frozenset() if source.traits.grows else playhead.COMMANDS
        self._refusals: dict[Command, str | None] = {}
        self.followers: list[Follower] = []
        """Are told of each change before `changed` is; to connect that takes ten times as long."""
        self.is_closed = False
        self._moved_until = 0
        self._recording = SessionRecording(self.recording_stopped, self.recording_stalled)
        self._tasks = Tasks(self._work_failed)
        self._frames = Frames(self._apply)  # faster changes are shown together
        source.subscribe(self._source_changed)
        self._look()

    @property
    def recorded_to(self) -> Path | None:
        return self._recording.path

    @property
    def unsaved(self) -> bool:
        """Whether what the user did with the session would be lost with this program."""
        return self._moved_until > self._recording.kept

    def note_saved(self, count: int) -> None:
        self._recording.kept = max(self._recording.kept, count)

    def now(self) -> datetime:
        """Return the time at the playhead, in UTC."""
        return self.source.now() if self.position is None else self._playhead.now()

    def latest(self) -> datetime:
        """Return the time of the session as it is now, in UTC."""
        return self.source.now()

    def go_to(self, position: int | None) -> None:
        """Move the playhead to `position`; None, or one beyond the end: as it is now."""
        self._playhead.go_to(position)
        self._refusals.clear()
        self._frames.begin()

    def can(self, command: type[Command]) -> bool:
        """Return whether such commands are ever accepted."""
        return command in self.traits.commands or command in self._played

    def why_not(self, command: Command) -> str | None:
        """Return why `command` would be refused now, or None; cached until the next change."""
        try:
            return self._refusals[command]
        except KeyError:
            reason = self._refusals[command] = self._ask(command)
            return reason
        except TypeError:  # it holds what is no key, such as answers
            return self._ask(command)

    def request(self, command: Command) -> bool:
        """Send `command`; if it is refused, emit `refused` and return False."""
        try:
            work = self._send(command)
        except RefusedError as refusal:
            self.refused.emit(str(refusal))
            return False
        if work is not None:
            self._tasks.run(work)
        if self._frames.due:
            self._frames.begin()
        if isinstance(command, Move) and self.traits.is_here_only:  # now that it is applied
            # What was undone to its beginning is as it was before the user had it.
            is_new = isinstance(command, Undo) and self.why_not(Undo()) is not None
            self._moved_until = 0 if is_new else len(self.source.history)
        return True

    def request_if_possible(self, command: Command) -> None:
        if self.can(type(command)) and self.why_not(command) is None:
            self.request(command)

    def record(self, path: Path) -> None:
        """Record the session to `path`, with all events so far. Raises OSError."""
        arrivals = self.arrivals
        self._recording.start(path, self.source.recording().header, arrivals, len(arrivals))

    def stop_recording(self, why: str = "") -> None:
        self._recording.stop(why)

    def before_reset(self) -> "SessionModel | None":
        """Return the session as it is, in a model of its own, if a reset would lose it."""
        source = self.source.before_reset()
        if source is None:
            return None
        earlier = SessionModel(source, self._index)
        earlier._moved_until, earlier._recording.kept = self._moved_until, self._recording.kept
        return earlier

    def reopen(self) -> None:
        """Follow the source again after `close`, with what has come since."""
        self.is_closed = False
        self.source.subscribe(self._source_changed)
        self._playhead.subscribe(self._source_changed)
        self._refusals.clear()
        self._frames.begin()

    def close(self) -> None:
        """Stop all work, and ignore the source until `reopen`."""
        self.is_closed = True
        self.source.close()
        self._playhead.close()
        self.stop_recording()
        self.playing = False
        self._frames.stop()
        self._tasks.cancel()

    async def ended(self) -> None:
        await self._tasks.ended()

    def _work_failed(self, error: BaseException) -> None:
        self.refused.emit(error_text(error))
        if isinstance(error, RefusedError) and error.field is not None:
            self.field_refused.emit(error.field, str(error))

    def _begin(self) -> Playhead:
        """Return a playhead at the end of a new history."""
        playhead = Playhead(self.source.history)
        playhead.subscribe(self._source_changed)
        return playhead

    def _send(self, command: Command) -> Work | None:
        if reason := self.why_not(command):
            raise RefusedError(reason)
        if type(command) in self._played:
            return self._playhead.send(command)
        return self.source.send(command)

    def _ask(self, command: Command) -> str | None:
        if type(command) in self._played:
            return self._playhead.why_not(command)
        in_the_past = self._playhead.position is not None and self.can(type(command))
        if in_the_past and (isinstance(command, Move) or command == Listen(on=True)):
            return _SHOWS_THE_PAST
        return self.source.why_not(command)

    def _source_changed(self) -> None:
        self._refusals.clear()
        self._frames.ask(len(self.source.arrivals) - self._applied)

    def _apply(self) -> None:
        if self.source.arrivals is not self.arrivals:
            self.stop_recording(tr("Recording ended, since the session was started again."))
            self.arrivals = self.source.arrivals
            self._moved_until = self._recording.kept = 0
            self._playhead = self._begin()
        if self.source.history is self.history:
            self._index.extend()
        else:
            before, self._index = self.visits, SessionAnalysis(self.machine, self.source.history)
            position = self.visits.position_like(before, self._playhead.position)
            self._playhead.follow(self.history, position)
        self._recording.write(len(self.arrivals))
        self._look()
        for follower in self.followers:
            if (told := follower()) is not None:
                told(self)
        self.changed.emit()

    def _look(self) -> None:
        self._applied = len(self.arrivals)
        self.position = self._playhead.position
        self._info = None
        self.playing = self.can(Pause) and self.why_not(Pause()) is None

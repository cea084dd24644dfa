"""Recording sessions into an archive by themselves, each into a file of its own."""

import threading
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from exlab_gui.archive.removal import Bounds, prune
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import portable_name
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import ENDING, Header, TraceError, TraceReader
from exlab_gui.sources.recorder import Recorder
from exlab_gui.system.worker import Worker

MOST_OPEN = 64
"""So many files are held open; of more sessions at once, some are opened for each event."""

_PRUNE_EVERY_S = 3600.0


class _Session:
    """A session that is recorded; `recorder` is None before it has a file.

    `history` is empty as soon as all of a session that is over is written: a window can see
    thousands.
    """

    def __init__(self, name: str, header: Header) -> None:
        self.name = name
        self.header = header
        self.history: Sequence[Event] = ()
        self.count = 0
        self.is_over = False
        self.is_known = False  # an earlier run recorded it to its end
        self.recorder: Recorder | None = None
        self.problem = ""


class ArchiveWriter:
    """Records sessions into `folder`, in a thread that nobody waits for, until `close`.

    The oldest recordings beyond the `bounds` are removed now and then. `problem` is the sentence
    why events are missing now, empty if none is; `retry` tries again to write them.
    """

    def __init__(self, folder: Path, bounds: Bounds) -> None:
        self.folder = folder
        self.bounds = bounds
        self._worker = Worker()
        self._lock = threading.Lock()
        self._sessions: dict[str, _Session] = {}
        self._due: dict[str, _Session] = {}
        self._is_asked = False
        self._open: dict[str, _Session] = {}  # the one written to last is last
        self._prune_at = 0.0

    @property
    def problem(self) -> str:
        with self._lock:
            return next((one.problem for one in self._sessions.values() if one.problem), "")

    @property
    def is_at_work(self) -> bool:
        """Whether, after `close`, something is still to be written."""
        return self._worker.is_at_work

    def knows(self, name: str) -> bool:
        return name in self._sessions

    def begin(self, name: str, header: Header) -> None:
        """Record a session from now on, whose `name` no other one has.

        One that an earlier run of the program recorded to its end is not recorded again.
        """
        with self._lock:
            self._sessions[name] = _Session(name, header)

    def take(self, name: str, history: Sequence[Event], count: int, *, is_over: bool) -> None:
        """Record the first `count` events of a session, which are in `history`."""
        with self._lock:
            session = self._sessions[name]
            if session.count != count or session.is_over != is_over:
                session.history, session.count, session.is_over = history, count, is_over
                self._ask_for(session)

    def keep_within(self, bounds: Bounds) -> None:
        """Remove the recordings beyond these `bounds` soon, and from now on."""
        self.bounds = bounds
        self._worker.ask(self._prune)

    def retry(self) -> None:
        """Try again to write what could not be written."""
        with self._lock:
            for session in self._sessions.values():
                if session.problem:
                    self._ask_for(session)

    def close(self) -> None:
        """Write what is left, and close all files; the thread ends then."""
        self._worker.ask(self._close_all)
        self._worker.end()

    def _ask_for(self, session: _Session) -> None:
        self._due[session.name] = session
        if not self._is_asked:
            self._is_asked = True
            self._worker.ask(self._write_due)

    # What follows is called in the thread.

    def _write_due(self) -> None:
        while True:
            with self._lock:
                due, self._due = list(self._due.values()), {}
                if not due:
                    self._is_asked = False
                    return
            for session in due:
                problem = self._write(session)
                with self._lock:
                    session.problem = problem
                    if not problem and session.name not in self._due:
                        self._let_go(session)

    def _write(self, session: _Session) -> str:
        """Write what is missing of `session`; return the sentence why not, if it cannot be."""
        is_over = session.is_over
        try:
            if session.recorder is None and not session.is_known:
                self._begin(session)
        except OSError as error:
            return phrase(
                "Live sessions are not kept in the archive: {reason}.",
                reason=error.strerror or error,
            )
        if (recorder := session.recorder) is None:
            return ""
        recorder.history = session.history
        recorder.write(session.count)
        self._open.pop(session.name, None)
        self._open[session.name] = session
        if is_over:
            self._close(session)
        elif len(self._open) > MOST_OPEN:
            self._close(next(iter(self._open.values())))
        return recorder.problem

    def _let_go(self, session: _Session) -> None:
        """Forget the events of a session that are not needed again."""
        if session.is_over or session.is_known:
            session.history = ()
            if session.recorder is not None:
                session.recorder.history = ()

    def _begin(self, session: _Session) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if time.monotonic() >= self._prune_at:
            self._prune()
        path = self._unused_path(session)
        if path is None:
            session.is_known = True
            return
        path.parent.mkdir(exist_ok=True)
        session.recorder = Recorder(path, session.header, session.history)

    def _prune(self) -> None:
        self._prune_at = time.monotonic() + _PRUNE_EVERY_S
        prune(self.folder, self.bounds)

    def _unused_path(self, session: _Session) -> Path | None:
        """Return the path for a new recording; None if there is one with its end."""
        place = self.folder / sha256(session.name.encode()).hexdigest()[:2]
        name = portable_name(session.name)
        path, number = place / f"{name}{ENDING}", 1
        while path.exists():
            if _is_whole(path, session.header):
                return None
            number += 1
            path = place / f"{name}-{number}{ENDING}"
        return path

    def _close(self, session: _Session) -> None:
        self._open.pop(session.name, None)
        if session.recorder is not None:
            session.recorder.close()

    def _close_all(self) -> None:
        for session in list(self._open.values()):
            self._close(session)


def _is_whole(path: Path, header: Header) -> bool:
    """Return whether the recording at `path` is of the session with `header`, and has its end."""
    state = None
    try:
        with TraceReader(path, exact=False) as reader:
            if reader.header.session_id != header.session_id:
                return False
            for events in reader:
                for event in events:
                    if event.enters(state):
                        state = event.state
            return state in reader.header.machine.restored().terminal
    except TraceError:
        return False

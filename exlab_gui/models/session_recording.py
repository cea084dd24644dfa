"""The file that a session is recorded to, and which of its events are in a file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, SignalInstance

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import Header
from exlab_gui.models.patient_recorder import PatientRecorder

RETRY_MS = 2000
"""How often it is tried again to record what could not be recorded."""


class SessionRecording:
    """Writes the events of a session to a file from `start` to `stop`.

    `kept` is the number of events that are in a file, this one or one that was saved. `stopped` is
    emitted with why recording stopped, and what is missing in the file; `stalled` with why events
    cannot be recorded now, empty if they can be again, and are.
    """

    def __init__(self, stopped: SignalInstance, stalled: SignalInstance) -> None:
        self.kept = 0
        self._stopped, self._stalled = stopped, stalled
        self._count = 0
        self._is_stalled = False
        self._recorder: PatientRecorder | None = None
        self._retry: QTimer | None = None

    @property
    def path(self) -> Path | None:
        return self._recorder.path if self._recorder else None

    def start(self, path: Path, header: Header, history: Sequence[Event], count: int) -> None:
        """Record to `path`, with the first `count` events so far. Raises OSError."""
        self.stop()
        self._is_stalled = False
        self._recorder = PatientRecorder(path, header, history)
        self.write(count)

    def stop(self, why: str = "") -> None:
        self._try_again(False)
        recorder, self._recorder = self._recorder, None
        if recorder is None:
            return
        if recorder.problem or recorder.is_behind:
            recorder.write(self._count)  # it may be possible again
            if not recorder.problem and not recorder.is_behind:
                self.kept = self._count
        recorder.close()
        self._stopped.emit(" ".join(filter(None, (why, recorder.missing(self._count)))))

    def write(self, count: int) -> None:
        """Write the events up to `count` that are not in the file yet."""
        self._count = count
        recorder = self._recorder
        if recorder is None:
            return
        recorder.write(count)
        if not recorder.problem and not recorder.is_behind:
            self._try_again(False)
            self.kept = count
        else:
            self._try_again(True)
        if bool(problem := recorder.problem) != self._is_stalled:
            self._is_stalled = not self._is_stalled
            self._stalled.emit(problem)

    def _try_again(self, wanted: bool) -> None:
        if wanted and self._retry is None:
            self._retry = QTimer(interval=RETRY_MS)
            self._retry.timeout.connect(self._write_again)
        if self._retry is not None and wanted != self._retry.isActive():
            self._retry.start() if wanted else self._retry.stop()

    def _write_again(self) -> None:
        self.write(self._count)

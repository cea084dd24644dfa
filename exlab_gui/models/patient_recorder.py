"""Recording, without waiting for a drive that does not answer."""

import errno
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from functools import partial
from pathlib import Path
from time import monotonic

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.core.trace import Header
from exlab_gui.sources.recorder import Recorder
from exlab_gui.system.worker import Worker

PATIENCE_S = 0.08
"""How long the window waits at most until events are written."""

OPENING_S = 2.0
"""How long it waits for the file that the user has just asked for."""

_SILENT = phrase("The drive does not answer")


class PatientRecorder:
    """A `Recorder` that works in a thread, which is waited for only for a moment.

    As long as the drive answers, events are written when `write` returns, as with a `Recorder`. If
    not, `problem` says so, and a later `write` finds out how it went on. That is also so if there
    are very many events, but then nothing is wrong: it only `is_behind`.
    """

    def __init__(self, path: Path, header: Header, history: Sequence[Event]) -> None:
        self.path = path
        self._worker = Worker()
        self._unanswered: Future[None] | None = None
        self._seen = 0
        self._seen_at = 0.0
        opening = self._worker.ask(partial(Recorder, path, header, history))
        if wait([opening], OPENING_S).not_done:
            self._worker.ask(lambda: opening.result().close())
            self._worker.end()
            raise OSError(errno.ETIMEDOUT, _SILENT, str(path))
        try:
            self._recorder = opening.result()
        except OSError:
            self._worker.end()
            raise

    @property
    def is_behind(self) -> bool:
        """Whether events are still being written, or wait for that."""
        return self._unanswered is not None

    @property
    def problem(self) -> str:
        if self._unanswered is None:
            return self._recorder.problem
        if self._goes_on():
            return ""
        return tr(
            "{file}: {silent}. Recording goes on, with all events, as soon as it does.",
            file=file_name(self.path.name),
            silent=_SILENT,
        )

    def write(self, count: int) -> None:
        """Write those of the first `count` events that are not in the file yet."""
        if self._unanswered is None or self._unanswered.done():
            self._ask(partial(self._recorder.write, count))

    def missing(self, count: int) -> str:
        """Return the sentence about those of the first `count` events that are not in the file."""
        if self._unanswered is None:
            return self._recorder.missing(count)
        why = tr("It is still being written") if self._goes_on() else tr(_SILENT)
        return tr(
            "{file} may lack the last events: {why}.", file=file_name(self.path.name), why=why
        )

    def close(self) -> None:
        """Close the file, as soon as the drive answers; nothing can be written any more."""
        if self._unanswered is None:
            self._ask(self._recorder.close)
        else:
            self._worker.ask(self._recorder.close)
        self._worker.end()

    def _ask(self, work: Callable[[], None]) -> None:
        """Wait for `work` a moment; raises what it, or the work before it, has raised."""
        before, self._unanswered = self._unanswered, None
        if before is not None:
            before.result()
        self._seen, self._seen_at = self._recorder.written, monotonic() - PATIENCE_S
        asked = self._worker.ask(work)
        if wait([asked], PATIENCE_S).not_done:
            self._unanswered = asked
        else:
            asked.result()

    def _goes_on(self) -> bool:
        """Return whether events were written lately."""
        if self._seen != self._recorder.written:
            self._seen, self._seen_at = self._recorder.written, monotonic()
        return monotonic() - self._seen_at < PATIENCE_S

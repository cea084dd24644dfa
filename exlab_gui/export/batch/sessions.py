"""Recordings that are read one after the other, however many there are."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from exlab_gui.core.analysis.summary import SessionSummary, joined, summarize
from exlab_gui.core.progress import Progress, no_progress
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import Recording, TraceError, load

if TYPE_CHECKING:
    from exlab_gui.export.redaction.redact import Redaction


class Sessions:
    """The sessions in the files at `paths`, which can be iterated over several times.

    With `redacted`, private words are replaced, and those in `words`. With `operator`, formats that
    leave the operator out do not. `problems` has a sentence for
    each file that could not be read, or not to its end, and `count` is the number of recordings
    with an event, once they were read. `progress` counts bytes.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        redacted: bool = False,
        words: Sequence[str] = (),
        operator: bool = False,
        progress: Progress = no_progress,
    ) -> None:
        self.paths = paths
        self.problems: list[str] = []
        self.count = 0
        self.redacted = redacted
        self.operator = operator
        self._words = words
        self._progress = progress
        self._redaction: Redaction | None = None
        self._summaries: list[SessionSummary] | None = None

    def __iter__(self) -> Iterator[Recording]:
        """Yield each recording with at least one event."""
        for _, recording in self.by_path():
            yield recording

    def by_path(self) -> Iterator[tuple[Path, Recording]]:
        """Yield each recording with the path of its file."""
        if self.redacted and self._redaction is None:
            self._redaction = self._learnt()
        self.problems.clear()
        self.count = 0
        for path, recording in self._read(second=self.redacted):
            self.problems += (f"{file_name(path)}: {one}" for one in recording.problems)
            if recording.events:
                self.count += 1
                redaction = self._redaction
                yield path, recording if redaction is None else redaction.changed(recording)

    def summaries(self) -> list[SessionSummary]:
        """Return the facts of each session; one with several recordings is one session.

        They are kept: each table is made from the same.
        """
        if self._summaries is None:
            found = Summaries()
            for recording in self:
                found.add(recording)
            self._summaries = found.joined()
        return self._summaries

    def _learnt(self) -> "Redaction":
        from exlab_gui.export.redaction.redact import Redaction  # with its first use: it takes time

        redaction = Redaction(self._words)
        for _, recording in self._read():
            redaction.learn(recording)
        return redaction

    def _read(self, *, second: bool = False) -> Iterator[tuple[Path, Recording]]:
        sizes = [_size(path) for path in self.paths]
        total = sum(sizes)
        done = total if second else 0
        times = 2 if self.redacted else 1
        for path, size in zip(self.paths, sizes, strict=True):
            self._progress(done, times * total)
            try:
                recording = load(path)
            except TraceError as error:
                self.problems.append(f"{file_name(path)}: {error}")
            else:
                yield path, recording
            done += size
        self._progress(done, times * total)


class Summaries:
    """The facts of sessions, of which some have several recordings."""

    def __init__(self) -> None:
        self._found: dict[tuple[bool, str], list[SessionSummary]] = {}

    def add(self, recording: Recording) -> SessionSummary:
        """Take in `recording`, and return its facts."""
        summary = summarize(recording.header, recording.events, len(recording.problems))
        by_itself = str(len(self._found))
        key = bool(summary.session_id), summary.session_id or by_itself
        self._found.setdefault(key, []).append(summary)
        return summary

    def joined(self) -> list[SessionSummary]:
        """Return a summary per session, in the order in which they were found."""
        return [joined(parts) for parts in self._found.values()]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0  # why it cannot be read is told when that is tried

"""Writing a session to a file as it happens."""

import errno
from collections.abc import Sequence
from pathlib import Path

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import ChangedError, Header, TraceWriter

AT_ONCE = 256
"""So many events are written at once, if so many are there: more would be late to tell of."""


class Recorder:
    """A file that a session is written to as it happens.

    Written events survive the end of this program. `problem` is the sentence why events are
    missing in the file now, empty if none is: a later `write` adds them. A file that was removed or
    emptied is written anew; one that others put there, or wrote to, is left alone. `history` has
    the events; it can be left out while nothing is written.

    Raises OSError if the file cannot be written at first.
    """

    def __init__(self, path: Path, header: Header, history: Sequence[Event]) -> None:
        self.path = path
        self.problem = ""
        self._why = ""
        self._is_doubtful = False
        self._header = header
        self.history = history
        self._written = self._size = 0
        self._file: TraceWriter | None = TraceWriter(path, header)

    @property
    def written(self) -> int:
        """Number of events that are in the file."""
        return self._written

    def write(self, count: int) -> None:
        """Write those of the first `count` events that are not in the file yet."""
        if count == self._written:
            return
        try:
            try:
                self._append(count)
            except ChangedError:
                self.close()
                self._written = self._size = 0
                self._append(count)
        except OSError as error:
            self._why = error.strerror or str(error)
            kept = phrase("No event is kept")
            if self._written:
                kept = phrase("The first {count:,} events are kept", count=self._written)
            self.problem = phrase(
                "{file}: {why}. {kept}; recording goes on as soon as that is possible.",
                file=file_name(self.path.name),
                why=self._why,
                kept=kept,
            )
        else:
            self.problem = ""

    def missing(self, count: int) -> str:
        """Return the sentence about those of the first `count` events that are not in the file."""
        if self._is_doubtful:
            return phrase(
                "{file} may lack the last events: {why}.",
                file=file_name(self.path.name),
                why=self._why,
            )
        if count == self._written:
            return ""
        file, why = file_name(self.path.name), self._why
        if not self._written:
            return phrase("{file} has no event: {why}.", file=file, why=why)
        return phrase(
            "{file} has only the first {written:,} of {count:,} events: {why}.",
            file=file,
            written=self._written,
            count=count,
            why=why,
        )

    def close(self) -> None:
        """Close the file; a later `write` opens it again."""
        if self._file is not None:
            self._size = self._file.size
            try:
                self._file.close()
            except OSError as error:  # a network drive says only now what it could not write
                self._why = error.strerror or str(error)
                self._is_doubtful = True
            self._file = None

    def _append(self, count: int) -> None:
        file = self._file = self._file or self._opened_again()
        at_once = AT_ONCE
        while self._written < count:
            part = self.history[self._written : min(self._written + at_once, count)]
            try:
                file.append(*part)
            except OSError as error:
                if len(part) == 1 or isinstance(error, ChangedError):
                    raise
                at_once = 1  # there may be room for some of them
                continue
            self._written += len(part)

    def _opened_again(self) -> TraceWriter:
        file = TraceWriter(self.path, self._header, resume=True)
        if file.is_new:  # somebody removed the file
            self._written = 0
        elif file.size != self._size:
            file.close()
            raise OSError(errno.EEXIST, phrase("Another file is there now"), str(self.path))
        return file

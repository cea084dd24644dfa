"""Writing a session to a file as it happens."""

from collections.abc import Sequence
from pathlib import Path

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import Header, TraceWriter


class Recorder:
    """A file that a session is written to as it happens.

    Written events survive the end of this program. `problem` is the sentence why events are
    missing in the file now, empty if none is: a later `write` adds them.

    Raises OSError if the file cannot be written at first.
    """

    def __init__(self, path: Path, header: Header, history: Sequence[Event]) -> None:
        self.path = path
        self.problem = ""
        self._header = header
        self._history = history
        self._written = 0
        self._file: TraceWriter | None = TraceWriter(path, header)

    def write(self, count: int) -> None:
        """Write those of the first `count` events that are not in the file yet."""
        if count == self._written:
            return
        try:
            file = self._file = self._file or self._opened_again()
            while self._written < count:
                file.append(self._history[self._written])
                self._written += 1
        except OSError as error:
            self.problem = (
                f"{file_name(self.path.name)}: {error.strerror or error}. The first "
                f"{self._written:,} events are kept; recording goes on as soon as that is possible."
            )
        else:
            self.problem = ""

    def close(self) -> None:
        """Close the file; a later `write` opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened_again(self) -> TraceWriter:
        file = TraceWriter(self.path, self._header, resume=True)
        if file.is_new:  # somebody removed the file
            self._written = 0
        return file

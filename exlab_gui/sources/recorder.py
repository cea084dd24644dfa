"""Writing a session to a file as it happens."""

from collections.abc import Sequence
from pathlib import Path

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import Header, TraceWriter


class Recorder:
    """A file that a session is written to as it happens.

    Written events survive the end of this program. Raises OSError if the file cannot be written, as
    `write` does.
    """

    def __init__(self, path: Path, header: Header, history: Sequence[Event]) -> None:
        self.path = path
        self._history = history
        self._written = 0
        self._file = TraceWriter(path, header)

    def write(self, count: int) -> None:
        """Write those of the first `count` events that are not in the file yet."""
        for index in range(self._written, count):
            self._file.append(self._history[index])
            self._written = index + 1

    def close(self) -> None:
        self._file.close()

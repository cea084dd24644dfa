"""Writing a session to a file as it happens."""

from collections.abc import Sequence
from pathlib import Path

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace import Header, TraceWriter


class Recorder:
    """A file that a session is written to, and how much of its history it holds.

    What was written is with the operating system, and survives the end of this program. Raises
    OSError where the file cannot be written, as `write` does.
    """

    def __init__(self, path: Path, header: Header, history: Sequence[Event]) -> None:
        self.path = path
        self._history = history
        self._written = 0
        self._file = TraceWriter(path, header)

    def write(self, count: int) -> None:
        """Write what the first `count` events of the history have that the file lacks."""
        for index in range(self._written, count):
            self._file.append(self._history[index])
            self._written = index + 1

    def close(self) -> None:
        """Close the file; what it holds is a whole recording."""
        self._file.close()

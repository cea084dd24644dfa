"""Recording a session as it happens."""

from pathlib import Path
from types import TracebackType
from typing import Self

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace.header import Header, encode_header
from exlab_gui.core.trace.line import encode_event


class TraceWriter:
    """A recording's file, to which one event after another is appended.

    When `append` returns, the event is with the operating system: it survives the end of this
    program, however that comes about. A file that was at `path` is written over.

    Raises OSError where the file cannot be written, as `append` does.
    """

    def __init__(self, path: str | Path, header: Header) -> None:
        self._file = Path(path).open("wb")  # noqa: SIM115 (it stays open)
        self._write(encode_header(header))

    def append(self, event: Event) -> None:
        """Write `event` at the end of the file."""
        self._write(encode_event(event))

    def close(self) -> None:
        """Close the file; nothing can be appended any more."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()

"""Recording a session as it happens."""

from pathlib import Path
from typing import Self

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace.header import Header, encode_header
from exlab_gui.core.trace.line import encode_event


class TraceWriter:
    """A recording's file, to which events are appended; one that was at `path` is replaced.

    When `append` returns, the event is with the operating system: it survives a crash of this
    program. Raises OSError if the file cannot be written, as `append` does.
    """

    def __init__(self, path: str | Path, header: Header) -> None:
        self._file = Path(path).open("wb")  # noqa: SIM115 (it stays open)
        self._write(encode_header(header))

    def append(self, event: Event) -> None:
        self._write(encode_event(event))

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()

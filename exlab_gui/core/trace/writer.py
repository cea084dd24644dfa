"""Recording a session as it happens."""

import errno
import os
import stat
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace.header import Header, encode_header
from exlab_gui.core.trace.line import encode_event
from exlab_gui.system.file_lock import try_lock

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)

# Which session of this program writes to a file, by device and number: names can differ.
_owners: dict[tuple[int, int], str] = {}


class BusyError(OSError):
    """A file is being recorded to, and so nobody else may write it."""

    def __init__(self, path: Path, owner: str | None) -> None:
        who = f"session {owner}" if owner else "another program"
        super().__init__(errno.EBUSY, f"{who} is being recorded to it", str(path))


class TraceWriter:
    """A recording's file, to which one event after another is appended.

    When `append` returns, the event is with the operating system: it survives the end of this
    program, however that comes about. A file that was at `path` is written over; with `resume` it
    is gone on with (`is_new` tells that there was none). Nobody else can record to the file
    meanwhile, in this program or another.

    Raises BusyError if somebody records to the file, and OSError if it cannot be written, as
    `append` does. The file then still ends with a whole line, and `append` can be tried again.
    """

    def __init__(self, path: str | Path, header: Header, *, resume: bool = False) -> None:
        self.path = Path(path)
        self._refuse_what_is_no_file()
        # Not buffered, so that closing it writes nothing; not truncated before it is locked.
        self._file = FileIO(os.open(self.path, _FLAGS, 0o666), "r+")
        try:
            status = os.fstat(self._file.fileno())
            self._identity = status.st_dev, status.st_ino
            if not try_lock(self._file):
                raise BusyError(self.path, _owners.get(self._identity))
            self._size = self._file.seek(0, os.SEEK_END) if resume else 0
            self.is_new = self._size == 0
            if self.is_new:
                self._file.truncate(0)
                self._write(encode_header(header))
        except BaseException:
            self._file.close()
            raise
        _owners[self._identity] = header.label

    def append(self, event: Event) -> None:
        """Write `event` at the end of the file."""
        self._write(encode_event(event))

    def close(self) -> None:
        """Close the file; nothing can be appended any more."""
        if not self._file.closed:
            del _owners[self._identity]
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

    def _refuse_what_is_no_file(self) -> None:
        """Raise OSError for a device or a pipe: it would take the events and keep none."""
        try:
            mode = self.path.stat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OSError(errno.EINVAL, "This is a device or a pipe, not a file", str(self.path))

    def _write(self, line: bytes) -> None:
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            # A part of a line may be there: a full disk takes what there is room for.
            self._file.truncate(self._size)
            self._file.seek(self._size)
            raise
        self._size += len(line)


def assert_not_recorded_to(path: Path) -> None:
    """Raise BusyError if somebody records to the file at `path`, in this program or another."""
    try:
        if not path.is_file():
            return
        file = path.open("r+b")
    except OSError:
        return  # whoever writes there will be told
    with file:
        status = os.fstat(file.fileno())
        if not try_lock(file):
            raise BusyError(path, _owners.get((status.st_dev, status.st_ino)))

"""Recording a session as it happens."""

import errno
import os
import stat
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Self

from exlab_gui.core.protocol.events import Event
from exlab_gui.core.trace.header import Header, encode_header
from exlab_gui.core.trace.line import encode_event
from exlab_gui.core.trace.recording_lock import BusyError, lock_recording, unlock_recording

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)


class ChangedError(OSError):
    """Somebody else removed, replaced or changed a file while it was recorded to."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.ESTALE, "Somebody else changed the file", str(path))


class TraceWriter:
    """A recording's file, to which one event after another is appended.

    When `append` returns, the event is with the operating system: it survives the end of this
    program, however that comes about. A file that was at `path` is written over, once there is room
    for the recording's first line; with `resume` it is gone on with (`is_new` tells that there was
    none). Nobody else can record to the file meanwhile, in this program or another.

    Raises BusyError if somebody else uses the file, and OSError if it cannot be written, as
    `append` does. The file then still ends with a whole line, and `append` can be tried again,
    except after a ChangedError.
    """

    def __init__(self, path: str | Path, header: Header, *, resume: bool = False) -> None:
        self.path = Path(path)
        self._refuse_what_is_no_file()
        # Not buffered, so that closing it writes nothing; not truncated before it is locked.
        self._file, made = _opened(self.path)
        try:
            lock_recording(self._file, self.path, header.label)
            self._size = self._file.seek(0, os.SEEK_END)
            self.is_new = made or not resume or self._size == 0
            if self.is_new:
                self._begin(encode_header(header))
            # Some file systems count no links, and may be late to tell a size.
            status = os.fstat(self._file.fileno())
            self._counts_links = status.st_nlink > 0
            self._tells_size = status.st_size == self._size
        except BusyError:
            self._file.close()  # the lock is another's
            raise
        except BaseException:
            self.close()
            if made:
                with suppress(OSError):
                    self.path.unlink()
            raise

    @property
    def size(self) -> int:
        """Number of bytes that are in the file."""
        return self._size

    def append(self, *events: Event) -> None:
        """Write `events` at the end of the file, all or none of them."""
        status = os.fstat(self._file.fileno())
        is_removed = self._counts_links and status.st_nlink == 0  # what is written would be lost
        # Emptied, it would begin with a hole; grown, what is there would be written over.
        is_changed = self._tells_size and status.st_size != self._size
        if is_removed or is_changed:
            raise ChangedError(self.path)
        self._write(b"".join(map(encode_event, events)))

    def close(self) -> None:
        """Close the file; nothing can be appended any more."""
        if not self._file.closed:
            unlock_recording(self._file)
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _begin(self, line: bytes) -> None:
        """Have `line` be all that is in the file."""
        if self._size:
            self._write(line)  # on a full disk, what was there is left
        self._size = self._file.seek(0)
        self._file.truncate(0)
        self._write(line)

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


def _opened(path: Path) -> tuple[FileIO, bool]:
    """Return the file at `path`, and whether it was made for this."""
    try:
        made, descriptor = True, os.open(path, _FLAGS | os.O_EXCL, 0o666)
    except FileExistsError:
        made, descriptor = False, os.open(path, _FLAGS, 0o666)
    return FileIO(descriptor, "r+"), made

"""The file by which the demo server can be found, as a real one can."""

import os
from pathlib import Path

from exlab_gui.core.protocol.emission import wire_time
from exlab_gui.core.session import utc_now
from exlab_gui.sources.live.server_file import (
    ServerFile,
    ServerFileError,
    read_server_file,
    remove_server_file,
    write_server_file,
)


class Presence:
    """Writes the file at `path` and removes it again; None: there is none to write.

    The file of another server that runs is left alone.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._written: ServerFile | None = None

    def announce(self, port: int) -> str | None:
        """Say that the server can be reached at `port`; return why that isn't done, or None."""
        if self.path is None:
            return None
        if (other := self._other()) is not None:
            return f"{self.path} is left as it is: the server of process {other.pid} wrote it."
        self._written = ServerFile(port, os.getpid(), wire_time(utc_now()))
        try:
            write_server_file(self._written, self.path)
        except OSError as error:
            return f"{self.path} cannot be written: {error.strerror}."
        return None

    def withdraw(self) -> None:
        """Remove the file, where it is this server's."""
        if self.path is not None and self._written is not None:
            remove_server_file(self._written, self.path)
        self._written = None

    def _other(self) -> ServerFile | None:
        try:
            found = read_server_file(self.path)
        except ServerFileError:
            return None
        return None if found is None or found == self._written or found.is_leftover else found

"""The server file of the demo server."""

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from exlab_gui.core.clock import utc_now
from exlab_gui.core.protocol.emission import wire_time
from exlab_gui.export.atomic_file import atomic_write, why_not_written
from exlab_gui.sources.live.server_file import ServerFile, ServerFileError, read_server_file
from exlab_gui.system.sharing import patiently


class Advertisement:
    """The server file at `path`, if any; that of another running server is left alone.

    It holds the `token` of the control routes, and only its owner can read it.
    """

    def __init__(self, path: Path | None, token: str = "") -> None:
        self.path = path
        self._token = token
        self._written: ServerFile | None = None

    def announce(self, port: int) -> str | None:
        """Write that the server listens at `port`; return why that failed, or None."""
        if self.path is None:
            return None
        if (other := self._other()) is not None:
            return f"{self.path} is left as it is: the server of process {other.pid} wrote it."
        self._written = ServerFile(port, os.getpid(), wire_time(utc_now()), self._token)
        try:
            write_server_file(self._written, self.path)
        except OSError as error:
            return why_not_written(self.path, error)
        return None

    def withdraw(self) -> None:
        if self.path is not None and self._written is not None:
            remove_server_file(self._written, self.path)
        self._written = None

    def _other(self) -> ServerFile | None:
        try:
            found = read_server_file(self.path)
        except ServerFileError:
            return None
        return None if found is None or found == self._written or found.is_leftover else found


def write_server_file(server: ServerFile, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path, mode=0o600) as file:
        file.write(msgspec.json.encode(server))


def remove_server_file(server: ServerFile, path: Path) -> None:
    """Remove the file at `path` if it is that of `server`; if that fails, it is a leftover."""
    with suppress(ServerFileError, OSError):
        if read_server_file(path) == server:
            patiently(path.unlink)

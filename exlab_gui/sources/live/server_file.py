"""The file that a running ExLab-Wizard server writes so that it can be found.

The tray process writes it at each start and removes it on a clean stop. After a crash it remains,
with the id of a dead process.
"""

import os
import socket
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec

from exlab_gui.core.clock import local_time
from exlab_gui.core.files import open_file
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.translation import phrase
from exlab_gui.system.processes import is_running, started_at

NAME = "server.json"

_MAX_BYTES = 64 * 1024
_LATE = timedelta(minutes=1)  # how much too early the clock may have been
_PATIENCE_S = 0.25  # this computer answers at once, or does not


class ServerFileError(PlainError):
    """The server file cannot be used; the message says why."""


class ServerFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """The content of the file: a port on 127.0.0.1, the server's process, its start time.

    A demo server adds the token of its control routes.
    """

    port: Annotated[int, msgspec.Meta(ge=1, le=65535)]
    pid: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    started_at: str = ""
    control_token: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_leftover(self) -> bool:
        """Whether the process that wrote the file is dead.

        Another process may have its id by now: one that started after the file was written. Since
        clocks are set, that alone is no proof, but a port at which nobody listens is.
        """
        if not is_running(self.pid):
            return True
        started = started_at(self.pid)
        return started is not None and self._is_older_than(started) and not self._listens()

    def _is_older_than(self, time: datetime) -> bool:
        try:
            written = local_time(datetime.fromisoformat(self.started_at), UTC)
            return written + _LATE < time
        except (ValueError, OverflowError):
            return False

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), _PATIENCE_S).close()
        except OSError:
            return False
        return True


def state_folder(
    system: str = sys.platform, variables: Mapping[str, str] = os.environ, home: Path | None = None
) -> Path:
    """Return the state folder of ExLab-Wizard, which may not exist.

    `system` is as in `sys.platform`, `variables` are those of the environment, `home` is the user's
    folder. Raises ServerFileError if the user has none.
    """
    if system == "darwin":
        return _home(home) / "Library" / "Application Support" / "exlab-wizard" / "state"
    if system == "win32":
        local = _folder(variables, "LOCALAPPDATA") or _home(home) / "AppData" / "Local"
        return local / "exlab-wizard" / "state"
    return (
        _folder(variables, "XDG_STATE_HOME") or _home(home) / ".local" / "state"
    ) / "exlab-wizard"


def server_file_path() -> Path:
    return state_folder() / NAME


def read_server_file(path: Path | None = None) -> ServerFile | None:
    """Return the content of the file at `path`, or None if there is no file.

    Raises ServerFileError if it cannot be read or understood.
    """
    path = path or server_file_path()
    try:
        path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        pass  # what opens it says why
    file, _ = open_file(path, lambda sentence: ServerFileError(f"{path}: {sentence}"))
    with file:
        try:
            data = file.read(_MAX_BYTES)
        except OSError as error:
            raise ServerFileError(
                phrase("{path} cannot be read: {reason}.", path=path, reason=error.strerror)
            ) from None
    try:
        return msgspec.json.decode(data, type=ServerFile)
    except UNREADABLE:
        raise ServerFileError(
            phrase("{path} is not what an ExLab-Wizard server writes.", path=path)
        ) from None


def _home(home: Path | None) -> Path:
    try:
        return home or Path.home()
    except RuntimeError:
        raise ServerFileError(
            phrase("This user has no home folder. Set the variable HOME.")
        ) from None


def _folder(variables: Mapping[str, str], name: str) -> Path | None:
    """Return the folder in a variable, which may be relative as it is for the wizard."""
    return Path(variables[name]) if variables.get(name) else None

"""Files that the desktop asks the program to open, also if its window is open already.

A second start hands its files over to the window that is there: they are sent over a local socket
that only the same user can use, and that has a name of its own for each display.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QByteArray, QEvent, QObject, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from exlab_gui.program_log import log_folder

if TYPE_CHECKING:  # loaded when the window has been shown: it is there sooner
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 2000
"""How long a window that is busy is waited for, before another one is opened."""

_MAX_BYTES = 2**20
_TAKEN = b"taken\n"
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_ACTIVATION = "XDG_ACTIVATION_TOKEN"  # by it, Wayland lets a window come to the front


class _Request(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    files: list[str]
    activation: str = ""
    event: int | None = None


def hand_over(files: Sequence[Path], event: int | None = None) -> bool:
    """Have the user's window on this display open `files`; return False if there is none.

    With `event` they are shown as they were after it.
    """
    from PySide6.QtNetwork import QLocalSocket

    name = _server_name()
    socket = QLocalSocket()
    if not name or not _connects(socket, name):
        return False
    names = [str(file.absolute()) for file in files]
    request = _Request(names, os.environ.get(_ACTIVATION, ""), event)
    # Unlike msgspec's, it can hold the name of a file that is not UTF-8.
    socket.write(QByteArray(json.dumps(msgspec.to_builtins(request)).encode() + b"\n"))
    answered = socket.waitForReadyRead(PATIENCE_MS)
    return answered and socket.readAll().data() == _TAKEN


class Opening(QObject):
    """Emits `asked` with a list of paths if the desktop, or a second start, wants them opened.

    With them comes the number of the event that is to be shown, or None.

    With `by_event` every event of the application is looked at, as only macOS asks so.
    """

    asked = Signal(list, object)

    def __init__(
        self, application: QApplication, *, by_event: bool = sys.platform == "darwin"
    ) -> None:
        super().__init__(application)
        self._server: QLocalServer | None = None
        self._application = application
        if by_event:
            application.installEventFilter(self)

    def listen(self) -> None:
        """Take the files of later starts, unless an earlier window does."""
        from PySide6.QtNetwork import QLocalServer, QLocalSocket

        name = _server_name()
        if not name or _connects(QLocalSocket(), name):
            return
        QLocalServer.removeServer(name)  # of a program that crashed
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._connect)
        if server.listen(name):
            self._server = server

    def close(self) -> None:
        self._application.removeEventFilter(self)
        if self._server is not None:
            self._server.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take the files that macOS asks the program to open."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.asked.emit([Path(event.file())], None)
            return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        assert self._server is not None
        socket = self._server.nextPendingConnection()
        socket.setReadBufferSize(_MAX_BYTES)
        socket.readyRead.connect(lambda: self._read(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: "QLocalSocket") -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() >= _MAX_BYTES:
                socket.abort()
            return
        try:
            told = json.loads(bytes(socket.readLine().data()))
            request = msgspec.convert(told, _Request)
        except (ValueError, msgspec.ValidationError, RecursionError):
            socket.abort()
            return
        socket.write(QByteArray(_TAKEN))
        if request.activation:
            os.environ[_ACTIVATION] = request.activation
        self.asked.emit([Path(file) for file in request.files], request.event)


def _connects(socket: "QLocalSocket", name: str) -> bool:
    socket.connectToServer(name)
    return socket.waitForConnected(PATIENCE_MS)


def _server_name() -> str:
    """Return the name for this user and this display, or nothing for a user without a home."""
    try:
        place = str(log_folder())
    except OSError:
        return ""
    told = "\0".join((place, *(os.environ.get(name, "") for name in _DISPLAYS)))
    from hashlib import sha256  # once the window has been shown: it is there sooner

    return f"exlab-gui-{sha256(os.fsencode(told)).hexdigest()[:20]}"

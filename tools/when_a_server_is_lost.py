"""Shows what the window tells of a session whose server is frozen, killed, asleep or not set up.

    python tools/when_a_server_is_lost.py

Each case runs in real time, for a minute, in a process of its own, against a demo server in another
one; the hour of sleep is a clock that is put forward. It prints a table in Markdown, and fails if
the session that waits cannot be answered afterwards. No display is needed.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import TypeVar

import httpx
import msgspec
from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLineEdit, QPushButton, QToolButton

from exlab_gui.app import make_application, open_window
from exlab_gui.core import clock
from exlab_gui.event_loop import EventLoop
from exlab_gui.models.session_model import SessionModel
from exlab_gui.settings import Settings
from exlab_gui.sources.live.discovery import find_again
from exlab_gui.sources.live.server_file import read_server_file, server_file_path
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow

T = TypeVar("T", bound=QObject)

MOMENTS_S = (1.0, 7.0, 10.0, 60.0)
FROZEN_S = 9.0
RESTARTED_S = 5.0
PATIENCE_S = 60.0
COLUMNS = ("after", "connection bar", "header", "row", "Submit", "Retry")


class Server:
    """A demo server in a process of its own."""

    def __init__(self, *options: str) -> None:
        more = ["demo-server", "--empty", "--rate", "40", *options]
        command = [sys.executable, "-m", "exlab_gui", *more]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def do(self, path: str, body: object = None) -> dict[str, object]:
        """Return the answer of the server."""
        file = read_server_file(server_file_path())
        token = file.control_token if file else None
        answer = httpx.request(
            "GET" if body is None else "POST",
            self.url + path,
            headers={"authorization": f"Bearer {token}", "content-type": "application/json"},
            content=msgspec.json.encode(body),
        )
        return msgspec.json.decode(answer.content, type=dict[str, object])

    def open_waiting(self) -> str:
        """Return the id of a new session that waits for input."""
        body = {"scenario": "asks_once"}
        session = str(self.do("/demo/sessions", body)["session_id"])
        while self.state(session) != "input_required":
            sleep(0.05)
        return session

    def state(self, session: str) -> object:
        return self.do(f"/api/v1/sessions/{session}")["state"]


class Case:
    """What happens to a server, and what the window tells then."""

    def __init__(self, window: MonitorWindow) -> None:
        self.window = window
        self.rows: list[tuple[str, ...]] = []

    async def frozen(self) -> None:
        server = Server()
        session = await self._connect(server)
        server.process.send_signal(signal.SIGSTOP)
        thaw = asyncio.get_running_loop().call_later(
            FROZEN_S, server.process.send_signal, signal.SIGCONT
        )
        await self._watch()
        thaw.cancel()
        await self._answer(server, session)

    async def killed(self) -> None:
        server = Server()
        await self._connect(server)
        server.process.kill()
        server.process.wait()
        loop = asyncio.get_running_loop()
        begun = loop.run_in_executor(None, self._restarted)
        await self._watch()
        server = await begun
        session = server.open_waiting()
        await _until(lambda: self._waiting(session))
        self.window.session_actions.show(self._waiting(session)[0])
        await self._answer(server, session)

    @staticmethod
    def _restarted() -> Server:
        sleep(RESTARTED_S)
        return Server()

    async def asleep(self) -> None:
        server = Server()
        session = await self._connect(server)
        now = clock.utc_now
        for module in list(sys.modules.values()):
            if getattr(module, "utc_now", None) is now:
                vars(module)["utc_now"] = lambda: now() + timedelta(hours=1)
        await self._watch()
        await self._answer(server, session)

    async def not_set_up(self) -> None:
        server = Server("--not-set-up")
        address = find_again()
        assert address is not None
        self.window.servers.connect_to(address)
        await self._watch()
        server.process.kill()

    async def _connect(self, server: Server) -> str:
        session = server.open_waiting()
        address = find_again()
        assert address is not None
        self.window.servers.connect_to(address)
        await _until(lambda: self._text("currentStateLabel") == "input_required")
        await asyncio.sleep(1)
        return session

    async def _watch(self) -> None:
        start = asyncio.get_running_loop().time()
        for moment in MOMENTS_S:
            await asyncio.sleep(start + moment - asyncio.get_running_loop().time())
            self.rows.append((f"{moment:g} s", *self._told()))

    def _told(self) -> tuple[str, ...]:
        header = ("currentStateLabel", "timeInStateLabel", "lastSeenLabel", "originLabel")
        bar = ("connectionLabel", "serverTroubleLabel", "messageText")
        rows = self._find(QAbstractItemView, "sessionListView").model()
        last = rows.rowCount() - 1
        cells = (str(rows.index(last, number).data() or "") for number in range(1, 4))
        submit = self._find(QPushButton, "pendingInputSubmit")
        retry = self._find(QToolButton, "connectionRetry")
        return (
            " ".join(filter(None, map(self._text, bar))),
            " · ".join(filter(None, map(self._text, header))),
            " · ".join(filter(None, cells)),
            "–" if not submit.isVisible() else "on" if submit.isEnabled() else "off",
            "shown" if retry.isVisible() else "–",
        )

    async def _answer(self, server: Server, session: str) -> None:
        submit = self._find(QPushButton, "pendingInputSubmit")
        assert submit.isVisible()
        assert submit.isEnabled()
        for editor in self.window.findChildren(QLineEdit):
            if editor.objectName().startswith("field_"):
                editor.setText("S-7")
        submit.click()
        await _until(lambda: self._text("currentStateLabel") != "input_required")
        assert server.state(session) != "input_required"
        self.rows.append(("then", "answered, and the session went on", "", "", "", ""))
        server.process.kill()

    def _waiting(self, session: str) -> list[SessionModel]:
        opened = self.window.sessions.open_sessions
        own = [one for one in opened if getattr(one.source, "session_id", None) == session]
        return [one for one in own if one.state == "input_required"]

    def _find(self, kind: type[T], name: str) -> T:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def _text(self, name: str) -> str:
        label = self._find(QLabel, name)
        return label.text() if label.isVisible() else ""


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.05)


CASES = {
    "frozen": f"The server is frozen for {FROZEN_S:g} s (`SIGSTOP`)",
    "killed": f"The server is killed, and starts {RESTARTED_S:g} s later at another port",
    "asleep": "The computer sleeps for an hour",
    "not_set_up": "The server is not set up",
}


def run(name: str) -> None:
    """Run one case, and print its rows."""
    app = make_application()
    with EventLoop(app) as loop:
        store = QSettings(
            str(Path(os.environ["EXLAB_HOME"], "settings.ini")), QSettings.Format.IniFormat
        )
        window = open_window(Settings(store), Theme(app, "light"), None)
        window.resize(1280, 800)
        window.show()
        case = Case(window)
        loop.run_until_complete(getattr(case, name)())
        for row in case.rows:
            print("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
        loop.run_until_complete(close_window(window))


def main() -> None:
    """Run all cases beside each other, and print their tables."""
    with tempfile.TemporaryDirectory() as folder:
        running = {name: _started(name, str(Path(folder, name))) for name in CASES}
        for name, process in running.items():
            rows, _ = process.communicate()
            print(f"{CASES[name]}:\n\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
            print(rows)
            if process.returncode:
                sys.exit(f"{name} failed")


def _started(name: str, home: str) -> "subprocess.Popen[str]":
    own = dict.fromkeys(("XDG_STATE_HOME", "LOCALAPPDATA", "EXLAB_HOME", "EXLAB_ARCHIVE"), home)
    return subprocess.Popen(
        [sys.executable, __file__, name],
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )


if __name__ == "__main__":
    run(sys.argv[1]) if len(sys.argv) > 1 else main()

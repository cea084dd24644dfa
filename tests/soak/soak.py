"""Sessions of every kind, opened, run through and closed, one after the other, in one window."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication

from exlab_gui.app import open_window
from exlab_gui.export.recording import save
from exlab_gui.models.server_model import ServerModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.settings import Settings
from exlab_gui.sources.commands import Cancel, WalkTo
from exlab_gui.sources.live.address import parse_address
from exlab_gui.testing.lifecycle import applied_theme, close_window, made_ready, no_widgets_left
from tests.benchmarks.long_recording import long_recording
from tests.helpers.faulty_server.server import FaultyServer
from tests.soak.census import Census, take_census

PATIENCE_S = 60.0
KINDS = 5
LOOP = ("plugin_pass", "input_required")

KEPT = ("qt_objects", "widgets", "timers", "tasks", "threads", "descriptors")
"""What is given back when sessions are closed."""
SLACK = 3
"""Some come and go with each poll of the server."""


class Soak:
    """Opens and closes `sessions` sessions with about `events` events in all; files in `folder`.

    Sessions that are walked through in the window have `walked` events; the others are those of
    recordings.
    """

    def __init__(self, folder: Path, sessions: int, events: int, walked: int = 40) -> None:
        self.folder = folder
        self.sessions = sessions
        self.events = 0
        self.walked = walked
        rest = events - sessions * walked * (KINDS - 1) // KINDS
        self.recording = folder / "long.exlab.jsonl"
        save(self.recording, long_recording(max(rest * KINDS // sessions, 50)))
        self.censuses: list[Census] = []

    async def run(
        self, app: QApplication, settings: Settings, told: Callable[[str], object]
    ) -> None:
        """Do it, and take a census after each tenth, when sessions of each kind were open."""
        server = FaultyServer(rate=50.0)
        with made_ready(app), applied_theme(app) as theme, no_widgets_left():
            await server.start()
            self.window, self.server = open_window(settings, theme, None), server
            self.window.show()
            self.window.servers.connect_to(parse_address(server.url))
            kinds: tuple[Callable[[], Awaitable[SessionModel]], ...]
            kinds = (self._simulated, self._recorded, self._opened, self._forked, self._live)
            tenth = max(self.sessions // 10, KINDS)
            for number, kind in zip(range(self.sessions), cycle(kinds), strict=False):
                session = await kind()
                self.events += session.count
                await self._close(session)
                if number % 10 == 9:
                    gc.collect()  # as a timer of the program does
                if number % tenth == tenth - 1:
                    await self._forget()
                    self.censuses.append(await take_census())
                    told(f"{number + 1} sessions, {self.events} events: {self.censuses[-1].text}")
            window = self.window
            del self.window
            await server.stop()
            await close_window(window)

    async def _simulated(self) -> SessionModel:
        session = self.window.session_actions.open()
        await self._walk(session)
        return session

    async def _recorded(self) -> SessionModel:
        session = self.window.session_actions.open()
        self.window.recordings.record(self.folder / "kept.exlab.jsonl")
        await self._walk(session)
        session.request(Cancel())
        return session

    async def _opened(self) -> SessionModel:
        rows = self.window.sessions.rowCount()
        self.window.recordings.open(self.recording)
        await _until(lambda: self.window.sessions.rowCount() > rows)
        await _until(lambda: not self.window.context.jobs.busy)
        session = self.window.session
        for position in range(1, session.count, max(session.count // 10, 1)):
            session.go_to(position)
            await asyncio.sleep(0)
        return session

    async def _forked(self) -> SessionModel:
        origin = self.window.session_actions.open()
        await self._walk(origin)
        origin.go_to(origin.count // 2)
        self.window.history.fork()
        fork = self.window.session
        fork.request(Cancel(discard_files=True))
        await self._close(origin)
        return fork

    async def _live(self) -> SessionModel:
        known = set(self.window.sessions.open_sessions)
        self.server.open("happy_path")

        def new() -> list[SessionModel]:
            return [one for one in self.window.sessions.open_sessions if one not in known]

        await _until(lambda: any(one.is_over for one in new()))
        session = new()[0]
        self.window.session_actions.show(session)
        await asyncio.sleep(0)
        return session

    async def _forget(self) -> None:
        """Have the server forget its sessions, as after a restart, and the window those closed."""
        await self.server.forget()
        (watched,) = self.window.findChildren(ServerModel)
        await _until(lambda: not watched.sessions)

    async def _walk(self, session: SessionModel) -> None:
        session.request(WalkTo(LOOP[0]))
        while session.count < self.walked:
            for state in reversed(LOOP):
                session.request(WalkTo(state))
            if session.count % 10 < len(LOOP):
                await asyncio.sleep(0)

    async def _close(self, session: SessionModel) -> None:
        self.window.session_actions.show(session)
        self.window.session_actions.close()
        await session.ended()


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.001)


def grown(first: Census, last: Census) -> dict[str, int]:
    """Return how much more there is in `last` of what is given back when sessions are closed."""
    more = {name: getattr(last, name) - getattr(first, name) for name in KEPT}
    return {name: count for name, count in more.items() if count > SLACK}

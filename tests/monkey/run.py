"""A monkey in its world: the window, a folder of files, and a server."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

# The first tour imports it: its 20 MB are none that a window keeps of what it did.
import networkx  # noqa: F401
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from exlab_gui.app import open_window
from exlab_gui.garbage import collecting_here
from exlab_gui.settings import Settings
from exlab_gui.testing.lifecycle import applied_theme, close_window, made_ready, no_widgets_left
from exlab_gui.uncaught_errors import SafetyNet
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.faulty_server.server import FaultyServer
from tests.monkey import dialogs, looks, pointing, typing_keys
from tests.monkey.belongings import furnish
from tests.monkey.engine import Monkey
from tests.monkey.pulse import GAP_S
from tests.monkey.witness import Faults

ROOMS = (dialogs, looks, pointing, typing_keys)
"""Where the actions of monkeys are."""


class World(QObject):
    """What a monkey has in `folder`: files to open, a folder to save in, a server in this loop."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.belongings = furnish(folder / "belongings")
        self.output = folder / "output"
        self.output.mkdir()
        self.belongings += [self.output / f"{name}.exlab.jsonl" for name in "abcdef"]
        self.server = FaultyServer(rate=30.0)
        self.serving = False
        self._changing = False
        QDesktopServices.setUrlHandler("file", self, "open_url")

    @Slot(QUrl)
    def open_url(self, _: QUrl) -> None:
        """Open no program of this computer."""

    def settings(self) -> Settings:
        """Return the settings that the last window left, with a server polled often."""
        store = QSettings(str(self.folder / "settings.ini"), QSettings.Format.IniFormat)
        settings = Settings(store)
        for key, value in (("live/session_s", 0.1), ("live/list_s", 0.25)):
            settings.keep(key, value)
        settings.keep("files/folder", str(self.output))
        return settings

    async def start_server(self) -> None:
        if not self.serving and not self._changing:
            self._changing = True
            await self.server.start()
            self._changing, self.serving = False, True

    async def stop_server(self) -> None:
        if self.serving and not self._changing:
            self._changing, self.serving = True, False
            await self.server.stop()
            self._changing = False

    def close(self) -> None:
        QDesktopServices.unsetUrlHandler("file")


@dataclass
class Report:
    """What came of the life of `monkey`."""

    monkey: Monkey
    windows: int
    faults: list[str]

    @property
    def text(self) -> str:
        pulse, witness, memory = self.monkey.pulse, self.monkey.witness, self.monkey.memory
        gaps = "".join(f"\n  {gap:.3f} s: {what}" for gap, what in sorted(pulse.gaps)[::-1])
        grown = " ".join(f"{size / 2**20:.0f}" for size in memory)
        head = (
            f"seed {self.monkey.seed}: {sum(self.monkey.counts.values())} actions, {self.windows} "
            f"windows, {len(self.faults)} faults, longest gap {1000 * pulse.longest:.0f} ms, "
            f"{len(pulse.gaps)} over {1000 * GAP_S:.0f} ms (and {pulse.slowed} by a slow machine), "
            f"{witness.recordings} recordings with "
            f"{witness.events} events, {witness.moves} moves, memory {grown} MB"
        )
        if not self.faults:
            return head + gaps
        return "\n".join([head + gaps, *self.faults, "The last steps:", *self.monkey.trail])


async def run(
    application: QApplication,
    folder: Path,
    seed: int,
    steps: Iterable[int],
    told: Callable[[str], object] = lambda _: None,
) -> Report:
    """Let a monkey act, window after window, until its last step or the first fault."""
    faults, windows = Faults(), 0
    with ExitStack() as left:
        left.enter_context(made_ready(application))
        theme = left.enter_context(applied_theme(application))
        left.callback(application.setFont, application.font())
        left.callback(QGuiApplication.clipboard().clear)
        world = World(folder)
        left.callback(world.close)
        monkey = Monkey(world, seed, list(steps))
        monkey.told = told
        root = logging.getLogger()
        root.addHandler(faults)
        left.callback(root.removeHandler, faults)
        left.enter_context(SafetyNet(asyncio.get_running_loop()))
        left.enter_context(collecting_here())
        left.enter_context(no_widgets_left())
        await world.start_server()
        while monkey.steps and not faults.found and not monkey.witness.faults:
            window = open_window(world.settings(), theme, None)
            window.show()
            windows += 1
            await monkey.live_in(window)
            if not monkey.steps:
                await world.stop_server()
                await close_window(window)
            else:
                await _close(window)
            monkey.witness.end()
            if monkey.broken is not None:
                raise monkey.broken
        await world.stop_server()
    return Report(monkey, windows, faults.found + monkey.witness.faults)


async def _close(window: MonitorWindow) -> None:
    """Close a window while its server goes on."""
    window.close()
    await window.shutdown()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)

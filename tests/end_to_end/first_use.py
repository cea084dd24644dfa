"""A program: prints how long a new window was away, in milliseconds, at the first use of actions.

What takes long to import is imported then: a tour's library, and those that speak with a server.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import qasync
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox

from exlab_gui.app import make_application, open_window
from exlab_gui.testing.lifecycle import close_window, fresh_settings
from exlab_gui.theme.theme import Theme
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.heartbeat import Heartbeat


async def play_tour(window: MonitorWindow) -> None:
    window.findChild(QAction, "actionPlayTour").trigger()
    while window.session.info.scenario.title[:4] != "Tour":
        window.panes.diagram.viewport().update()
        await asyncio.sleep(0)


async def connect(window: MonitorWindow) -> None:
    window.findChild(QAction, "actionConnect").trigger()
    window.findChild(QComboBox, "connectAddress").setEditText("http://127.0.0.1:1")
    accept = window.findChild(QDialogButtonBox).buttons()[0]
    accept.click()
    while not accept.isEnabled():
        window.panes.diagram.viewport().update()
        await asyncio.sleep(0)


async def main() -> None:
    """Print the longest times, and which of what takes long is loaded before."""
    app = QApplication.instance()
    with tempfile.TemporaryDirectory() as folder:
        window = open_window(fresh_settings(Path(folder)), Theme(app, "light"), None)
        window.show()
        await asyncio.sleep(0.1)
        heavy = ("networkx", "httpx")
        print(*(name for name in heavy if name in sys.modules), "loaded at the start")
        for do in (play_tour, connect):
            with Heartbeat() as heartbeat:
                await do(window)
            print(do.__name__, heartbeat.longest_ms)
        await close_window(window)


if __name__ == "__main__":
    with qasync.QEventLoop(make_application()) as loop:
        loop.run_until_complete(main())

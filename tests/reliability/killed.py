"""Processes that record sessions until they are killed."""

import os
import random
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import qasync
from PySide6.QtCore import QTimer

from exlab_gui.app import make_application, open_window
from exlab_gui.cli import main
from exlab_gui.garbage import collecting_here
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Resume, WalkTo
from exlab_gui.testing.lifecycle import fresh_settings
from exlab_gui.theme.theme import Theme

SESSIONS = 4
_LOOK_MS = 5


def path_of(folder: Path, session: int) -> Path:
    return folder / f"{session}.exlab.jsonl"


def window(folder: Path, seed: int, shown: Connection) -> None:
    """Record sessions in a window, and send how many events it shows of each, whenever it shows."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    lot = random.Random(seed)
    app = make_application()
    with qasync.QEventLoop(app) as loop, collecting_here():
        opened = open_window(fresh_settings(folder), Theme(app, "light"), None)
        opened.show()
        sessions = [opened.session, *(opened.session_actions.open() for _ in range(SESSIONS - 1))]
        for number, session in enumerate(sessions):
            opened.session_actions.show(session)
            opened.recordings.record(path_of(folder, number))
        work = [_endless(session, lot) for session in sessions]
        before: list[int] = []

        def go_on() -> None:
            for _ in range(lot.choice((1, 1, 5, 20))):
                next(lot.choice(work))
            if lot.random() < 0.1:
                opened.session_actions.show(lot.choice(sessions))
            QTimer.singleShot(lot.choice((0, 0, 1, 15)), go_on)

        def look() -> None:
            nonlocal before
            counts = [session.count for session in sessions]
            counts[sessions.index(opened.session)] = opened.panes.log.model.event_count
            if counts != before:
                before = counts
                shown.send(counts)

        looking = QTimer(interval=_LOOK_MS)
        looking.timeout.connect(look)
        looking.start()
        go_on()
        loop.run_forever()


def recorder(folder: Path, url: str) -> None:
    """Run ``exlab-gui record --all``; what it prints is in a file."""
    with (folder / "printed.txt").open("w", buffering=1) as printed:
        sys.stdout = sys.stderr = printed
        main(["record", url, "--all", "--output", str(folder)])


def _endless(session: SessionModel, lot: random.Random) -> Iterator[None]:
    """Have a plugin ask and be answered, again and again, at some length."""
    while True:
        session.request(WalkTo("input_required"))
        yield
        session.request(Resume({"sample_id": "x" * lot.randrange(2000)}))
        yield

"""A server that is killed, stopped, restarted and misbehaves, as the window shows it."""

import asyncio
import os
import random
import signal

import pytest
from PySide6.QtCore import QTimer

from exlab_gui.sources.live import server as live_server
from exlab_gui.sources.live.polling.intervals import PollIntervals
from exlab_gui.sources.live.reconnect import Backoff
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.widgets.dialogs import polling_dialog as pace_dialog
from tests.helpers.live_window import ask_for, sessions, until
from tests.helpers.victim import running_victim

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are stopped by signals")

PACE = {"session_s": 0.02, "list_s": 0.05, "health_s": 0.2, "timeout_s": 1.0}


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Let the window ask often, and try again soon."""
    monkeypatch.setattr(pace_dialog, "kept_intervals", lambda _settings: PollIntervals(**PACE))
    backoff = Backoff(random.Random(4), first_s=0.02, longest_s=0.1)
    monkeypatch.setattr(live_server, "Backoff", lambda: backoff)


async def test_the_window_survives_its_server(window, tmp_path):
    """It goes on answering, ends connected, still lists every session, and leaves no task."""
    turns = 0

    def turn():
        nonlocal turns
        turns += 1

    clock = QTimer(interval=1)
    clock.timeout.connect(turn)
    clock.start()
    before = asyncio.all_tasks()
    async with (
        running_victim(tmp_path) as victim,
        victim.control() as control,
    ):

        def connected():
            return all(one.server.connected for one in window.servers._servers.values())

        opened = []

        async def open_one(scenario):
            answer = await control.post("/sessions", json={"scenario": scenario})
            opened.append(answer.json()["session_id"])
            await until(lambda: len(sessions()) == 1 + len(opened))

        async def lost():
            """Return when the server is known to be gone; the window answers meanwhile."""
            since = turns
            await until(lambda: not connected())
            await until(lambda: turns > since)

        async def found():
            await until(connected)

        ask_for(victim.url)
        await open_one("happy_path")
        await open_one("asks_once")

        await victim.kill()
        await lost()
        await victim.start()
        await found()
        await open_one("internal_error")

        victim.signal(signal.SIGSTOP)
        await lost()
        victim.signal(signal.SIGCONT)
        await found()
        await open_one("happy_path")

        await control.post("/restart")
        await open_one("happy_path")

        for conduct in (
            {"rubbish": ["hostile", "deep", "html"], "every": 2},
            {"drop": True, "every": 2},
            {"status": 503, "every": 2},
        ):
            await control.post("/misbehave", json=conduct)
            since = turns
            await until(lambda since=since: turns > since)
            await control.post("/misbehave", json={})
            await open_one("happy_path")

        await found()
        assert len(sessions()) == 1 + len(opened)
        clock.stop()
        await close_window(window)
    assert asyncio.all_tasks() <= before

"""Long recordings: how long the window is away while it opens them, and works with them."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.trace import Recording, new_header
from exlab_gui.export.recording import save
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.sources.commands import Pause, Play
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.benchmarks.conftest import Away
from tests.benchmarks.long_recording import START, long_recording
from tests.benchmarks.processes import until
from tests.helpers.window import open_window, settings, theme, window

__all__ = ["open_window", "settings", "theme", "window"]


def walking(length: int, *states: str) -> Recording:
    """Return a recording that enters one of `states` after the other, again and again."""
    events = [Event(1, START, "pending", Origin.OBSERVED)]
    events += (
        Event(seq, START + timedelta(milliseconds=seq), states[seq % len(states)], Origin.OBSERVED)
        for seq in range(2, length + 1)
    )
    return Recording(new_header(CREATION_MACHINE, "long", "simulated", START), events)


KINDS = {
    "mixed": long_recording,
    "states": lambda count: walking(count, "input_required", "plugin_pass"),
    "violations": lambda count: walking(count, "done", "nobody knows this", "pending"),
}

CASES = [
    (kind, count)
    for count in (200_000, 1_000_000)
    for kind in KINDS
    if (kind, count) != ("violations", 1_000_000)
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{case[1]}")
def recorded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name of a case, and the file of its recording."""
    kind, count = request.param
    path = tmp_path / "long.exlab.jsonl"
    save(path, KINDS[kind](count))
    yield f"{kind} {count:,}", path
    path.unlink()


async def idle(window: MonitorWindow) -> None:
    """Return when the window has nothing more to do."""
    log = window.panes.log.model
    await asyncio.sleep(0.1)
    await until(lambda: not window.context.jobs.busy and log._seen == log.event_count)
    await asyncio.sleep(0.2)


def everything(window: MonitorWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what a user does with a long session."""
    named, panes, table = window.actions_by_name, window.panes, window.panes.log.table

    def press(key: Qt.Key) -> Callable[[], object]:
        return lambda: QTest.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)

    for name in (
        "actionGoToFirst",
        "actionGoForward",
        "actionNextFinding",
        "actionGoToLatest",
        "actionGoBack",
        "actionGoToLatest",
        "actionShowCoverage",
        "actionCoverage",
        "actionCompare",
        "actionThemeDark",
        "actionThemeLight",
    ):
        yield name, named[name].trigger
    yield "filter", lambda: panes.log.filter.setText("zzz")
    yield "filter for what all have", lambda: panes.log.filter.setText("p")
    yield "no filter", lambda: panes.log.filter.setText("")
    yield "Ctrl+A", press(Qt.Key.Key_A)
    yield "Ctrl+C", press(Qt.Key.Key_C)
    yield "one row selected", lambda: table.show_event(7)
    yield "play", lambda: (window.history.go_to(1), window.session.request(Play()))
    yield "pause", lambda: window.session.request(Pause())
    yield "actionGoToLatest", named["actionGoToLatest"].trigger


async def test_a_long_recording(
    window: MonitorWindow, away: Away, recorded: tuple[str, Path], tmp_path: Path
) -> None:
    """Whatever is done with a long recording, the window answers meanwhile."""
    case, path = recorded
    with away(f"open {case}"):
        window.recordings.open(path)
        await until(lambda: window.session.traits.origin == "recorded")
        await idle(window)
    session = window.session
    for what, do in everything(window):
        with away(f"{what} {case}"):
            do()
            await idle(window)
        for dialog in window.findChildren(QDialog):
            dialog.reject()
    for exporter in EXPORTERS:
        for kind in exporter.formats:
            with away(f"{exporter.action} {kind.label} {case}"):
                window.exports.export(exporter, session, tmp_path / f"out{kind.suffixes[0]}")
                await idle(window)
            (tmp_path / f"out{kind.suffixes[0]}").unlink(missing_ok=True)
    with away(f"record {case}"):
        window.recordings.record(tmp_path / "recorded.exlab.jsonl")
        await idle(window)
    session.stop_recording()
    await idle(window)
    with away(f"fork {case}"):
        window.actions_by_name["actionForkHere"].trigger()
        await until(lambda: window.session is not session)
        await idle(window)
    with away(f"compare with the fork {case}"):
        window.actions_by_name["actionCompare"].trigger()
        await idle(window)
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    with away(f"step in the fork {case}"):
        window.actions_by_name["actionReset"].trigger()
        await idle(window)
    with away(f"close the sessions {case}"):
        window.session_actions.close()
        window.session_actions.show(session)
        window.session_actions.close()
        await idle(window)
    await close_window(window)

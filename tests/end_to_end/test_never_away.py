"""The window answers all the time, whatever it has to do: it is never away for long.

Sizes are small, but large enough to show what takes longer with every further row or session; the
real ones are in the benchmarks.
"""

import asyncio
from datetime import timedelta
from pathlib import Path

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.models.session_model import SessionModel
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.heartbeat import LONGEST_MS, longest_ms
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.strategies import START


def walking(length: int) -> list[Event]:
    """Return a history that enters a state with each event."""
    states = ("plugin_pass", "input_required")
    return [
        Event(seq, START + timedelta(seconds=seq), states[seq % 2], Origin.OBSERVED)
        for seq in range(1, length + 1)
    ]


def show_recorded(window: MonitorWindow, length: int) -> None:
    source = RecordedSource(CREATION_MACHINE, walking(length))
    window.session_actions.add(SessionModel(source))


async def test_while_a_file_is_written(window: MonitorWindow, tmp_path: Path) -> None:
    """The log is painted in between, without waiting for the thread that writes."""
    show_recorded(window, 5_000)
    (exporter,) = (one for one in EXPORTERS if one.action == "actionExportLog")

    async def write() -> None:
        window.exports.export(exporter, window.session, tmp_path / "log.csv")
        while window.context.jobs.busy:
            window.panes.log.table.viewport().update()
            await asyncio.sleep(0)

    assert await longest_ms(write) < LONGEST_MS
    await close_window(window)

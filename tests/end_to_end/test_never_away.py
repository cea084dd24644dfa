"""The window answers all the time, whatever it has to do: it is never away for long.

Sizes are small, but large enough to show what takes longer with every further row or session; the
real ones are in the benchmarks.
"""

import asyncio
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import DoneEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.core.protocol.form import Field
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.models.server_model import ServerModel
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.server import LiveServer
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.testing.loop import apart_from_task
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.running import faulty_server_thread
from tests.helpers.hands import click, press
from tests.helpers.heartbeat import LONGEST_MS, Heartbeat, longest_ms
from tests.helpers.long_session import show_long_session
from tests.helpers.names import find
from tests.helpers.recorded_source import RecordedSource
from tests.helpers.sessions import session_asking
from tests.helpers.strategies import START


async def idle(window: MonitorWindow) -> None:
    """Return when the window has painted everything, and no job is at work."""
    for _ in range(5):
        await asyncio.sleep(0)
    while window.context.jobs.busy:
        await asyncio.sleep(0)


async def test_while_a_file_is_written(window: MonitorWindow, tmp_path: Path) -> None:
    """The log is painted in between, without waiting for the thread that writes."""
    show_long_session(window, 5_000)
    (exporter,) = (one for one in EXPORTERS if one.action == "actionExportLog")

    async def write() -> None:
        window.exports.export(exporter, window.session, tmp_path / "log.csv")
        while window.context.jobs.busy:
            window.panes.log.table.viewport().update()
            await asyncio.sleep(0)

    assert await longest_ms(write) < LONGEST_MS
    await close_window(window)


async def test_while_the_log_is_selected_and_copied(window: MonitorWindow) -> None:
    """Neither selecting nor copying all rows, nor painting them then, asks for each at once."""
    show_long_session(window, 10_000)
    table = window.panes.log.table

    async def copy() -> None:
        table.setFocus()
        for key in (Qt.Key.Key_A, Qt.Key.Key_C):
            with apart_from_task():
                press(window, key, Qt.KeyboardModifier.ControlModifier)
            await idle(window)
        assert window.panes.messages.text == "Copied 10,000 rows"
        for modifiers in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier):
            with apart_from_task():
                click(table.viewport(), modifiers=modifiers)
            await idle(window)

    assert await longest_ms(copy) < LONGEST_MS
    await close_window(window)


async def test_while_a_server_lists_many_sessions(window: MonitorWindow) -> None:
    """Ten times the sessions take ten times as long, not a hundred times, and never at once."""
    listed = [
        {"id": f"s-{n:04}", "state": "rendering", "run_label": f"run {n}"} for n in range(500)
    ]
    conduct = Conduct(
        only="GET /api/v1/operations", raw=(msgspec.json.encode({"operations": listed}),)
    )
    sessions, filter_line = window.session_list, window.session_pane.filter
    with faulty_server_thread(conduct=conduct) as server:
        model = ServerModel(LiveServer(parse_address(server.url)))  # imports all that it needs
        await model.close()
        with Heartbeat() as heartbeat:
            window.servers.connect_to(parse_address(server.url))
            while window.sessions.rowCount() < 501:
                await asyncio.sleep(0)
            sessions.sortByColumn(1, Qt.SortOrder.AscendingOrder)
            for text in ("9", ""):
                filter_line.setText(text)
                await idle(window)
            window.actions_by_name["actionDisconnect"].trigger()
            await idle(window)
        assert heartbeat.longest_ms < LONGEST_MS
        await close_window(window)


async def test_while_a_long_form_is_shown(window: MonitorWindow) -> None:
    """A hundred fields are added a few at a time, and what would not fit is left out."""
    fields = [Field(f"f{n}", f"Field {n}", "text") for n in range(8_000)]
    fields[0] = Field("f0", "Field 0", "text", default="z\n" * 200_000)
    sessions = [session_asking(*fields) for _ in range(3)]

    async def show() -> None:
        window.session_actions.add(sessions.pop())
        await idle(window)
        while not window.panes.form.is_whole:
            await asyncio.sleep(0)
        await idle(window)

    assert await longest_ms(show) < LONGEST_MS
    await close_window(window)


async def test_while_a_long_message_is_shown(window: MonitorWindow) -> None:
    """A word of half a megabyte, and many lines of JSON, are cut."""
    long = (WarningEnvelope("p", "x" * 500_000), DoneEnvelope({"path": ["x"] * 100_000}))
    events = [
        Event(n, START, "rendering", Origin.OBSERVED, envelope) for n, envelope in enumerate(long)
    ]
    session = SessionModel(RecordedSource(CREATION_MACHINE, events))
    window.session_actions.add(session)
    find(QCheckBox, "eventLogJsonSwitch").setChecked(True)
    await idle(window)

    async def select() -> None:
        for row in (0, 1):
            window.panes.log.table.show_event(row)
            await idle(window)

    assert await longest_ms(select) < LONGEST_MS
    await close_window(window)

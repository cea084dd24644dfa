"""Servers that say too much: how long the window is away."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.errors import LostError
from exlab_gui.sources.live.server import LiveServer
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.benchmarks.conftest import Away
from tests.benchmarks.listing_server import CASES
from tests.benchmarks.processes import serving
from tests.helpers.window import settle

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="selector loops only")

_FOR_S = 6.0


async def make_first_request() -> None:
    """Import all that the first request imports."""
    from exlab_gui.models.server_model import ServerModel

    model = ServerModel(LiveServer(parse_address("http://127.0.0.1:9")))
    with suppress(LostError):
        await model.server.client.operations()
    await model.close()


@pytest.mark.parametrize("case", CASES)
async def test_a_server(window: MonitorWindow, away: Away, tmp_path: Path, case: str) -> None:
    """Whatever a server says, the window answers meanwhile."""
    with serving(tmp_path, "-m", "tests.benchmarks.listing_server", case) as url:
        await make_first_request()
        with away(f"connected, {case}"):
            window.servers.connect_to(parse_address(url))
            await asyncio.sleep(_FOR_S)
        print("sessions", window.sessions.rowCount(), window.panes.messages.text)
        with away(f"sort and filter the sessions, {case}"):
            window.session_list.sortByColumn(1, Qt.SortOrder.AscendingOrder)
            await asyncio.sleep(1.5)
            window.session_pane.filter.setText("7")
            await asyncio.sleep(0.3)
            window.session_pane.filter.setText("")
            await asyncio.sleep(0.3)
        with away(f"look at the log, {case}"):
            window.panes.log.event_pane.show()
            table = window.panes.log.table
            table.selectRow(table.model().rowCount() - 1)
            await asyncio.sleep(0.5)
        with away(f"disconnect, {case}"):
            window.actions_by_name["actionDisconnect"].trigger()
            await asyncio.sleep(0.5)
        settle()
        await close_window(window)

"""The log: what a long history costs."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import StepOnce
from exlab_gui.theme.theme import Theme
from exlab_gui.widgets.log.log_pane import LogPane
from tests.benchmarks import log_memory
from tests.benchmarks.conftest import Comparison, Row
from tests.benchmarks.long_session import LongSource
from tests.benchmarks.processes import run

MANY, FEW = 1_000_000, 1_000


class Log:
    """A log on the screen, as wide as in the window, that follows its newest events."""

    def __init__(self, count: int, theme: Theme, qtbot: QtBot) -> None:
        self._session = SessionModel(LongSource(count))
        self._pane = LogPane(theme)
        qtbot.addWidget(self._pane)
        self._pane.resize(760, 400)
        self._pane.set_session(self._session)
        self._pane.show()
        QApplication.processEvents()

    def grow(self) -> None:
        """Append a hundred events, and paint."""
        self._session.request(StepOnce())
        QApplication.processEvents()

    def newest_is_seen(self) -> bool:
        """Return whether the last row is in sight."""
        table, model = self._pane.table, self._pane.model
        newest = table.visualRect(model.index(model.rowCount() - 1, 0))
        return table.viewport().rect().contains(newest.center())


def test_appending(theme: Theme, qtbot: QtBot, compare: Comparison) -> None:
    """Events are appended and painted as fast in a long log as in a short one."""
    long, short = Log(MANY, theme, qtbot), Log(FEW, theme, qtbot)
    compare(
        f"100 events appended and painted, at {MANY:,} rows",
        long.grow,
        f"the same at {FEW:,} rows",
        short.grow,
        target="at most 1.2 ×",
        rounds=100,
    )
    assert long.newest_is_seen()
    assert short.newest_is_seen()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it asks Linux for the memory")
def test_memory(table: list[Row], tmp_path: Path) -> None:
    """A logged event takes little more memory than what it says."""
    taken = float(run(tmp_path, str(log_memory.__file__), str(MANY)))
    what = f"memory per logged event, at {MANY:,} rows"
    table.append(
        Row(what, "growth of the process (RSS)", "at most 400 bytes", f"{taken:.0f} bytes")
    )

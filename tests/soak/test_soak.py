"""A window that is used for long holds no more than at the beginning."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from exlab_gui.sources.live import server_file
from exlab_gui.testing.lifecycle import fresh_settings
from tests.soak.soak import KINDS, Soak, grown


@pytest.fixture(autouse=True)
def nothing_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Find no server of this machine's user."""
    monkeypatch.setattr(server_file, "server_file_path", lambda: tmp_path / "server.json")


async def test_closed_sessions_give_everything_back(qapp: QApplication, tmp_path: Path) -> None:
    """Qt objects, timers, tasks, threads and descriptors, whatever kind of session it was."""
    soak = Soak(tmp_path, sessions=4 * KINDS, events=200, walked=10)
    await soak.run(qapp, fresh_settings(tmp_path), lambda _: None)
    assert len(soak.censuses) == 4  # before the second, as many were closed as can be reopened
    assert not grown(soak.censuses[1], soak.censuses[-1])

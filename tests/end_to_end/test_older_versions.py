"""What an older version kept is taken over: settings and an archive that its own code wrote.

The files are named for the day of the commit whose window wrote them.
"""

import shutil
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from exlab_gui.archive.index import ArchiveIndex, Changes
from exlab_gui.controllers.notifier import KEPT as NOTIFY
from exlab_gui.controllers.servers import REMEMBERED
from exlab_gui.settings import Settings
from exlab_gui.theme.theme import Theme, ThemeChoice
from exlab_gui.widgets.dialogs.polling_dialog import kept_intervals
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.window import settle

OLDER = Path(__file__).parent / "older_versions"
FIRST, WITH_SERVERS = "2026-11-23", "2026-11-26"


@pytest.fixture
def file(tmp_path: Path, version: str) -> Path:
    return Path(shutil.copy(OLDER / "settings" / f"{version}.ini", tmp_path))


def settings_in(file: Path) -> Settings:
    return Settings(QSettings(str(file), QSettings.Format.IniFormat))


@pytest.mark.parametrize("version", [FIRST, WITH_SERVERS])
def test_a_window_opens_as_an_older_one_was_left(file: Path, theme: Theme) -> None:
    """Breakpoints, speed, hidden kinds, theme and files are as then, and are so the next time.

    Size and columns are as at first: they were kept as bytes of Qt, which are no longer read.
    """
    for _ in range(2):
        settings = settings_in(file)
        window = MonitorWindow(settings, theme)
        assert window.panes.diagram.breakpoints == {"input_required", "rendering"}
        assert window.play_bar.factor == 2.0
        assert window.panes.log.hidden_kinds == {"phase"}
        assert settings.one_of("window/theme", ThemeChoice, "") == ThemeChoice.DARK
        recordings = [Path(f"/lab/recordings/{name}.exlab.jsonl") for name in ("second", "first")]
        assert settings.recent_files("traces") == recordings
        assert settings.recent_files("scenarios") == [Path("/lab/scenarios/mine.json")]
        window.close()
        window.deleteLater()
        settle()
        settings.save()
    assert settings_in(file).text("settings/version") == "1"


@pytest.mark.parametrize("version", [WITH_SERVERS])
def test_servers_are_watched_as_before(file: Path) -> None:
    """Addresses, polling intervals and the choice of notifications are taken over."""
    settings = settings_in(file)
    assert settings.names(REMEMBERED) == ["http://lab-3:8000", "http://127.0.0.1:8000"]
    intervals = kept_intervals(settings)
    assert (intervals.session_s, intervals.list_s) == (0.5, 7.0)
    assert settings.text(NOTIFY) == "no"


def test_the_first_archive_is_read(tmp_path: Path) -> None:
    """Each of its recordings is listed; the index beside it is made anew, in the form of today."""
    with zipfile.ZipFile(OLDER / "archive.zip") as kept:
        kept.extractall(tmp_path)
    index = ArchiveIndex(tmp_path / "archive", tmp_path / "index")
    assert index.update() == Changes(3, 0)
    with index.reading() as db:
        rows = db.execute("SELECT label, outcome, events, problems FROM sessions ORDER BY start")
        assert [row[1:] for row in rows] == [("done", 8, 0)] * 3
    assert index.update() == Changes(0, 0)

"""What the window says if the settings cannot be written, as the page on troubleshooting has it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from shutil import rmtree

import pytest
from PySide6.QtCore import QLockFile, QSettings

from exlab_gui.settings import Settings
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.disk import read_only, room_for
from tests.helpers.window import open_window, settle, theme, window
from tests.reliability.test_disk import SAID, sentence

__all__ = ["open_window", "theme", "window"]


def settings_at(path: Path) -> Settings:
    return Settings(QSettings(str(path), QSettings.Format.IniFormat))


@contextmanager
def full(path: Path) -> Iterator[None]:
    """Leave room for the lock of the file, and not for more in the file."""
    with room_for(path.stat().st_size + 5):
        yield


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Have the lock that Qt takes while it writes, as another program that hangs would."""
    lock = QLockFile(f"{path}.lock")
    assert lock.tryLock(0)
    yield
    lock.unlock()


CASES: dict[str, Callable[[Path], AbstractContextManager[object]]] = {
    "the disk is full": full,
    "the folder is read-only": lambda path: read_only(path.parent),
    "another program uses the file": locked,
    "the folder is removed": lambda path: nullcontext(rmtree(path.parent)),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings in a folder of their own, with something kept."""
    path = tmp_path / "settings" / "exlab-gui.conf"
    path.parent.mkdir()
    settings = settings_at(path)
    settings.keep("a/before", "x")
    settings.save()
    return settings


@pytest.mark.parametrize("case", CASES)
def test_settings(case: str, settings: Settings, window: MonitorWindow) -> None:
    """It is said once, at the first change; what is kept in vain is kept once that is possible."""
    path, told = Path(settings.file_name), window.panes.messages
    expected = sentence(case, "settings", path) if SAID[case, "settings"] else ""
    settle()
    before = path.read_bytes()
    with CASES[case](path):
        settings.keep("a/long", "x" * 10_000)
        settle()
        assert told.text == expected
        if expected:
            assert path.read_bytes() == before
            assert settings.text("a/long") == "x" * 10_000
        told.dismiss()
        settings.keep("a/longer", "x" * 10_001)
        settle()
        assert told.text == ""
    settings.keep("a/short", "y")
    settle()
    assert (settings.problem, told.text) == ("", "")
    found = settings_at(path)
    assert [found.text(f"a/{key}") for key in ("before", "short")] == ["x", "y"]
    assert [len(found.text(f"a/{key}")) for key in ("long", "longer")] == [10_000, 10_001]


def test_the_page_tells_of_settings() -> None:
    """Every row of the table about settings is asserted by the test above."""
    assert {case for case, subject in SAID if subject == "settings"} == set(CASES)

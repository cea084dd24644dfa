"""What the window says if the settings cannot be written, as the page on troubleshooting has it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from shutil import rmtree

import pytest
from PySide6.QtCore import QLockFile, QSettings

from exlab_gui import settings as settings_module
from exlab_gui.settings import Settings
from exlab_gui.window.monitor_window import MonitorWindow
from tests.helpers.disk import read_only, room_for, silent_drive
from tests.helpers.window import open_window, settle, theme, window
from tests.reliability.test_disk import SAID, sentence, until

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


async def test_settings_on_a_drive_that_does_not_answer(
    settings: Settings, window: MonitorWindow
) -> None:
    """The window goes on, says so once, and writes what was kept when the drive answers."""
    case, path, told = "the drive does not answer", Path(settings.file_name), window.panes.messages
    settle()
    with silent_drive(path):
        for length in (1, 2):
            settings.keep("a/long", "x" * length)
            settle()
        assert told.text == sentence(case, "settings", path)
        told.dismiss()
    await until(lambda: settings_at(path).text("a/long") == "xx")
    assert (settings.problem, told.text) == ("", "")


def test_a_start_with_settings_on_a_drive_that_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program starts with the defaults, and says why; closing waits for nothing."""
    monkeypatch.setattr(settings_module, "PATIENCE_S", 0.02)
    monkeypatch.setenv("EXLAB_HOME", str(tmp_path))
    path = tmp_path / "exlab-gui.conf"
    path.write_text("[a]\nb=kept\n")
    with silent_drive(path):
        found = Settings()
        assert found.problem == sentence("the drive does not answer", "settings at the start", path)
        assert found.text("a/b", "default") == "default"
        found.keep("a/b", "changed")
        found.save()
    assert Settings().text("a/b") == "kept"


def test_the_page_tells_of_settings() -> None:
    """Every row of the table about settings is asserted by a test above."""
    asserted = {*CASES, "the drive does not answer"}
    assert {case for case, subject in SAID if subject == "settings"} == asserted

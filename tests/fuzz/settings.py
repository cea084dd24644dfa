"""Settings of any bytes: what is damaged counts as not set, and the window opens as it can."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from exlab_gui.app import make_application
from exlab_gui.settings import Settings
from exlab_gui.testing.lifecycle import applied_theme
from exlab_gui.window.monitor_window import MonitorWindow
from exlab_gui.window.window_state import remember, restore
from tests.helpers.mutations import SPLICES
from tests.helpers.mutations import mutated as mutated_recording

MAX_BYTES = 4_096

splices = (
    *SPLICES,
    *(b"0", b"-1", b"1e309", b"nan", b"inf", b"2147483648", b"9" * 30, b"0.25", b"true", b"\\x0"),
    *(b"@ByteArray(", b"@Variant(", b"@Invalid()", b"@Rect(1 2 3 4)", b"@String(", b"@@", b"%20"),
    *(b"[window]\n", b"=", b'"[', b']"', b";", b", ", b"\\n"),
)

_held = ExitStack()
_windows: list[MonitorWindow] = []  # the last one is used


@contextmanager
def using(window: MonitorWindow) -> Iterator[None]:
    """Try settings on `window`, which gets its own back afterwards."""
    own = window.settings
    _windows.append(window)
    yield
    _windows.remove(window)
    window.settings = own


def _window() -> MonitorWindow:
    if _windows:
        return _windows[-1]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or make_application()
    assert isinstance(app, QApplication)
    theme = _held.enter_context(applied_theme(app))
    folder = Path(tempfile.mkdtemp())
    window = MonitorWindow(_settings(folder / "first.ini"), theme)
    window.show()
    _windows.append(window)
    return window


def _settings(path: Path) -> Settings:
    return Settings(QSettings(str(path), QSettings.Format.IniFormat))


def one(data: bytes) -> str:
    """Hold that a window takes what it can from settings of these bytes, and return what it was."""
    window = _window()
    folder = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())
    # Qt remembers a file by its name and time: each gets another name.
    path = folder / f"exlab-fuzz-{os.getpid()}-{hash(data)}.ini"
    path.write_bytes(data)
    try:
        settings = _settings(path)
        window.settings = settings
        restore(window)
        QApplication.processEvents()
        for kind in ("traces", "scenarios"):
            assert len(settings.recent_files(kind)) >= 0
        assert settings.last_folder
        assert window.width() < 20_000
        remember(window)
        return "damaged" if settings.damaged else "taken"
    finally:
        path.unlink(missing_ok=True)


def seeds() -> list[bytes]:
    """Return what a window keeps, with some of it changed."""
    folder = Path(tempfile.mkdtemp())
    window = _window()
    found = []
    for number, size in enumerate(((800, 600), (1300, 900))):
        path = folder / f"{number}.ini"
        window.settings = _settings(path)
        window.resize(*size)
        window.settings.opened_file("traces", Path("/a/b ä,c.exlab.jsonl"))
        remember(window)
        window.settings.save()
        found.append(path.read_bytes())
    return found


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with a value that is another, or something done to its bytes."""
    if random.random() < 0.4:
        return mutated_recording(data, random)
    lines = data.splitlines(keepends=True)
    if not lines:
        return random.choice(splices)
    index = random.randrange(len(lines))
    key, equals, value = lines[index].partition(b"=")
    if equals and random.random() < 0.7:
        at = random.randrange(len(value) + 1)
        value = random.choice(
            [random.choice(splices), value[:at] + random.choice(splices) + value[at:]]
        )
        lines[index] = key + equals + value.rstrip(b"\n") + b"\n"
    else:
        lines[index] = random.choice(splices) + lines[index]
    return b"".join(lines)

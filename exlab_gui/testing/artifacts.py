"""Artifacts of a failing test: the recording, a picture of the window, the diagram."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from shiboken6 import isValid

from exlab_gui.export.diagram.drawing import drawing_of
from exlab_gui.export.diagram.svg import SVG
from exlab_gui.export.exporter import write
from exlab_gui.export.recording import save
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.theme.colours import LIGHT

_NAME_LENGTH = 80


def capture(monitor: SessionMonitor, item: pytest.Item) -> Callable[[], str]:
    """Capture the session and the window as they are now, and return a function that writes them.

    It links the files from the report of the test `item`, and returns their paths: none if no
    folder for them was given. It raises OSError or ExportError if a file cannot be written.
    """
    folder = _folder_of(item)
    if folder is None:
        return str
    session, picture = monitor.session, monitor.window.grab()
    recording = session.source.recording()
    drawing = drawing_of(session.visits, LIGHT, session.position)

    def write_all() -> str:
        folder.mkdir(parents=True, exist_ok=True)
        kept = {
            "exlab_recording": folder / "recording.exlab.jsonl",
            "exlab_picture": folder / "window.png",
            "exlab_diagram": folder / "diagram.svg",
        }
        save(kept["exlab_recording"], recording)
        if not picture.save(str(kept["exlab_picture"])):
            raise OSError(f"{kept['exlab_picture']} cannot be written")
        write(kept["exlab_diagram"], [SVG], drawing)
        item.user_properties += [(name, str(path)) for name, path in kept.items()]
        return "\n".join(map(str, kept.values()))

    return write_all


@contextmanager
def kept_on_error(item: pytest.Item) -> Iterator[Callable[[SessionMonitor], None]]:
    """Yield a function that captures a window before it closes; write that if closing fails."""
    captured: list[Callable[[], str]] = []

    def keep(monitor: SessionMonitor) -> None:
        if isValid(monitor.window):
            captured.append(capture(monitor, item))

    try:
        yield keep
    except Exception:
        for write_all in captured:
            write_all()
        raise


def _folder_of(item: pytest.Item) -> Path | None:
    """Return the folder for the evidence of a test, or None if none is wanted."""
    reports: Path | None = item.config.getoption("exlab_report", None)
    if reports is None:
        return None
    name = re.sub(r"[^\w.-]+", "-", item.nodeid).strip("-")
    # Two tests may have names that differ in nothing but what a file's name cannot hold.
    mark = sha256(item.nodeid.encode()).hexdigest()[:8]
    return item.config.invocation_params.dir / reports / f"{name[:_NAME_LENGTH]}-{mark}"

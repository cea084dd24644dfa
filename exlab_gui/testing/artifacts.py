"""Artifacts of a failing test: the recording, a picture of the window, the diagram."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from shiboken6 import isValid

from exlab_gui.core.trace import Recording
from exlab_gui.export.diagram.drawing import Drawing, drawing_of
from exlab_gui.export.diagram.svg import SVG
from exlab_gui.export.exporter import write
from exlab_gui.export.recording import save
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.theme.colours import LIGHT

_NAME_LENGTH = 80


@dataclass(frozen=True)
class Evidence:
    """The shown session and a picture of the window, ready to be written."""

    recording: Recording
    picture: QPixmap
    drawing: Drawing

    @classmethod
    def of(cls, monitor: SessionMonitor) -> "Evidence":
        """Return what the window of `monitor` shows now."""
        session = monitor.session
        return cls(
            session.source.recording(),
            monitor.window.grab(),
            drawing_of(session.visits, LIGHT, session.position),
        )

    def write(self, item: pytest.Item, folder: Path) -> str:
        """Write it into `folder`, link it from the test's report, and return where it is.

        Raises OSError or ExportError if a file cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        recording = folder / "recording.exlab.jsonl"
        picture = folder / "window.png"
        diagram = folder / "diagram.svg"
        save(recording, self.recording)
        if not self.picture.save(str(picture)):
            raise OSError(f"{picture} cannot be written")
        write(diagram, [SVG], self.drawing)
        kept = {"exlab_recording": recording, "exlab_picture": picture, "exlab_diagram": diagram}
        item.user_properties += [(name, str(path)) for name, path in kept.items()]
        return "\n".join(map(str, kept.values()))


def folder_of(item: pytest.Item) -> Path | None:
    """Return the folder for the evidence of a test, or None if none is wanted."""
    reports: Path | None = item.config.getoption("exlab_report", None)
    if reports is None:
        return None
    name = re.sub(r"[^\w.-]+", "-", item.nodeid).strip("-")
    # Two tests may have names that differ in nothing but what a file's name cannot hold.
    mark = sha256(item.nodeid.encode()).hexdigest()[:8]
    return item.config.invocation_params.dir / reports / f"{name[:_NAME_LENGTH]}-{mark}"


@contextmanager
def kept_on_error(item: pytest.Item) -> Iterator[Callable[[SessionMonitor], None]]:
    """Yield a function that captures a window before it closes; keep that if closing fails."""
    folder = folder_of(item)
    captured: list[Evidence] = []

    def capture(monitor: SessionMonitor) -> None:
        if folder is not None and isValid(monitor.window):
            captured.append(Evidence.of(monitor))

    try:
        yield capture
    except Exception:
        if folder is not None and captured:
            captured[-1].write(item, folder)
        raise

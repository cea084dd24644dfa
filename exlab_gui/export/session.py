"""A session as files for others: a report to read, XES for process mining."""

from pathlib import Path

from exlab_gui.core.layout.style import PictureColours
from exlab_gui.core.trace import Recording
from exlab_gui.export.atomic_file import as_text, atomic_write
from exlab_gui.export.redact import redact
from exlab_gui.export.report import write_report
from exlab_gui.export.xes import write_xes


def save_xes(path: Path, recording: Recording) -> None:
    """Write `recording` to `path` as XES (IEEE 1849). Raises OSError where that cannot be."""
    with atomic_write(path) as file:
        write_xes(file, [recording])


def save_report(
    path: Path, recording: Recording, colours: PictureColours, *, redacted: bool
) -> None:
    """Write a report of `recording` to `path`, in HTML.

    A redacted one has placeholders for operator, paths, labels and answers. Raises OSError where
    the file cannot be written.
    """
    told = redact(recording) if redacted else recording
    with atomic_write(path) as file, as_text(file) as text:
        write_report(text, told, colours)

"""A session as a recording's file."""

from pathlib import Path
from typing import BinaryIO

from exlab_gui.core.progress import CHUNK, Progress
from exlab_gui.core.trace import ENDING, Recording
from exlab_gui.export.exporter import Exporter, Format, write


def save(path: Path, recording: Recording) -> None:
    """Write `recording` to the file at `path`, as a whole. Raises ExportError."""
    write(path, [RECORDING], recording)


def _write(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    total = len(recording.events)
    for written, line in enumerate(recording.lines()):
        if written % CHUNK == 0:
            progress(written, total)
        file.write(line)


RECORDING = Format("Recordings", (ENDING,), _write)

EXPORTER = Exporter(
    action="actionSaveTrace",
    text="&Save recording…",
    keys="Ctrl+S",
    tip="Save the session so far",
    file_name=f"{{}}{ENDING}".format,
    formats=(RECORDING,),
    take=lambda session: session.recording,
    group=1,
    icon="save",
)

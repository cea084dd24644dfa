"""A session as a recording's file."""

from pathlib import Path
from typing import BinaryIO

from exlab_gui.core.progress import Progress, tracked
from exlab_gui.core.trace import ENDING, Recording
from exlab_gui.export.exporter import Exporter, Format, write


def save(path: Path, recording: Recording) -> None:
    """Write `recording` to the file at `path`, as a whole. Raises ExportError."""
    write(path, [RECORDING], recording)


def _write(recording: Recording, file: BinaryIO, progress: Progress) -> None:
    file.writelines(tracked(recording.lines(), progress, 0, len(recording.arrivals)))


RECORDING = Format("Recordings", (ENDING,), _write, name="recording")

EXPORTER = Exporter(
    action="actionSaveTrace",
    text="&Save recording…",
    keys="Ctrl+S",
    tip="Save the session so far",
    file_name=f"{{}}{ENDING}".format,
    formats=(RECORDING,),
    take=lambda session, _: session.recording,
    group=1,
    icon="save",
)

"""Writing the trace of a test as one archive."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import msgspec

from exlab_gui.core.traced_test import STEPS, Trace, session_name
from exlab_gui.export.atomic_file import atomic_write


def save_trace(path: Path, trace: Trace) -> None:
    """Write `trace` to the file at `path`. Raises OSError."""
    with atomic_write(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(STEPS, msgspec.json.encode(trace.test))
        for number, recording in enumerate(trace.recordings):
            archive.writestr(session_name(number), b"".join(recording.lines()))
        for name, picture in trace.pictures.items():
            archive.writestr(name, picture, ZIP_STORED)  # PNG is compressed already

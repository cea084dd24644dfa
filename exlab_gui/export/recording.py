"""A session as a recording's file."""

from pathlib import Path

from exlab_gui.core.trace import Recording
from exlab_gui.export.atomic_file import atomic_write


def save(path: str | Path, recording: Recording) -> None:
    """Write `recording` to the file at `path`; a file that was there is replaced as a whole.

    Raises OSError if it cannot be written; the file that was there is then left as it was.
    """
    with atomic_write(Path(path)) as file:
        file.writelines(recording.lines())

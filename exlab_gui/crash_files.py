"""What a run that crashes leaves beside the log.

Each run has a file of its own in the folder, ``run-<pid>.txt``, and locks it for as long as it
goes on. The interpreter writes there where it was when it crashed. A run that finds such a file
without a lock knows that its run did not end well.
"""

import faulthandler
import os
import platform
import traceback
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from exlab_gui import __version__
from exlab_gui.system.file_lock import try_lock

_MAX_CRASHES = 10


class RunFile:
    """The file of this run in `folder`, until `end` or `keep`. Raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / f"run-{os.getpid()}.txt").open("w", encoding="utf-8")
        try_lock(self._file)
        try:
            self._file.write(f"exlab-gui {__version__}, {platform.system()} {platform.release()}\n")
            self._file.flush()
        except OSError:
            self.end()  # an empty file would be taken for a crash
            raise
        faulthandler.enable(self._file)

    def keep(self, error: BaseException) -> None:
        """Leave the file, with `error`: the run does not end well."""
        traceback.print_exception(error, file=self._file)
        self._close()

    def end(self) -> None:
        """Remove the file: the run ends as it should."""
        self._close()
        with suppress(OSError):
            Path(self._file.name).unlink()

    def _close(self) -> None:
        faulthandler.disable()
        with suppress(OSError):  # on a full disk
            self._file.close()


def crashes(folder: Path) -> list[Path]:
    """Return the files in `folder` of the runs that did not end well, the latest last."""
    return sorted(folder.glob("crash-*.txt"))


class OtherRuns(NamedTuple):
    """The files of runs that did not end well, and how many runs go on."""

    crashes: list[Path]
    running: int


def set_aside_crashes(folder: Path) -> OtherRuns:
    """Return the other runs, the files of those that crashed renamed; only some are kept."""
    found = []
    running = 0
    for left in folder.glob("run-*.txt"):
        with suppress(OSError):  # another run that starts now may have been faster
            with left.open("r+b") as file:
                if not try_lock(file):
                    running += 1
                    continue
                when = datetime.fromtimestamp(left.stat().st_mtime).astimezone()
            number = left.stem.removeprefix("run-")
            crash = left.rename(folder / f"crash-{when:%Y-%m-%d-%H%M%S}-{number}.txt")
            found.append(crash)
    for old in crashes(folder)[:-_MAX_CRASHES]:
        with suppress(OSError):
            old.unlink()
    return OtherRuns(sorted(found), running)

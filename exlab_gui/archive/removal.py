"""Removing recordings from an archive: those that the user chose, and the oldest ones."""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from exlab_gui.archive.folders import recordings_in
from exlab_gui.core.progress import Progress, no_progress, tracked
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import assert_not_recorded_to

_DAY_NS = 24 * 3600 * 10**9


class Bounds(msgspec.Struct, frozen=True):
    """How long recordings are kept since they were written to, and how many bytes in all."""

    days: float = 90
    bytes: int = 2**30


def prune(folder: Path, bounds: Bounds, progress: Progress = no_progress) -> int:
    """Remove the recordings that are too old, and the oldest ones of too many bytes.

    Never one that is being written. Returns the number of those removed. Raises OSError if the
    folder cannot be read.
    """
    found = sorted(recordings_in(folder), key=lambda one: one[1].mtime_ns)
    too_old = time.time_ns() - bounds.days * _DAY_NS
    total = sum(stamp.size for _, stamp in found)
    removed = 0
    for path, stamp in tracked(found, progress, 0, len(found)):
        if stamp.mtime_ns >= too_old and total <= bounds.bytes:
            break
        if not remove(folder, folder / os.fsdecode(path)):
            total -= stamp.size
            removed += 1
    return removed


def remove(folder: Path, path: Path) -> str:
    """Remove a recording below `folder`; return the sentence why not, or nothing if it is gone.

    The place that it was in goes with the last recording, but for `folder` itself.
    """
    try:
        assert_not_recorded_to(path)
        path.unlink()
    except FileNotFoundError:
        pass
    except OSError as error:
        return f"{file_name(path.name)}: {error.strerror}."
    if path.parent != folder:
        with suppress(OSError):  # others are in it
            path.parent.rmdir()
    return ""


def remove_all(folder: Path, paths: Iterable[Path], progress: Progress = no_progress) -> list[str]:
    """Remove recordings below `folder`; return a sentence for each that is still there."""
    every = list(paths)
    tried = (remove(folder, path) for path in tracked(every, progress, 0, len(every)))
    return [why for why in tried if why]

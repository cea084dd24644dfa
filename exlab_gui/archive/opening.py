"""Opening the index of a folder."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from exlab_gui.archive.folders import index_folder, index_name, recordings_in
from exlab_gui.archive.index import ArchiveIndex, Changes
from exlab_gui.archive.search import count
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import phrase

KEPT_FROM = 1_000
"""The index of a folder with fewer recordings is made each time, and not kept."""


def kept_index(folder: Path) -> ArchiveIndex:
    """Return the index of `folder` that is kept among the user's caches. Raises OSError."""
    return ArchiveIndex(folder, index_folder() / index_name(folder))


@contextmanager
def opened(folder: Path, keep_from: int = KEPT_FROM) -> Iterator[ArchiveIndex]:
    """Give an index of any folder, which is kept only if making it again would take long.

    That is if it has so many recordings, and if the user's caches can be written. Nothing is ever
    written into the folder. Raises OSError if it cannot be read.
    """
    if not keep_from or next(islice(recordings_in(folder), keep_from - 1, None), None) is not None:
        try:
            place = index_folder()
            place.mkdir(parents=True, exist_ok=True)
        except OSError:
            place = None
        if place is not None and os.access(place, os.W_OK):
            yield kept_index(folder)
            return
    with tempfile.TemporaryDirectory(prefix="exlab-gui-") as made:
        yield ArchiveIndex(folder, Path(made, "index"))


def update_archive(index: ArchiveIndex, progress: Progress) -> Changes:
    """Take in what has changed in the archive, whose first recording makes its folder.

    Raises OSError if the folder cannot be read, or is gone with the sessions that were in it.
    """
    try:
        return index.update(progress)
    except FileNotFoundError:
        try:
            with index.reading() as db:
                known = count(db)
        except sqlite3.Error:  # it is damaged: there were sessions
            known = 1
        if known:
            sentence = phrase(
                "The folder of the archive, {file}, is not there.", file=file_name(index.folder)
            )
            raise OSError(sentence) from None
        return Changes(0, 0)

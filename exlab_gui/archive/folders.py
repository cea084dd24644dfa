"""Where the archive is, and where the index of a folder is kept."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path, user_data_path

from exlab_gui.core.files import resolved
from exlab_gui.core.trace import ENDING


class Stamp(NamedTuple):
    """What tells whether a file was changed."""

    size: int
    mtime_ns: int


def archive_folder() -> Path:
    """Return the folder that live sessions are recorded into by themselves. Raises OSError.

    The environment variable ``EXLAB_ARCHIVE`` names another one.
    """
    return _chosen("EXLAB_ARCHIVE") or _of_user(user_data_path) / "archive"


def index_folder() -> Path:
    """Return the folder of the indexes, which can be deleted at any time. Raises OSError.

    An index is not kept in the folder of its recordings: that may be somebody else's, or on a
    network drive, where SQLite's journal does not work. The environment variable
    ``EXLAB_ARCHIVE_INDEX`` names another folder.
    """
    return _chosen("EXLAB_ARCHIVE_INDEX") or _of_user(user_cache_path) / "indexes"


def index_name(folder: Path) -> str:
    """Return the name of the index of `folder`, without an ending."""
    from hashlib import sha256  # not when the window opens

    return sha256(os.fsencode(resolved(folder))).hexdigest()[:24]


def recordings_in(folder: Path) -> Iterator[tuple[bytes, Stamp]]:
    """Yield the paths of the recordings in `folder` and in its folders, relative to it.

    Links to folders are not followed. A folder below it that cannot be read is yielded too: nobody
    shall take what is in it for counted. Raises OSError if the folder itself cannot be read.
    """
    top = os.fsencode(folder)
    ending = ENDING.encode()
    waiting = [b""]
    while waiting:
        place = waiting.pop()
        try:
            with os.scandir(top + b"/" + place) as entries:
                for entry in entries:
                    if entry.name.endswith(ending):
                        if (stamp := _stamp_of(entry)) is not None:
                            yield place + entry.name, stamp
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append(place + entry.name + b"/")
        except OSError as error:
            if not place:
                raise
            if not isinstance(error, FileNotFoundError):  # it is gone meanwhile
                yield place.rstrip(b"/"), Stamp(0, 0)


def _stamp_of(entry: os.DirEntry[bytes]) -> Stamp | None:
    """Return the stamp of a file; None if it is none, or is gone meanwhile."""
    try:
        found = entry.stat()
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def _chosen(variable: str) -> Path | None:
    name = os.environ.get(variable)
    return Path(name).absolute() if name else None


def _of_user(find: Callable[..., Path]) -> Path:
    try:
        return find("exlab-gui", appauthor=False)
    except RuntimeError:
        raise OSError(errno.ENOENT, "This user has no home folder") from None

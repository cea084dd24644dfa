"""Files that are written as a whole, or not at all."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from shutil import copystat
from typing import BinaryIO, TextIO

from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import assert_not_recorded_to
from exlab_gui.system.sharing import patiently


@contextmanager
def atomic_write(path: Path, mode: int | None = None) -> Iterator[BinaryIO]:
    """Give a file to write, which takes its place at `path` once it is whole.

    If the block raises, whatever was at `path` is as it was. The new file has the permissions
    `mode`, or those of the one it replaces. A symbolic link is followed. A device or a pipe is
    written straight into.

    Raises OSError, which names `path`, if the file cannot be written: for one, because a session is
    recorded to it.
    """
    try:
        target = _replaceable(path)
        with path.open("wb") if target is None else _replacing(target, mode) as file:
            yield file
    except OSError as error:
        # The user knows of no other file than the one that was asked for.
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


@contextmanager
def as_text(file: BinaryIO) -> Iterator[TextIO]:
    """Give `file` as one that takes text, which leaves it open."""
    text = TextIOWrapper(file, "utf-8", newline="")
    try:
        yield text
    finally:
        text.detach()


def why_not_written(path: Path | str, error: OSError) -> str:
    """Return the sentence about a file that cannot be written, without the error's number."""
    return phrase(
        "{file} cannot be written: {reason}.", file=file_name(path), reason=error.strerror or error
    )


def _replaceable(path: Path) -> Path | None:
    """Return the file to replace, or None if `path` has to be written in place."""
    try:
        there = path.stat()
    except FileNotFoundError:
        return Path(os.path.realpath(path))
    except ValueError:  # a null character in the name
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL)) from None
    if stat.S_ISDIR(there.st_mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(there.st_mode) or _is_held_open(path):
        return None
    if not os.access(path, os.W_OK):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    assert_not_recorded_to(path)
    return Path(os.path.realpath(path))


def _is_held_open(path: Path) -> bool:
    """Return whether `path` leads to an open file of a process, as /dev/stdout does: it goes on.

    That can be a regular file, such as the one that the shell writes the program's output to.
    """
    while True:
        folder = Path(os.path.realpath(path.parent))
        if folder == Path("/dev/fd") or (folder.is_relative_to("/proc") and folder.name == "fd"):
            return True
        if not path.is_symlink():
            return False
        path = folder / path.readlink()


def _replace(draft: Path, target: Path) -> None:
    # Once more: writing the draft may have taken long, and somebody may record by now.
    assert_not_recorded_to(target)
    draft.replace(target)


@contextmanager
def _replacing(target: Path, mode: int | None) -> Iterator[BinaryIO]:
    # A short name: the one of the target may be as long as the file system allows.
    draft = target.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        with draft.open("xb") as file:
            with suppress(FileNotFoundError):
                copystat(target, draft)
            if mode is not None:
                draft.chmod(mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
        patiently(lambda: _replace(draft, target))
    finally:
        with suppress(OSError):
            draft.unlink()

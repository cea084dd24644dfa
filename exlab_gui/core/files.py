"""Opening files whose paths come from users."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from exlab_gui.core.text.translation import phrase


def resolved(path: Path) -> Path:
    """Return `path` without links, as far as its drive tells: one of a network may fail."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # the latter for links that lead to each other
        return path.absolute()


def open_file(path: Path, error: Callable[[str], Exception]) -> tuple[BinaryIO, int]:
    """Return the ordinary file at `path`, open for reading, and its size in bytes.

    Raises what `error` makes of the sentence that says why the file cannot be opened.
    """
    kind = phrase("file")
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            kind = phrase("folder")
            with os.scandir(path):  # if it cannot be read, that is why somebody tries to open it
                raise error(phrase("This is a folder."))
        if not stat.S_ISREG(found.st_mode):
            raise error(phrase("This is a device or a pipe, not a file."))
        return path.open("rb"), found.st_size
    except FileNotFoundError:
        raise error(phrase("There is no such file.")) from None
    except PermissionError:
        raise error(phrase("You may not read this {kind}.", kind=kind)) from None
    except OSError as fault:
        raise error(
            phrase("The {kind} cannot be opened: {reason}.", kind=kind, reason=fault.strerror)
        ) from None
    except ValueError:  # a path with a null character in it
        raise error(phrase("This is not the name of a file.")) from None

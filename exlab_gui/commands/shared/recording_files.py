"""The recordings that a command is given: files, and all those in folders."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from exlab_gui.archive.folders import recordings_in
from exlab_gui.commands.shared.options import UnusableError
from exlab_gui.commands.shared.paths import SomePath
from exlab_gui.core.text.sanitize import file_name


def expanded(
    _context: click.Context, _argument: click.Parameter, given: Sequence[Path]
) -> tuple[Path, ...]:
    """Return the files of `given`, with the recordings in a folder, in order, in its place.

    Raises UnusableError for a folder without any, or which cannot be read.
    """
    return tuple(path for one in given for path in _files(one))


def _files(path: Path) -> Iterator[Path]:
    try:
        if not path.is_dir():
            yield path  # whether it can be read is found out when it is
            return
        found = sorted(name for name, _ in recordings_in(path))
    except OSError as error:
        said = error.strerror or str(error)
        raise UnusableError(f"{file_name(path)}: {said}.") from None
    if not found:
        raise UnusableError(f"{file_name(path)}: There are no recordings in this folder.")
    yield from (path / os.fsdecode(name) for name in found)


recordings = click.argument(
    "files",
    metavar="FILE_OR_FOLDER…",
    nargs=-1,
    required=True,
    type=SomePath(path_type=Path),
    callback=expanded,
)

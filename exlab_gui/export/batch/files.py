"""Many sessions as files of any format: together in one where the format can, else one each."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.progress import no_progress
from exlab_gui.core.text.sanitize import file_name, portable_name
from exlab_gui.core.trace import ENDING
from exlab_gui.export.atomic_file import atomic_write, why_not_written
from exlab_gui.export.batch.formats import FORMATS, Write
from exlab_gui.export.batch.sessions import Sessions
from exlab_gui.export.exporter import Exporter, ExportError, Format, Snapshot
from exlab_gui.export.registry import EXPORTERS


class NothingReadError(ExportError):
    """No recording could be read, so that no file is written."""

    def __init__(self) -> None:
        super().__init__("No recording could be read.")


class Single(NamedTuple):
    """A format of one session, and the exporter that it is of."""

    exporter: Exporter[Any]
    form: Format[Any]


SINGLES = {
    form.key: Single(exporter, form)
    for exporter in reversed(EXPORTERS)
    if exporter.redacted is None
    for form in exporter.formats
    if form.key not in FORMATS
}
"""The formats of one session by their names."""


class Choice(NamedTuple):
    """A format to choose: what it is called, its name, and the table, if it is one of several."""

    label: str
    name: str
    table: str = ""


def choices() -> Sequence[Choice]:
    """Return every format, the ones of many sessions first."""
    together = [
        Choice(f"{form.label}: {table}" if table else form.label, form.name, table)
        for form in FORMATS.values()
        for table in (form.tables if form.write is not None and form.tables else ("",))
    ]
    return *together, *(Choice(one.form.label, name) for name, one in SINGLES.items())


def write_into(
    folder: Path, choice: Choice, sessions: Sessions, colours: PictureColours, paper: PictureColours
) -> list[Path]:
    """Write `sessions` to new files in `folder`, and return these. Raises ExportError."""
    if choice.name in SINGLES:
        return _write_each(folder, SINGLES[choice.name], sessions, colours, paper)
    form = FORMATS[choice.name]
    writes = {choice.table or "sessions": form.tables.get(choice.table, form.write)}
    if form.write is None:
        writes = dict(form.tables)
    paths = []
    for stem, write in writes.items():
        assert write is not None
        path = unused(folder / form.file_name(stem))
        _write(path, partial(write_all, write, sessions))
        paths.append(path)
    return paths


def write_all(write: Write, sessions: Sessions, file: BinaryIO) -> None:
    """Write `sessions` to `file`. Raises NothingReadError if none could be read."""
    write(sessions, file)
    if not sessions.count:
        raise NothingReadError


def write_single(form: Format[Any], taken: Any, file: BinaryIO) -> None:
    form.write(taken, file, no_progress)


def unused(path: Path) -> Path:
    """Return `path`, with a number if there is such a file."""
    suffix = "".join(path.suffixes[-2:]) if path.name.endswith(ENDING) else path.suffix
    stem = path.name.removesuffix(suffix)
    number = 2
    while os.path.exists(path):  # noqa: PTH110  # unlike Path's, it never raises
        path = path.with_name(f"{stem}-{number}{suffix}")
        number += 1
    return path


def stem_of(path: Path) -> str:
    return path.name.removesuffix(ENDING) if path.name.endswith(ENDING) else path.stem


def _write_each(
    folder: Path,
    single: Single,
    sessions: Sessions,
    colours: PictureColours,
    paper: PictureColours,
) -> list[Path]:
    form, exporter = single.form, single.exporter
    paths = []
    for path, recording in sessions.by_path():
        snapshot = Snapshot(recording, len(recording.events), colours, paper=paper)
        if reason := exporter.why_not(snapshot):
            sessions.problems.append(f"{file_name(path)}: {reason}")
            continue
        stem = "session" if sessions.redacted else portable_name(recording.header.label)
        target = unused(folder / f"{stem}{form.suffixes[0]}")
        taken = exporter.take(snapshot, no_progress)
        _write(target, partial(write_single, form, taken))
        paths.append(target)
    if not paths and not sessions.problems:
        raise NothingReadError
    return paths


def _write(path: Path, write: Callable[[BinaryIO], object]) -> None:
    try:
        with atomic_write(path) as file:
            write(file)
    except OSError as error:
        raise ExportError(why_not_written(path, error)) from None

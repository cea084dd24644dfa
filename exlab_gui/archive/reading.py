"""Reading many recordings for an index, in several processes if there are many."""

import os
from collections.abc import Generator, Sequence
from itertools import chain
from pathlib import Path

from exlab_gui.archive.folders import Stamp
from exlab_gui.archive.schema import OF_FILE, Read, pack
from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.trace import TraceError, TraceReader
from exlab_gui.system.worker_processes import map_in_processes

PARALLEL_FROM = 2_000
"""Fewer files than this are read before another process would have started."""

TOGETHER = 16
"""So many files are read, and taken into an index, at a time."""

Found = tuple[bytes, Stamp]
"""The path of a recording below its folder, and its stamp."""


def read_all(folder: Path, files: Sequence[Found]) -> Generator[list[Read], None, None]:
    """Yield what is read of `files`, some at a time and in order."""
    parts = [files[start : start + TOGETHER] for start in range(0, len(files), TOGETHER)]
    folders = [os.fsencode(folder)] * len(parts)
    workers = os.cpu_count() or 1
    if len(files) < PARALLEL_FROM or workers == 1:
        yield from map(_read_part, folders, parts)
        return
    yield from map_in_processes(workers, _read_part, folders, parts)


def read(folder: bytes, path: bytes, stamp: Stamp) -> Read:
    """Return the summary of the recording at `path`, as it is with this `stamp` or later."""
    try:
        with TraceReader(os.fsdecode(os.path.join(folder, path)), exact=False) as reader:  # noqa: PTH118
            events = list(chain.from_iterable(reader))
            if not events:
                return Read(path, *stamp, None, fault=reader.problems[0].sentence)
            summary = summarize(reader.header, events, len(reader.problems))
    except TraceError as error:
        return Read(path, *stamp, None, fault=str(error))
    key = reader.header.session_id or ""
    return Read(path, *stamp, pack(summary), b"id " + key.encode() if key else OF_FILE + path)


def _read_part(folder: bytes, files: Sequence[Found]) -> list[Read]:
    return [read(folder, path, stamp) for path, stamp in files]

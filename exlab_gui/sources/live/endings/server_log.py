"""The log of the server that runs on this computer.

Each entry begins with a time in whole seconds and a level: ``2026-04-17T14:31:55Z [ERROR] …``. The
lines of a traceback follow it.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from exlab_gui.core.files import open_file
from exlab_gui.core.text.sanitize import PlainError, sanitize
from exlab_gui.sources.live.server_file import state_folder

NAME = "app.log"

MAX_BYTES = 2**18
"""The end of the log that is read."""

MAX_LINES = 40
_MAX_LENGTH = 400  # of a line, in characters
_ENTRY = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\S*Z? +\[(\w+) *\]")
_SERIOUS = ("WARN", "WARNING", "ERROR", "CRITICAL")


def server_log_path(
    system: str = sys.platform, variables: Mapping[str, str] = os.environ, home: Path | None = None
) -> Path:
    """Return the path of the log, which may not exist; arguments and error are `state_folder`'s."""
    state = state_folder(system, variables, home)
    if system == "darwin":
        return (home or Path.home()) / "Library" / "Logs" / "exlab-wizard" / NAME
    return state.parent / "Logs" / NAME if system == "win32" else state / NAME


def serious_lines(
    path: Path, begin: datetime, end: datetime, trace_id: str | None = None
) -> tuple[str, ...]:
    """Return the warnings and errors from `begin` to `end`, both in UTC, with their tracebacks.

    With `trace_id`, only the entries that name it, whenever that was. Of many lines, the last ones
    are returned.
    """
    begin, end = begin.replace(microsecond=0), end + timedelta(seconds=1)
    lines: list[str] = []
    for at, level, entry in _entries(_tail(path)):
        if trace_id is not None:
            wanted = any(trace_id in line for line in entry)
        else:
            wanted = begin <= at <= end and level in _SERIOUS
        if wanted:
            lines += entry
    return tuple(sanitize(line, _MAX_LENGTH) for line in lines[-MAX_LINES:])


def _tail(path: Path) -> list[str]:
    try:
        file, size = open_file(path, PlainError)
        with file:
            file.seek(max(size - MAX_BYTES, 0))
            return file.read(MAX_BYTES).decode(errors="replace").splitlines()
    except (PlainError, OSError):
        return []


def _entries(lines: list[str]) -> Iterator[tuple[datetime, str, list[str]]]:
    entry: list[str] = []
    at, level = datetime.min.replace(tzinfo=UTC), ""
    for line in lines:
        if begins := _ENTRY.match(line):
            if entry:
                yield at, level, entry
            try:
                at = datetime.fromisoformat(begins[1]).replace(tzinfo=UTC)
            except ValueError:
                continue
            level, entry = begins[2], []
        elif not level:  # the end of an entry whose beginning was not read
            continue
        entry.append(line)
    if entry:
        yield at, level, entry

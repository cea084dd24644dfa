"""How often each state and each transition was taken, as JSON or as a page.

A file of JSON has a line for each machine. Such files can be merged.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from exlab_gui.core.analysis.coverage import Coverage, CoverageData
from exlab_gui.core.files import open_file
from exlab_gui.core.limits import COVERAGE_BYTES
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.sanitize import PlainError, sanitize
from exlab_gui.core.text.showable import why_not_shown
from exlab_gui.export.exporter import text_format


class CoverageError(PlainError):
    """A file cannot be read as coverage; the message says why, in one sentence."""


class Counted(NamedTuple):
    """The coverage of each machine, to be written in `colours`."""

    coverages: Sequence[Coverage]
    colours: PictureColours


def to_json(counted: Counted) -> str:
    return "".join(f"{msgspec.json.encode(one.data()).decode()}\n" for one in counted.coverages)


def to_page(counted: Counted) -> str:
    from exlab_gui.export.coverage import page  # not when the window opens

    return page.to_page(counted.coverages, counted.colours)


def read_coverage(path: Path) -> list[Coverage]:
    """Return what is in a file of JSON. Raises CoverageError."""
    file, size = open_file(path, CoverageError)
    with file:
        if size > COVERAGE_BYTES:
            raise CoverageError(f"The file is larger than {COVERAGE_BYTES:,} bytes.")
        return list(map(_coverage, filter(bytes.strip, file.read(COVERAGE_BYTES).splitlines())))


def _coverage(line: bytes) -> Coverage:
    try:
        counted = Coverage.of(_decode(line))
    except UNREADABLE as error:
        raise CoverageError(f"This is no coverage: {decode_fault(error)}.") from None
    except ValueError as error:
        raise CoverageError(f"This is no coverage: {sanitize(str(error))}.") from None
    if reason := why_not_shown(counted.machine):
        raise CoverageError(f"The state machine {reason}.")
    return counted


def merged(coverages: Iterable[Coverage]) -> list[Coverage]:
    """Return the sum of `coverages` for each of their machines."""
    by_machine: dict[object, Coverage] = {}
    for counted in coverages:
        by_machine.setdefault(counted.machine, Coverage(counted.machine)).merge(counted)
    return [*by_machine.values()]


_decode = msgspec.json.Decoder(CoverageData).decode

JSON = text_format("JSON", (".json",), to_json)
HTML = text_format("HTML", (".html", ".htm"), to_page)
FORMATS = (JSON, HTML)

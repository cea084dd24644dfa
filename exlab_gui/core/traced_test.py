"""The trace of a test that drove the window: one archive with its steps, sessions and pictures.

``docs/testing.md`` describes the file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from exlab_gui.core.protocol.decode_fault import decode_fault
from exlab_gui.core.protocol.events import Instant
from exlab_gui.core.protocol.wire import UNREADABLE
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import ENDING, Recording, TraceError, load

if TYPE_CHECKING:
    from zipfile import ZipFile

FORMAT = "exlab-test-trace"
VERSION = 1

STEPS = "steps.json"
"""The name in the archive of the description; recordings and pictures have those of `session_name`
and of `Step`."""

_MAX_BYTES = 2**29


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call of the driver, and what came of it.

    `file`, `line` and `code` are where the test made it, `began_s` the seconds since the window was
    opened. Afterwards the window showed the session number `session`, from 0, whose events number
    `before` (from 0) to `after` are new; `state`, `legal` and `message` are what the window showed.
    `notes` are warnings of Qt and Python and failures of tasks, `error` is what the call raised.
    `pictures` are the names of those before and after it, in the archive.
    """

    call: str
    file: str = ""
    line: int = 0
    code: str = ""
    began_s: float
    lasted_s: float = 0.0
    session: int = 0
    before: int = 0
    after: int = 0
    state: str = ""
    legal: list[str] = []
    message: str = ""
    notes: list[str] = []
    error: str = ""
    pictures: tuple[str, ...] = ()


class TracedTest(msgspec.Struct, frozen=True, kw_only=True):
    """A test, its steps, and how it ended; `failure` is the text of its report."""

    format: str = FORMAT
    version: int = VERSION
    test: str
    outcome: str
    failure: str = ""
    began: Instant
    programs: dict[str, str]
    steps: list[Step]


class Trace(NamedTuple):
    """A traced test, its sessions, and its pictures in PNG by their names."""

    test: TracedTest
    recordings: Sequence[Recording]
    pictures: dict[str, bytes]


def session_name(number: int) -> str:
    """Return the name in the archive of session `number`, from 0."""
    return f"session-{number}{ENDING}"


def load_trace(path: Path) -> Trace:
    """Return the trace in the file at `path`. Raises TraceError."""
    import zlib  # both with their first use: the window opens sooner
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            return _read(archive)
    except OSError as error:
        raise TraceError(
            phrase("The file cannot be read: {reason}.", reason=error.strerror or error)
        ) from None
    # What zipfile raises for damaged bytes, depending on what they were: also NotImplementedError,
    # for a way of packing that there is not, which is a RuntimeError.
    except (BadZipFile, zlib.error, EOFError, RuntimeError, KeyError, ValueError):
        raise TraceError(phrase("This is not the trace of a test, or it is damaged.")) from None


def _read(archive: "ZipFile") -> Trace:
    from tempfile import TemporaryDirectory

    names = archive.namelist()
    if sum(info.file_size for info in archive.infolist()) > _MAX_BYTES:
        raise TraceError(phrase("It has more than {max_bytes} MiB.", max_bytes=_MAX_BYTES // 2**20))
    try:
        test = msgspec.json.decode(archive.read(STEPS), type=TracedTest)
    except UNREADABLE as error:
        raise TraceError(
            phrase("Its steps cannot be read: {decode_fault}.", decode_fault=decode_fault(error))
        ) from None
    if (test.format, test.version) != (FORMAT, VERSION):
        raise TraceError(phrase("It is not a trace of version {version}.", version=VERSION))
    recordings: list[Recording] = []
    with TemporaryDirectory() as folder:
        while (name := session_name(len(recordings))) in names:
            (copy := Path(folder) / name).write_bytes(archive.read(name))
            recordings.append(load(copy))
    for step in test.steps:
        if not 0 <= step.session < len(recordings):
            raise TraceError(phrase("A step is about a session that is not in the file."))
        if not 0 <= step.before <= step.after <= len(recordings[step.session].events):
            raise TraceError(phrase("A step is about events that are not in the file."))
    wanted = {name for step in test.steps for name in step.pictures} & set(names)
    return Trace(test, recordings, {name: archive.read(name) for name in wanted})

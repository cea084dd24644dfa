"""Recording a trace of a test: each call of the driver, with what came of it."""

import linecache
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, TextIO

from msgspec.structs import replace
from PySide6.QtCore import QBuffer, QIODevice
from shiboken6 import isValid

from exlab_gui import __version__
from exlab_gui.core.clock import utc_now
from exlab_gui.core.trace import TEST_ENDING
from exlab_gui.core.traced_test import Step, Trace, TracedTest
from exlab_gui.export.traced_test.archive import save_trace
from exlab_gui.export.traced_test.page import save_page
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.testing.driver.acting import Call
from exlab_gui.testing.loop import UNNOTICED
from exlab_gui.testing.pictures import picture_of
from exlab_gui.theme.colours import LIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from exlab_gui.core.protocol.events import Event
    from exlab_gui.core.trace import Recording
    from exlab_gui.models.session_model import SessionModel

MAX_STEPS = 1_000
"""Of a longer test the first steps are traced."""

_PNG_SPEED = 80  # compresses a little, and is five times as fast as the default
_OWN = ("exlab_gui.testing", "contextlib")


class Place(NamedTuple):
    """A line of a test."""

    file: str
    line: int
    code: str


NOWHERE = Place("", 0, "")


class Tracer:
    """Traces the calls of a test's drivers. `messages` are those of Qt so far, if they are known.

    Pictures that are alike are kept once.
    """

    def __init__(self, messages: Callable[[], list[str]]) -> None:
        self._messages = messages
        self._began = utc_now()
        self._start = perf_counter()
        self._steps: list[Step] = []
        self._histories: list[tuple[SessionModel, Sequence[Event], Recording]] = []
        self._recordings: list[Recording] = []
        self._pictures: dict[str, bytes] = {}
        self._last: tuple[QImage, str] | None = None
        self._warned: list[str] = []

    def watch(self, monitor: SessionMonitor) -> None:
        """Trace the calls of `monitor` from now on."""
        self._events(monitor)
        monitor.observers.append(self.observe)

    @contextmanager
    def observe(self, call: Call) -> Iterator[None]:
        """Trace `call`."""
        if len(self._steps) >= MAX_STEPS:
            yield
            return
        assert isinstance(call.driver, SessionMonitor)
        monitor, place, error = call.driver, _place(), ""
        before, picture = self._events(monitor), self._picture(monitor)
        notes = self._count_notes()
        began = perf_counter()
        try:
            with self._warnings():
                yield
        except BaseException as raised:
            error = f"{type(raised).__name__}: {raised}"
            raise
        finally:
            lasted = perf_counter() - began
            if isValid(monitor.window):
                session, after = self._events(monitor)
                self._steps.append(
                    Step(
                        call=str(call),
                        **place._asdict(),
                        began_s=began - self._start,
                        lasted_s=lasted,
                        session=session,
                        before=before[1] if before[0] == session else 0,
                        after=after,
                        state=monitor.state,
                        legal=sorted(monitor.legal, key=monitor.session.machine.states.index),
                        message=monitor.message,
                        notes=self._notes_since(notes),
                        error=error,
                        pictures=(picture, self._picture(monitor)),
                    )
                )

    def capture(self) -> None:
        """Take the sessions as they are now: their windows are about to close."""
        self._recordings = [
            # One that was reset has begun anew, in another history.
            session.source.recording()
            if session.source.arrivals is history
            else replace(first, arrivals=list(history))
            for session, history, first in self._histories
        ]

    def trace(self, test: str, outcome: str, failure: str = "", place: Place = NOWHERE) -> Trace:
        """Return the trace of a `test` that ended so; `place` is where it failed."""
        if not self._recordings:
            self.capture()
        steps = self._steps[:]
        if failure:
            steps.append(self._end(failure, place))
        programs = {"exlab-gui": __version__, "Python": sys.version.split()[0]}
        traced = TracedTest(
            test=test,
            outcome=outcome,
            failure=failure,
            began=self._began,
            programs=programs,
            steps=steps,
        )
        return Trace(traced, self._recordings, self._pictures)

    def _end(self, failure: str, place: Place) -> Step:
        """Return the step of a failure, which shows what the one before it has left."""
        last = self._steps[-1] if self._steps else Step(call="", began_s=0.0)
        return replace(
            last,
            call="The test fails",
            **place._asdict(),
            began_s=perf_counter() - self._start,
            lasted_s=0.0,
            before=last.after,
            notes=[],
            error=failure,
            pictures=last.pictures[-1:],
        )

    def _events(self, monitor: SessionMonitor) -> tuple[int, int]:
        """Return the number of the session that is shown, and the number of its events."""
        session = monitor.session
        history = session.source.arrivals
        numbers = (n for n, (_, known, _) in enumerate(self._histories) if known is history)
        number = next(numbers, len(self._histories))
        if number == len(self._histories):
            self._histories.append((session, history, session.source.recording()))
        return number, session.count

    def _picture(self, monitor: SessionMonitor) -> str:
        image = picture_of(monitor.window).toImage()
        if self._last is not None and self._last[0] == image:
            return self._last[1]
        name = f"picture-{len(self._pictures)}.png"
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG", _PNG_SPEED)  # type: ignore[call-overload]  # the stub wants bytes
        self._pictures[name] = bytes(buffer.data().data())
        self._last = image, name
        return name

    @contextmanager
    def _warnings(self) -> Iterator[None]:
        show = warnings.showwarning

        def note(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: TextIO | None = None,
            line: str | None = None,
        ) -> None:
            self._warned.append(f"{filename}:{lineno}: {category.__name__}: {message}")
            show(message, category, filename, lineno, file, line)

        warnings.showwarning = note
        try:
            yield
        finally:
            warnings.showwarning = show

    def _count_notes(self) -> tuple[int, int, int]:
        return len(self._messages()), len(self._warned), len(UNNOTICED)

    def _notes_since(self, counts: tuple[int, int, int]) -> list[str]:
        qt, python, tasks = counts
        failed = [f"{one.get('message')}: {one.get('exception')!r}" for one in UNNOTICED[tasks:]]
        return [*self._messages()[qt:], *self._warned[python:], *failed]


def write_trace(folder: Path, trace: Trace) -> tuple[Path, Path]:
    """Write `trace` to a file and to a page in `folder`, and return their paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file, page = folder / f"trace{TEST_ENDING}", folder / "trace.html"
    save_trace(file, trace)
    save_page(page, trace, LIGHT)
    return file, page


def _place() -> Place:
    """Return the line of the test that calls the driver; none if a fixture of the plugin does."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_OWN):
        frame = frame.f_back
    if frame.f_globals.get("__name__", "").startswith("_pytest"):
        return NOWHERE
    return place_of(frame.f_code.co_filename, frame.f_lineno)


def place_of(file: str, line: int) -> Place:
    return Place(file, line, linecache.getline(file, line).strip())

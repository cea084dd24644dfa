"""The drive of a file, which may not answer, as one of a network."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from exlab_gui.system.worker import Worker

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")


class SilentDriveError(Exception):
    """The drive does not answer in time."""


class Drive:
    """Asks the drive of a file in a thread, and waits no longer than it is told to."""

    def __init__(self) -> None:
        self._worker = Worker()
        self._look: Future[bool] | None = None

    def ask(self, work: Callable[[], T], patience_s: float) -> T:
        """Return what `work` does; raises SilentDriveError if that takes longer."""
        try:
            return self._worker.ask(work).result(patience_s)
        except TimeoutError:
            raise SilentDriveError from None

    def answers(self, file: Path, patience_s: float) -> bool:
        """Return whether the drive of `file` answers by then."""
        if self._look is None or self._look.done():
            self._look = self._worker.ask(lambda: _looked_at(file))
        try:
            return self._look.result(patience_s)
        except TimeoutError:
            return False

    def when_it_answers(self, told: Callable[[], object]) -> None:
        """Have `told` called, in any thread, once the drive answers what it was asked last."""
        if self._look is not None:
            self._look.add_done_callback(lambda _: told())


def _looked_at(file: Path) -> bool:
    """Open `file`, or its folder; return True once that is done, whatever came of it."""
    with suppress(OSError):  # an answer, too
        if file.is_file():
            os.close(os.open(file, os.O_RDONLY))
    return True

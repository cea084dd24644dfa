"""The program's log file."""

import errno
import logging
import platform
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Self

from platformdirs import user_log_path

from exlab_gui import __version__, paths
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.crash_files import RunFile, set_aside_crashes

NAME = "exlab-gui.log"

_MAX_BYTES = 1_000_000
_OLD_FILES = 4
_FORMAT = "%(asctime)s %(levelname)-8s %(name)s: %(message)s"

_log = logging.getLogger(__name__)


def log_folder() -> Path:
    """Return the folder of the log file, which need not exist yet. Raises OSError."""
    if (folder := paths.own_folder()) is not None:
        return folder / "log"
    try:
        return user_log_path("exlab-gui", appauthor=False)
    except RuntimeError:
        raise OSError(errno.ENOENT, "This user has no home folder") from None


class RunLog:
    """The log of one run of the program, from `start` until `end`.

    As a context, it ends with the block; an exception that leaves the block is logged, and makes
    the run one that did not end well. `crashes` are the files of earlier runs that did not end
    well, found at the start; the newest one is last. `running` is how many others went on then.
    `problem` says why nothing can be logged, if that is so: the program goes on without.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.crashes: list[Path] = []
        self.running = 0
        self.problem = ""
        self._run: RunFile | None = None
        self._handlers: list[logging.Handler] = []

    def start(self, *, debug: bool = False) -> None:
        """Log from now on to the file, and with `debug` also, and more, to the terminal."""
        logging.raiseExceptions = False  # on a full disk, each entry would print a traceback
        root = logging.getLogger()
        root.setLevel(logging.DEBUG if debug else logging.INFO)
        if debug:
            self._add(logging.StreamHandler())
        try:
            self.folder = folder = self.folder or log_folder()
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / NAME).exists() and not (folder / NAME).is_file():
                raise OSError(errno.EINVAL, f"{NAME} is no ordinary file")
            self._add(
                RotatingFileHandler(
                    folder / NAME,
                    maxBytes=_MAX_BYTES,
                    backupCount=_OLD_FILES,
                    encoding="utf-8",
                    errors="backslashreplace",
                )
            )
            self.crashes, self.running = set_aside_crashes(folder)
            self._run = RunFile(folder)
        except OSError as error:
            place = f"{file_name(self.folder)}: " if self.folder else ""
            self.problem = f"There is no log: {place}{error.strerror or error}."
        _log.info("exlab-gui %s, Python %s", __version__, platform.python_version())
        for crash in self.crashes:
            _log.error("An earlier run did not end well: %s", crash)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # An error of click has an exit code: it is a way to end.
        ends = isinstance(error, SystemExit | KeyboardInterrupt) or hasattr(error, "exit_code")
        if error is not None and not ends:
            _log.critical("The program ends", exc_info=error)
            if self._run is not None:
                self._run.keep(error)
                self._run = None
        self.end()

    def end(self) -> None:
        """Note that this run ended as it should."""
        if self._run is not None:
            self._run.end()
            self._run = None
        for handler in self._handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()
        self._handlers.clear()
        logging.raiseExceptions = True

    def _add(self, handler: logging.Handler) -> None:
        handler.setFormatter(logging.Formatter(_FORMAT))
        logging.getLogger().addHandler(handler)
        self._handlers.append(handler)

"""The settings of the program."""

import json
import logging
import sys
from collections.abc import Iterable
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QSettings,
    Qt,
    Signal,
)

from exlab_gui import paths
from exlab_gui.core.files import resolved
from exlab_gui.core.text.sanitize import PlainError, file_name
from exlab_gui.core.text.translation import phrase
from exlab_gui.settings_file import (
    NAME,
    assert_readable,
    name_of,
    not_kept,
    removed,
    user_file,
    why_locked,
)
from exlab_gui.system.drive import Drive, SilentDriveError

T = TypeVar("T")

_log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""So long the start and the end of the program wait for a drive that does not answer."""

_SHORT_PATIENCE_S = 0.08
"""So long a window waits that is shown."""

VERSION = 1
"""Of what is kept, and how; settings of a later one are left as they are."""

_VERSION_KEY = "settings/version"
_RECENT = 8


class Settings(QObject):
    """Typed access to the settings; invalid values count as not set.

    `damaged` holds the keys of such values. `problem` is the sentence why nothing is kept, empty if
    it is. Settings that a newer version of the program keeps are neither used nor changed.

    What is kept is written soon, by the event loop, or by `save`.
    """

    failed = Signal(str)
    """The sentence why settings cannot be written now, told once until they can be."""

    _answered = Signal()

    def __init__(self, store: QSettings | None = None) -> None:
        super().__init__()
        self.damaged: set[str] = set()
        self.problem = ""
        self._frozen = False
        # Not given to Qt before it can be written: Qt would wait for another program's lock.
        self._unwritten: dict[str, str] = {}
        self._is_due = False
        self._drive = Drive()
        self._waits = False
        self._answered.connect(self._write_at_last, Qt.ConnectionType.QueuedConnection)
        self._newer: QSettings | None = None
        self._store = self._understood(store or self._open())

    @property
    def file_name(self) -> str:
        """Where the settings are kept: a file, or a place in Windows' registry."""
        store = self._store or self._newer
        return store.fileName() if store else ""

    def text(self, key: str, default: str = "") -> str:
        if key in self._unwritten:
            return self._unwritten[key]
        value = self._store.value(key, default) if self._store else default
        return value if isinstance(value, str) else default

    def one_of(self, key: str, choices: Iterable[str], default: str) -> str:
        text = self.text(key)
        return text if text in tuple(choices) else default

    def number(self, key: str, default: float) -> float:
        """Return a finite number."""
        try:
            number = float(self.text(key))
        except ValueError:
            return default
        return number if isfinite(number) else default

    def names(self, key: str) -> list[str]:
        """Return the list of names that is kept under `key`."""
        text = self.text(key)
        if not text.startswith("["):
            return [name for name in text.split("\n") if name]  # as the first version wrote it
        return self.value(key, list[str]) or []

    def value(self, key: str, kind: type[T]) -> T | None:
        """Return what was kept under `key`, if it is a `kind`; None if not, or nothing was."""
        text = self.text(key)
        if not text:
            return None
        try:
            return msgspec.convert(json.loads(text), kind)
        except (ValueError, msgspec.ValidationError, RecursionError):
            self.damaged.add(key)
            return None

    def keep(self, key: str, value: object) -> None:
        """Keep `value` under `key`: a text or a number as it is, anything else as JSON."""
        if not isinstance(value, str):
            # Unlike msgspec's, it can hold the name of a file that is not UTF-8.
            value = json.dumps(msgspec.to_builtins(value))
        if self._store and not self._frozen:
            self._unwritten[key] = value
            if not self._is_due:
                self._is_due = True
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.UpdateRequest))

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.UpdateRequest:
            return super().event(event)
        self._is_due = False
        if self._unwritten:
            self.save(_SHORT_PATIENCE_S)
        return True

    @property
    def last_folder(self) -> str:
        """The folder of the last opened or saved file; the home folder at first."""
        folder = self.text("files/folder")
        with suppress(OSError):  # raised by a name that is too long, or may not be looked at
            if folder and Path(folder).is_dir():
                return folder
        with suppress(RuntimeError):  # raised if the user has none
            return str(Path.home())
        return str(Path.cwd())

    def used_file(self, path: Path) -> None:
        """Remember the folder of `path`."""
        self.keep("files/folder", str(resolved(path).parent))

    def opened_file(self, kind: str, path: Path) -> None:
        """Make `path` the first of the recent files of its `kind`."""
        self.used_file(path)
        names = [str(resolved(path)), *map(str, self.recent_files(kind))]
        self.keep(f"files/recent_{kind}", list(dict.fromkeys(names))[:_RECENT])

    def recent_files(self, kind: str) -> list[Path]:
        return [Path(name) for name in self.names(f"files/recent_{kind}")]

    def save(self, patience_s: float = PATIENCE_S) -> None:
        """Write what was kept; if that cannot be done, log it, set `problem` and tell it.

        A drive that does not answer is waited for so long; as soon as it does, all is written.
        """
        store = self._store
        if store is None:
            return
        problem = self._why_silent(store, patience_s) or why_locked(store)
        if not problem:
            if store.status() is not QSettings.Status.NoError:  # it would be this one for ever
                store = self._store = QSettings(store.fileName(), store.format())
            if not self._frozen:
                store.setValue(_VERSION_KEY, str(VERSION))
            for key, value in (removed(store) | self._unwritten).items():
                store.setValue(key, value)
            store.sync()
            if store.status() is QSettings.Status.NoError:
                self._unwritten.clear()
            else:
                problem = not_kept(store)
        before, self.problem = self.problem, problem
        if problem and problem != before:
            _log.warning("%s", problem)
            self.failed.emit(problem)

    def reset(self) -> None:
        """Forget everything that was kept; remove a file that cannot be used."""
        if self._newer is not None:
            self._store, self._newer, self.problem = self._newer, None, ""
        elif self._store is None:
            with suppress(OSError, SilentDriveError):
                self._drive.ask(lambda: user_file().unlink(missing_ok=True), PATIENCE_S)
            self._store = self._open()
        self._unwritten.clear()
        if self._store:
            self._store.clear()
        self.save()

    def freeze(self) -> None:
        """Keep nothing more."""
        self._frozen = True

    def _why_silent(self, store: QSettings, patience_s: float) -> str:
        """Return why `store` cannot be written, if its drive does not answer by then."""
        if store.format() is not QSettings.Format.IniFormat:
            return ""
        if self._drive.answers(Path(store.fileName()), patience_s):
            return ""
        if not self._waits:
            self._waits = True
            self._drive.when_it_answers(self._answered.emit)
        return phrase(
            "Settings are not kept: the drive of {file} does not answer.",
            file=name_of(store),
        )

    def _write_at_last(self) -> None:
        self._waits = False
        if self._unwritten:
            self.save(_SHORT_PATIENCE_S)

    def _understood(self, store: QSettings | None) -> QSettings | None:
        """Return `store`, but for one that a newer version of the program keeps."""
        kept = str(store.value(_VERSION_KEY, "")) if store else ""
        if store is None or not kept.isdecimal() or int(kept[:9]) <= VERSION:
            return store
        self.problem = phrase(
            "Settings are not used and not kept: {file} is of a newer version of exlab-gui.",
            file=name_of(store),
        )
        self._newer = store
        return None

    def _open(self) -> QSettings | None:
        """Return the user's settings, or None if Qt cannot read them."""
        self.problem = ""
        if sys.platform == "linux" or paths.own_folder() is not None:
            file = user_file()
            try:
                self._drive.ask(lambda: assert_readable(file), PATIENCE_S)
            except SilentDriveError:
                self.problem = phrase(
                    "Settings are not used and not kept: the drive of {file} does not answer.",
                    file=file_name(file),
                )
                return None
            except PlainError as error:
                self.problem = phrase(
                    "Settings are not kept, because of {file}: {error}",
                    file=file_name(file),
                    error=error,
                )
                return None
            store = QSettings(str(file), QSettings.Format.IniFormat)
        else:
            store = QSettings(NAME, NAME)
        if not store.isWritable():
            self.problem = not_kept(store)
        return store

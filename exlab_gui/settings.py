"""The settings of the program."""

import json
from collections.abc import Iterable
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QSettings

T = TypeVar("T")

_RECENT = 8


class Settings:
    """Typed access to the settings; invalid values count as not set.

    `damaged` holds the keys of such values.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("exlab-gui", "exlab-gui")
        self.damaged: set[str] = set()
        self._frozen = False

    @property
    def file_name(self) -> str:
        """Where the settings are kept: a file, or a place in Windows' registry."""
        return self._store.fileName()

    def text(self, key: str, default: str = "") -> str:
        value = self._store.value(key, default)
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
        if not self._frozen:
            self._store.setValue(key, value)

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
        self.keep("files/folder", str(path.resolve().parent))

    def opened_file(self, kind: str, path: Path) -> None:
        """Make `path` the first of the recent files of its `kind`."""
        self.used_file(path)
        names = [str(path.resolve()), *map(str, self.recent_files(kind))]
        self.keep(f"files/recent_{kind}", list(dict.fromkeys(names))[:_RECENT])

    def recent_files(self, kind: str) -> list[Path]:
        return [Path(name) for name in self.names(f"files/recent_{kind}")]

    def save(self) -> None:
        self._store.sync()

    def reset(self) -> None:
        """Forget everything that was kept."""
        self._store.clear()
        self.save()

    def freeze(self) -> None:
        """Keep nothing more."""
        self._frozen = True

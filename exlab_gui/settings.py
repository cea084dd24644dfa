"""The settings of the program."""

from collections.abc import Iterable
from contextlib import suppress
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 8


class Settings:
    """Typed access to the settings; invalid values count as not set.

    `store` defaults to the user's own.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings("exlab-gui", "exlab-gui")

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
        return [name for name in self.text(key).split("\n") if name]

    def shape(self, key: str) -> QByteArray:
        """Return the geometry or state of a widget; empty if there is none."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, key: str, value: str | float | QByteArray | Iterable[str]) -> None:
        if isinstance(value, float | int):
            value = str(value)
        elif not isinstance(value, str | QByteArray):
            value = "\n".join(value)
        self._store.setValue(key, value)

    @property
    def last_folder(self) -> str:
        """The folder of the last opened or saved file; the home folder at first."""
        folder = self.text("files/folder")
        with suppress(OSError):  # raised by a name that is too long, or may not be looked at
            if folder and Path(folder).is_dir():
                return folder
        return str(Path.home())

    def used_file(self, path: Path) -> None:
        """Remember the folder of `path`, which was opened or saved."""
        self.keep("files/folder", str(path.resolve().parent))

    def opened_file(self, kind: str, path: Path) -> None:
        """Make `path` the first of the recent files of its `kind`."""
        self.used_file(path)
        names = [str(path.resolve()), *map(str, self.recent_files(kind))]
        self.keep(f"files/recent_{kind}", list(dict.fromkeys(names))[:_RECENT])

    def recent_files(self, kind: str) -> list[Path]:
        """Return the recent files of `kind`, latest first."""
        return [Path(name) for name in self.names(f"files/recent_{kind}")]

    def save(self) -> None:
        self._store.sync()

"""The file of the settings: where it is, and why it can be read or written, or not."""

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QSettings, QStandardPaths

from exlab_gui import paths
from exlab_gui.core.files import open_file
from exlab_gui.core.text.sanitize import PlainError, file_name
from exlab_gui.core.text.translation import phrase

NAME = "exlab-gui"

MAX_BYTES = 2**20
"""The most of the file: Qt reads it whole."""


def not_kept(store: QSettings) -> str:
    return phrase("Settings are not kept: {file} cannot be written.", file=name_of(store))


def name_of(store: QSettings) -> str:
    """Return the name of the file of `store` as the system writes it."""
    return file_name(Path(store.fileName()))


def removed(store: QSettings) -> dict[str, object]:
    """Return what Qt would forget: all that `store` holds, if its file was removed."""
    if store.format() is not QSettings.Format.IniFormat or Path(store.fileName()).exists():
        return {}
    return {key: store.value(key) for key in store.allKeys()}


def why_locked(store: QSettings) -> str:
    """Return why Qt would wait to write `store`, for as long as another program has its lock."""
    if store.format() is not QSettings.Format.IniFormat:
        return ""
    with suppress(OSError):  # as Qt finds out itself; it warns on Windows of a folder that is gone
        Path(store.fileName()).parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(f"{store.fileName()}.lock")
    if lock.tryLock(0):
        return ""  # and unlocked again
    if lock.error() is not QLockFile.LockError.LockFailedError:
        return ""  # as Qt finds out itself
    return phrase(
        "Settings are not kept: another program is writing {file}.",
        file=name_of(store),
    )


def user_file() -> Path:
    """Return the file in the user's own folder, or that which Qt would choose on Linux."""
    if (folder := paths.own_folder()) is not None:
        return folder / f"{NAME}.conf"
    kept = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(kept, NAME, f"{NAME}.conf")


def assert_readable(file: Path) -> None:
    """Raise PlainError for what Qt would wait for, such as a pipe, or read whole for too long."""
    if not os.path.lexists(file):
        return
    opened, size = open_file(file, PlainError)
    opened.close()
    if size > MAX_BYTES:
        raise PlainError(
            phrase(
                "It has {size:,} bytes; settings have at most {max_bytes:,}.",
                size=size,
                max_bytes=MAX_BYTES,
            )
        )

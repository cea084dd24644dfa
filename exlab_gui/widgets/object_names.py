"""Object names: how UI tests, and screen readers, find things in the window."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

Q = TypeVar("Q", bound=QObject)


def named(thing: Q, name: str, accessible: str = "") -> Q:
    """Return `thing` under the object name `name`, and as `accessible` for a screen reader."""
    thing.setObjectName(name)
    if accessible and isinstance(thing, QWidget):
        thing.setAccessibleName(accessible)
    return thing

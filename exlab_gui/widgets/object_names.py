"""Object names for UI tests and accessible names for screen readers."""

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QSpinBox, QWidget

from exlab_gui.core.text.translation import tr

Q = TypeVar("Q", bound=QObject)


def named(thing: Q, name: str, accessible: str = "") -> Q:
    """Give `thing` an object name and an accessible name, and return it.

    A label's is its description: a name would be read out in place of its text. The unit of a
    number, which readers leave out of its value, is its description. What is typed into a combo box
    has the box's name.
    """
    thing.setObjectName(name)
    if accessible and isinstance(thing, QLabel):
        thing.setAccessibleDescription(tr(accessible))
    elif accessible and isinstance(thing, QWidget):
        thing.setAccessibleName(tr(accessible))
        if isinstance(thing, QSpinBox | QDoubleSpinBox):
            thing.setAccessibleDescription(thing.suffix().strip())
        elif isinstance(thing, QComboBox) and (line := thing.lineEdit()) is not None:
            line.setAccessibleName(tr(accessible))
    return thing

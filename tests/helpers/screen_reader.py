"""What a screen reader finds in a window: Qt's tree of accessible objects."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

_Text = QAccessible.Text
_KINDS = ("action", "attributes", "editableText", "selection", "tableCell", "text", "value")
_MOST = 20_000


class Found(NamedTuple):
    """One accessible object, as it is read out."""

    role: QAccessible.Role
    name: str
    value: str
    description: str
    help: str
    thing: QObject | None
    interface: QAccessibleInterface

    @property
    def read(self) -> str:
        return "\n".join((self.name, self.value, self.description))

    @property
    def actions(self) -> list[str]:
        offered = self.interface.actionInterface()
        return offered.actionNames() if offered is not None else []


def walk(thing: QObject) -> list[Found]:
    """Return `thing` and all that is visible within it, each parent before its children."""
    found = list(_below(QAccessible.queryAccessibleInterface(thing)))
    assert len(found) < _MOST
    return found


def _below(interface: QAccessibleInterface) -> Iterator[Found]:
    assert interface.isValid()
    if interface.state().invisible:
        return
    texts = [
        interface.text(which) for which in (_Text.Name, _Text.Value, _Text.Description, _Text.Help)
    ]
    for kind in _KINDS:  # as Qt asks when a reader asks which there are
        getattr(interface, f"{kind}Interface")()
    yield Found(interface.role(), *texts, interface.object(), interface)
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is None:
            continue
        assert interface.indexOfChild(child) == place, (interface, child)
        yield from _below(child)

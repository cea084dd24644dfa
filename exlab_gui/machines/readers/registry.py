"""All readers of state machines, each under the kind of object or file that it reads."""

from collections.abc import Callable, Mapping

from exlab_gui.machines.description import Description
from exlab_gui.machines.readers import (
    automat,
    python_statemachine,
    scxml,
    table,
    transitions,
    xstate,
)
from exlab_gui.machines.readers.reader import Reader

OBJECTS: tuple[Reader, ...] = (
    table.READER,
    transitions.READER,
    python_statemachine.READER,
    automat.READER,
)
"""Of the objects in a module; the first that can read one does."""

FILES: Mapping[str, Callable[[bytes], Description]] = {
    ".scxml": scxml.read,
    ".json": xstate.read,
}
"""Of files, by the ending of their names."""

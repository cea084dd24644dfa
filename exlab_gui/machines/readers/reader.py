"""What every reader of objects can do."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exlab_gui.machines.description import Description


@dataclass(frozen=True)
class Reader:
    """A reader of one kind of object, which has a `name`.

    `read` returns the machine of an object, or None for one of another kind. `finds` returns
    whether an object that nobody named is certainly a machine. Neither imports a library: a module
    that has a machine of one has imported it.
    """

    name: str
    finds: Callable[[Any], bool]
    read: Callable[[Any], Description | None]


def loaded(module: str, name: str) -> tuple[type[Any], ...]:
    """Return the class `name` of a library's `module` if that is imported, for isinstance."""
    found = getattr(sys.modules.get(module), name, None)
    return (found,) if isinstance(found, type) else ()

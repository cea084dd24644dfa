"""What the user can do in the window: one record for each action, with the method that does it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from exlab_gui.sources.commands import Command
from exlab_gui.theme.icons import IconName

if TYPE_CHECKING:
    from exlab_gui.controllers.context import ActionContext
    from exlab_gui.models.session_model import SessionModel

F = TypeVar("F", bound=Callable[..., object])

MenuName = Literal["Session", "Trace", "Server", "View", "Help"]
"""The menus, by what stands behind ``menu`` in their object names."""

WhyNot = Callable[[Any], str | None]
"""Returns why a controller cannot do something now, or None if it can."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action: its words, its place in a menu, and when it can be done.

    As a decorator, it declares the method of a controller that does it; the first line of its
    docstring is the tip. The action stands in the group of its menu with the number `group`.
    `checked` returns whether it is checked; without it, it is not checkable.
    """

    name: str
    text: str
    keys: str
    menu: MenuName
    group: int
    why_not: WhyNot = lambda _: None
    checked: Callable[[Any], bool] | None = None
    icon: IconName | None = None
    tip: str = ""
    do: Callable[[Any], object] = lambda _: None

    def __call__(self, do: F) -> F:
        tip, _, _ = (do.__doc__ or "").partition("\n")
        do.__dict__["entry"] = replace(self, do=do, tip=tip.removesuffix("."))
        return do


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu within a menu. As a decorator, it declares the method that fills it when it opens."""

    name: str
    text: str
    menu: MenuName
    group: int
    fill: Callable[[Any, QMenu], object] = lambda _controller, _menu: None

    def __call__(self, fill: F) -> F:
        fill.__dict__["entry"] = replace(self, fill=fill)
        return fill


def refused(command: Command) -> WhyNot:
    """Return what tells why the shown session would refuse `command` now."""

    def why_not(controller: Controller) -> str | None:
        return controller.session.why_not(command)

    return why_not


class Controller(QObject):
    """Does what its actions say, with the session that the window shows."""

    def __init__(self, context: "ActionContext") -> None:
        super().__init__(context.window)
        self.context = context
        context.bind(self)

    @property
    def session(self) -> "SessionModel":
        """The session that the window shows."""
        return self.context.session

    @classmethod
    def entries(cls) -> Iterator[Action | Submenu]:
        """Yield what the methods of this controller are declared to do, in their order."""
        for member in vars(cls).values():
            entry = getattr(member, "entry", None)
            if isinstance(entry, Action | Submenu):
                yield entry

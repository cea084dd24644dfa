"""Records of the actions and submenus, declared by decorating the methods of controllers."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from exlab_gui.sources.commands import Command
from exlab_gui.theme.icons import IconName

if TYPE_CHECKING:
    from exlab_gui.controllers.context import ActionContext
    from exlab_gui.models.session_model import SessionModel

F = TypeVar("F", bound=Callable[..., object])

MenuName = Literal["Session", "Trace", "Server", "View", "Diagram", "Presentation", "Theme", "Help"]
"""The object names of the menus without their prefix ``menu``."""

WhyNot = Callable[[Any], str | None]
"""Returns why an action of a controller is disabled, or None if it is enabled."""


class Action(msgspec.Struct, frozen=True):
    """An action, as a decorator of the controller's method that performs it.

    The first line of the method's docstring is the tip. `group` numbers the groups of the menu.
    Without `checked`, the action is not checkable. `also` is a second shortcut. `mac` are the keys
    on macOS if that has `keys` for something else, and `role` the action's place in its menus. An
    action that `repeats` is performed again and again while its keys are held down.
    """

    name: str
    text: str
    keys: str
    menu: MenuName
    group: int
    why_not: WhyNot = lambda _: None
    checked: Callable[[Any], bool] | None = None
    icon: IconName | None = None
    also: str = ""
    mac: str = ""
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    repeats: bool = False
    tip: str = ""
    do: Callable[[Any], object] = lambda _: None

    @property
    def shortcuts(self) -> list[str]:
        return self.shortcuts_on(sys.platform)

    def shortcuts_on(self, system: str) -> list[str]:
        keys = self.mac if self.mac and system == "darwin" else self.keys
        return [keys for keys in (keys, self.also) if keys]

    def __call__(self, do: F) -> F:
        tip, _, _ = (do.__doc__ or "").partition("\n")
        do.__dict__["entry"] = msgspec.structs.replace(self, do=do, tip=tip.removesuffix("."))
        return do


class Submenu(msgspec.Struct, frozen=True):
    """A submenu, as a decorator of the controller's method that fills it when it opens."""

    name: str
    text: str
    menu: MenuName
    group: int
    fill: Callable[[Any, QMenu], object] = lambda _controller, _menu: None

    def __call__(self, fill: F) -> F:
        fill.__dict__["entry"] = msgspec.structs.replace(self, fill=fill)
        return fill


def refused(command: Command) -> WhyNot:
    """Return the WhyNot of an action that requests `command`."""

    def why_not(controller: Controller) -> str | None:
        return controller.session.why_not(command)

    return why_not


class Controller(QObject):
    """Performs actions with the shown session."""

    def __init__(self, context: "ActionContext") -> None:
        super().__init__(context.window)
        self.context = context
        context.bind(self)

    @property
    def session(self) -> "SessionModel":
        return self.context.session

    @classmethod
    def entries(cls) -> Iterator[Action | Submenu]:
        for member in vars(cls).values():
            entry = getattr(member, "entry", None)
            if isinstance(entry, Action | Submenu):
                yield entry

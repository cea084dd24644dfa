"""Exceptions in what Python overrides of Qt's classes."""

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import CO_VARARGS, CO_VARKEYWORDS
from types import FunctionType
from typing import Any

import shiboken6

_PACKAGE = "exlab_gui."
_TAKES_MORE = CO_VARARGS | CO_VARKEYWORDS


def survive_exceptions() -> None:
    """Keep an exception in an overridden method from ending the process with a segmentation fault.

    On Python 3.11, PySide6 takes the arguments of an exception before Python has made it an object,
    as it is with an `IndexError` of a list until something catches it. It does so wherever Python
    called Qt, and Qt an override: each click of a test, each `super().event(event)`. So the
    overrides of this package, of now and later, catch what they raise, and raise it again.
    """
    root: Any = shiboken6.Shiboken.Object
    if sys.version_info >= (3, 12) or "__init_subclass__" in vars(root):
        return

    def keep(made: type, /, **given: object) -> None:
        super(root, made).__init_subclass__(**given)
        _guard(made)

    root.__init_subclass__ = classmethod(keep)
    for made in _subclasses(root):
        _guard(made)


def _subclasses(parent: type) -> Iterator[type]:
    children: list[type] = type.__subclasses__(parent)
    for child in children:
        yield child
        yield from _subclasses(child)


def _guard(made: type) -> None:
    if not made.__module__.startswith(_PACKAGE):  # it is one of Qt's own, as most are
        return
    own = [one for one in made.__mro__ if one.__module__.startswith(_PACKAGE)]
    of_qt = [vars(one) for one in made.__mro__ if one not in own and one is not object]
    for one in own:
        for name, method in list(vars(one).items()):
            if not isinstance(method, FunctionType) or name.startswith("_"):
                continue
            if any(name in names for names in of_qt) and not hasattr(method, "__wrapped__"):
                setattr(one, name, _guarded(method))


def _guarded(method: FunctionType) -> Callable[..., object]:
    """Return `method` with as many arguments: PySide6 gives a slot as many as it takes."""
    # To catch an exception makes it an object.
    function: Callable[..., object] = method
    count, takes_more = method.__code__.co_argcount, method.__code__.co_flags & _TAKES_MORE
    if method.__defaults__ or method.__kwdefaults__ or takes_more or count > 2:

        def guarded(*given: object, **named: object) -> object:
            try:
                return function(*given, **named)
            except Exception:
                raise

    elif count == 2:

        def guarded(self: object, given: object) -> object:  # type: ignore[misc]
            try:
                return function(self, given)
            except Exception:
                raise

    else:

        def guarded(self: object) -> object:  # type: ignore[misc]
            try:
                return function(self)
            except Exception:
                raise

    return wraps(method)(guarded)

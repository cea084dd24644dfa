"""Modules that take long to import, imported in a thread when they are first needed."""

import asyncio
import sys
from contextlib import suppress
from importlib import import_module
from threading import Lock

_SWITCH_S = 0.0002
"""How long the window waits for the interpreter while a thread imports; usually it is 5 ms."""

_lock = Lock()


def is_loaded(module: str) -> bool:
    """Whether `module` is imported; one that a thread is importing is not."""
    return module in sys.modules and not _lock.locked()


async def loaded(*modules: str) -> None:
    """Return once `modules` are imported, at once if they are already.

    One that cannot be imported is left to whoever needs it.
    """
    missing = [module for module in modules if not is_loaded(module)]
    if missing:
        await asyncio.get_running_loop().run_in_executor(None, _load, missing)


def _load(modules: list[str]) -> None:
    with _lock:
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_S)
        try:
            for module in modules:
                with suppress(ImportError):
                    import_module(module)
        finally:
            sys.setswitchinterval(before)

"""The window as a program, alone in its process; it is there sooner than in another's.

PySide6 replaces `import` by a function of its own, which reads the source of every module that is
imported, to see whether it uses `__feature__`. This program does not: it has Python's own back.
"""

import builtins

import PySide6.QtCore  # noqa: F401  # it replaces `import`

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

from exlab_gui.app import run  # noqa: E402

__all__ = ["run"]

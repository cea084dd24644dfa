"""`import` as Python has it, also with PySide6. For the program itself, alone in its process.

PySide6 replaces `import` by a function of its own, which reads the source of every module that is
imported, to see whether it uses `__feature__`. This program does not, and is there sooner without.
"""

import builtins

import PySide6.QtCore  # noqa: F401  # it replaces `import`

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

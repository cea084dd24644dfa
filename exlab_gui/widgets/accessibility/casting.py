"""What `interface_cast` returns if there is no interface of the kind that was asked for."""

from shiboken6 import VoidPtr

NO_INTERFACE = VoidPtr(0)
"""Qt's null pointer. PySide 6.11 crashes at a None that Python returns for a ``void *``."""

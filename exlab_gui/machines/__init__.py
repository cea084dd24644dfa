"""State machines of others: modules, machines of other libraries, and files."""

from exlab_gui.machines.description import MachineError
from exlab_gui.machines.loading import load_machine

__all__ = ["MachineError", "load_machine"]

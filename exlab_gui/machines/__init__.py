"""State machines from other modules, each imported in a process of its own."""

from exlab_gui.machines.loading import MachineError, load_machine

__all__ = ["MachineError", "load_machine"]

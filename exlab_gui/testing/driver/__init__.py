"""A driver for the window, which uses it as a user does and reads what it shows."""

from exlab_gui.testing.driver.dialogs import DialogDriver
from exlab_gui.testing.driver.files import FileDriver
from exlab_gui.testing.driver.playing import PlayDriver
from exlab_gui.testing.driver.sessions import SessionDriver
from exlab_gui.testing.driver.stepping import StepDriver
from exlab_gui.testing.driver.waiting import WaitDriver

__all__ = ["SessionMonitor"]


class SessionMonitor(SessionDriver, StepDriver, PlayDriver, WaitDriver, FileDriver, DialogDriver):
    """Drives a window by mouse and keys, and reads it, by the public object names only.

    If the window does not allow an action, the method raises NotPossibleError and changes nothing.
    No method is awaited in a coroutine test, whose loop has to be one that Qt drives.
    """

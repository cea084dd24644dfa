"""What another program has open on Windows is tried again, and nowhere else."""

import pytest

from exlab_gui.system.sharing import patiently


class InUse:
    """A file that others have open for the first `times`."""

    def __init__(self, times: int) -> None:
        self.times = times

    def replace(self) -> str:
        if self.times:
            self.times -= 1
            raise PermissionError("in use")
        return "replaced"


def test_windows_waits_for_a_reader() -> None:
    """A reader, or a virus scanner, has a file for an instant."""
    assert patiently(InUse(2).replace, "win32") == "replaced"


def test_windows_does_not_wait_for_ever() -> None:
    with pytest.raises(PermissionError):
        patiently(InUse(1000).replace, "win32", patience=0.02)


def test_elsewhere_the_permission_is_missing() -> None:
    """There nobody who reads is in the way: waiting would not help."""
    with pytest.raises(PermissionError):
        patiently(InUse(1).replace, "linux")

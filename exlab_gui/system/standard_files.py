"""The three files that every program is given: standard input, output and error."""

import errno
import os
import sys


def reserve_standard_files() -> None:
    """Open the null device for those that were closed.

    Else the next file that is opened, such as a recording, would stand in their place, and would
    be given what libraries write to them.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it gets the lowest number that is free


def is_unread(error: OSError, system: str = sys.platform) -> bool:
    """Return whether writing failed since whoever read it has had enough, as ``head`` has."""
    return error.errno == errno.EPIPE or (system == "win32" and error.errno == errno.EINVAL)

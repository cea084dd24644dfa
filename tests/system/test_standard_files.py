"""What writing to standard output can fail of."""

import errno

import pytest

from exlab_gui.system.standard_files import is_unread


@pytest.mark.parametrize(
    ("number", "system", "unread"),
    [
        (errno.EPIPE, "linux", True),
        (errno.EPIPE, "win32", True),
        (errno.EINVAL, "win32", True),  # as Windows says it
        (errno.EINVAL, "darwin", False),
        (errno.ENOSPC, "win32", False),
    ],
)
def test_nobody_reads_any_longer(number: int, system: str, unread: bool) -> None:
    assert is_unread(OSError(number, ""), system) == unread

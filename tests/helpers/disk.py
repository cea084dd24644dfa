"""Disks that are full, and folders that may not be written."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# Of Linux: the rights of root to read and write everything.
_VERSION, _CAPABILITIES = 0x20080522, (1 << 1) | (1 << 2)


LIMITED = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
"""For a test that opens files before `room_for`: to skip it amid them would leave them open."""


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file be larger than `size` bytes: writing more fails as on a full disk."""
    resource = pytest.importorskip("resource", reason="Windows knows no such limit")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write in `folder`, in this thread and those that it starts, not even root."""
    with _with_mode(folder, 0o555):
        yield


@contextmanager
def unreadable(folder: Path) -> Iterator[None]:
    """Let nobody read what is in `folder`, in the same way."""
    with _with_mode(folder, 0o000):
        yield


def drop_rights() -> None:
    """Take root's rights to read and write everything from this thread, for ever."""
    if sys.platform == "linux" and os.geteuid() == 0:
        effective, permitted, *rest = _rights()
        _set_rights([effective & ~_CAPABILITIES, permitted & ~_CAPABILITIES, *rest])


@contextmanager
def silent_drive(path: Path) -> Iterator[None]:
    """Let whoever opens the file at `path` wait, as on a drive of a network that hangs."""
    fcntl = pytest.importorskip("fcntl", reason="Windows has no leases")
    if not hasattr(fcntl, "F_SETLEASE"):
        pytest.skip("only Linux has leases")
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)  # it tells that somebody waits
    leased = os.open(path, os.O_RDWR)
    try:
        try:
            fcntl.fcntl(leased, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        except OSError as error:
            pytest.skip(f"no lease on this drive: {error}")
        yield
    finally:
        os.close(leased)
        signal.signal(signal.SIGIO, before)


@contextmanager
def _with_mode(folder: Path, mode: int) -> Iterator[None]:
    if sys.platform == "win32":
        pytest.skip("there, the mode of a folder keeps nobody out")
    before = folder.stat().st_mode
    folder.chmod(mode)
    as_root = sys.platform == "linux" and os.geteuid() == 0
    rights = _rights() if as_root else []
    try:
        if as_root:
            _set_rights([rights[0] & ~_CAPABILITIES, *rights[1:]])
        yield
    finally:
        if as_root:
            _set_rights(rights)
        folder.chmod(before)


def _rights() -> list[int]:
    """Return the capabilities of this thread: effective, permitted, inheritable; twice 32 bits."""
    header, data = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None, use_errno=True).capget(header, data) == 0, ctypes.get_errno()
    return list(data)


def _set_rights(rights: list[int]) -> None:
    header, data = (ctypes.c_uint32 * 2)(_VERSION, 0), (ctypes.c_uint32 * 6)(*rights)
    assert ctypes.CDLL(None, use_errno=True).capset(header, data) == 0, ctypes.get_errno()

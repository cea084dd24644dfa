"""The signals by which a program is told to end."""

import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

# Ctrl+C, the end of the user's session, that of the terminal, and that of Windows' console.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def ending_signals() -> list[int]:
    """Return those that this system has; a terminal may end if ``nohup`` says so."""
    known = {name: getattr(signal, name) for name in _NAMES if hasattr(signal, name)}
    if "SIGHUP" in known and signal.getsignal(known["SIGHUP"]) is signal.SIG_IGN:
        del known["SIGHUP"]
    return [*known.values()]


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Let Ctrl+C come after the block only, and never to processes that are started within.

    A terminal sends it to all of them at once. On Windows, they have to call `ignore_interrupts`.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_interrupts() -> None:
    """Leave Ctrl+C to the process that started this one, which ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def on_end(do: Callable[[int], object], but: Collection[int] = ()) -> Iterator[None]:
    """Call `do` with the number of each of those signals that comes within the block.

    Those in `but` are left as they are.
    """
    taken = set(ending_signals()).difference(but)
    before = {number: signal.signal(number, lambda number, _: do(number)) for number in taken}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

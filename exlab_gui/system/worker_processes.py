"""Work that is shared among several processes."""

from collections.abc import Callable, Generator, Iterable
from typing import Any, TypeVar

from exlab_gui.system.signals import ignore_interrupts, interrupts_held_back

T = TypeVar("T")


def map_in_processes(
    workers: int, work: Callable[..., T], *arguments: Iterable[Any]
) -> Generator[T, None, None]:
    """Yield what `work` returns for each of the `arguments`, in order, as ``map`` does.

    If the caller stops, as by Ctrl+C, what has not begun never does. Raises BrokenProcessPool, or
    OSError, if the system ends one of the processes.
    """
    from concurrent.futures.process import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, so that nothing of this process is shared but the arguments.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), ignore_interrupts)
    try:
        with interrupts_held_back():
            results = pool.map(work, *arguments)  # starts the processes
        yield from results
    finally:
        pool.shutdown(cancel_futures=True)

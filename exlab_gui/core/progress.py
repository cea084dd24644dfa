"""Progress of long work, and how it is stopped."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

CHUNK = 64
"""The number of items between two reports of progress: a few milliseconds' work, at most."""

Progress = Callable[[int, int], object]
"""Called with the amounts done and in total; it raises to stop the work."""


def step(progress: Progress, number: int, of: int) -> Progress:
    """Return the progress of step `number` of so many, counted from 0, of what has `progress`."""

    def of_step(done: int, total: int) -> None:
        progress(number * total + done, of * total)

    return of_step


def no_progress(_done: int, _total: int) -> None:
    """Report to nobody."""


def tracked(items: Iterable[T], progress: Progress, before: int, total: int) -> Iterator[T]:
    """Yield `items` and report them to `progress`; `before` of `total` were done already."""
    for place, item in enumerate(items):
        if place % CHUNK == 0:
            progress(before + place, total)
        yield item

"""Which versions of ExLab-Wizard read their event streams themselves."""

import re
from functools import lru_cache

SOLE_READER = ((0, 1),)
"""The versions, by their first two numbers, that are known not to read them."""

_VERSION = re.compile(r"v?(\d{1,9})\.(\d{1,9})(?!\w)")


def has_no_other_reader(version: str) -> bool:
    """Return whether it is known that no part of this version reads the event streams."""
    return _numbers(version) in SOLE_READER


@lru_cache(maxsize=16)  # it is asked for with each change of each session
def _numbers(version: str) -> tuple[int, int] | None:
    found = _VERSION.match(version)
    return found and (int(found[1]), int(found[2]))

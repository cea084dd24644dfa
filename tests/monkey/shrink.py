"""The few steps of a monkey that it takes for a fault or a crash to come again."""

import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise

_LONGEST_S = 600


def steps_of(text: str) -> list[int]:
    """Return the steps that `text` names, such as ``3,17,20-40``."""
    ranges = (part.partition("-") for part in text.split(","))
    return [n for first, _, last in ranges for n in range(int(first), int(last or first) + 1)]


def text_of(steps: Sequence[int]) -> str:
    """Return the text that `steps_of` reads."""
    starts = [n for n in range(len(steps)) if n == 0 or steps[n] != steps[n - 1] + 1]
    parts = (steps[first:end] for first, end in pairwise([*starts, len(steps)]))
    return ",".join(f"{p[0]}-{p[-1]}" if p[1:] else str(p[0]) for p in parts)


def shrink(seed: int, steps: list[int]) -> None:
    """Leave out ever smaller parts of `steps`, as long as the fault comes; tell what is left."""
    size = len(steps) // 2
    while size:
        for first in range(0, len(steps), size):
            fewer = steps[:first] + steps[first + size :]
            if fewer != steps and fewer and _fails(seed, fewer):
                steps = fewer
                print(f"{len(steps)} steps: --seed {seed} --steps {text_of(steps)}", flush=True)
                size = min(size, len(steps) // 2) * 2
                break
        size //= 2


def _fails(seed: int, steps: list[int]) -> bool:
    command = [sys.executable, "-m", "tests.monkey", "--seed", str(seed), "--steps"]
    try:
        done = subprocess.run(
            [*command, text_of(steps)], capture_output=True, timeout=_LONGEST_S, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0

"""Ratios of two things measured in the same run, and the table of what was reached.

The speed of the machine cancels out of a ratio, its noise does not: the two are measured in turn,
round by round, and what counts is the median of the rounds' ratios. Beside it the table has their
quartiles, and the ratio of the two fastest rounds.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import astuple, dataclass
from statistics import quantiles
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from exlab_gui.garbage import collecting_here
from tests.helpers.heartbeat import LONGEST_MS, Heartbeat
from tests.helpers.window import open_window, settings, theme, window

__all__ = ["open_window", "settings", "theme", "window"]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    what: str
    against: str
    target: str
    reached: str
    quartiles: str = ""
    fastest: str = ""
    rounds: str = ""


_HEADER = Row("what", "against", "target", "reached", "quartiles", "fastest", "rounds")
_TABLE = pytest.StashKey[list[Row]]()


class Comparison:
    """Measures one thing against another, and notes in the table what was reached."""

    def __init__(self, benchmark: BenchmarkFixture, table: list[Row]) -> None:
        self._benchmark = benchmark
        self._table = table

    def __call__(
        self,
        what: str,
        measured: Callable[[], object],
        against: str,
        reference: Callable[[], object],
        *,
        target: str,
        rounds: int,
        cycle: int = 1,
        inverse: bool = False,
        prepare: Callable[[], object] = lambda: None,
    ) -> None:
        """Time `reference` and `measured` in turn, `rounds` times each, and note their ratio.

        `prepare` comes before each round and is not timed. Where the calls of `measured` differ
        by what they do, each round is `cycle` of them. The ratio is how many times as long
        `measured` takes or, where that is `inverse`, how many times as fast it is.
        """
        reference_times: list[float] = []

        def before_each() -> None:
            prepare()
            start = perf_counter()
            reference()
            reference_times.append(perf_counter() - start)

        self._benchmark.pedantic(
            measured, setup=before_each, rounds=rounds * cycle, warmup_rounds=cycle
        )
        times = _sums(self._benchmark.stats.stats.data, cycle)
        reference_times = _sums(reference_times[cycle:], cycle)  # without the one to warm up
        if inverse:
            times, reference_times = reference_times, times
        ratios = [time / other for time, other in zip(times, reference_times, strict=True)]
        low, median, high = quantiles(ratios, n=4)
        fastest = min(times) / min(reference_times)
        self._table.append(
            Row(
                what,
                against,
                target,
                f"{median:.2f} ×",
                f"{low:.2f} to {high:.2f}",
                f"{fastest:.2f}",
                str(rounds),
            )
        )


@pytest.fixture
def table(pytestconfig: pytest.Config) -> list[Row]:
    """Return the table that is printed at the end."""
    return pytestconfig.stash.setdefault(_TABLE, [])


@pytest.fixture
def compare(benchmark: BenchmarkFixture, table: list[Row]) -> Comparison:
    """Return what measures one thing against another."""
    return Comparison(benchmark, table)


Away = Callable[[str], AbstractContextManager[Heartbeat]]


@pytest.fixture
def away(table: list[Row]) -> Iterator[Away]:
    """Yield what notes how long the window is away at the longest, while a block does something.

    Garbage is collected as in the program.
    """

    @contextmanager
    def measured(what: str) -> Iterator[Heartbeat]:
        start = perf_counter()
        with Heartbeat() as heartbeat:
            yield heartbeat
        longest = f"{heartbeat.longest_ms:.0f} ms"
        taken = f"in {perf_counter() - start:.1f} s"
        row = Row(f"away, {what}", "", f"at most {LONGEST_MS:.0f} ms", longest, taken)
        table.append(row)
        print(row.what, longest, taken, f"waited {heartbeat.waited_ms:.0f} ms", flush=True)

    gc.enable()
    with collecting_here():
        yield measured
    gc.disable()


@pytest.hookimpl(trylast=True)  # below the times themselves, which pytest-benchmark prints
def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table."""
    rows = config.stash.get(_TABLE, [])
    if not rows:
        return
    cells = [astuple(row) for row in (_HEADER, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    terminalreporter.section("ratios: median and quartiles of the rounds, and the fastest two")
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        terminalreporter.write_line(line.rstrip())


def _sums(times: Sequence[float], of: int) -> list[float]:
    """Return the sum of each `of` times that follow one another."""
    return [sum(times[place : place + of]) for place in range(0, len(times), of)]

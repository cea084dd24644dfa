"""``exlab-gui coverage``: how often recorded sessions took each state and each transition."""

import os
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import click
import msgspec

from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.text.describe import one_line
from exlab_gui.core.trace import TraceError, TraceReader

ENOUGH, UNDER, UNREADABLE = 0, 1, 2
"""What the command exits with."""

MAX_LINE = 2000
"""No line of a complaint is longer than this many characters."""


def run(paths: Sequence[Path], *, as_json: bool, fail_under: float | None) -> int:
    """Print the coverage of the recordings at `paths`, and return what to exit with.

    All have to be of the machine of the first that can be read; one that is not is told of and
    left out. Of a recording with parts that cannot be read, the rest is counted.
    """
    coverage: Coverage | None = None
    first = ""
    complaints = 0
    for path in paths:
        name = os.fsencode(path).decode(errors="backslashreplace")
        try:
            with TraceReader(path, exact=False) as reader:
                machine = reader.header.machine.restored()
                if coverage is None:
                    coverage, first = Coverage(machine), name
                elif machine != coverage.machine:
                    raise TraceError(f"Its state machine is another one than that of {first}.")
                coverage.add(list(chain.from_iterable(reader)))
                told = [f"line {found.line}: {found.sentence}" for found in reader.problems]
        except TraceError as error:
            told = [str(error)]
        for sentence in told:
            click.echo(one_line(f"{name}: {sentence}", MAX_LINE), err=True)
        complaints += len(told)
    if coverage is not None:
        _show(coverage, as_json=as_json)
        if not complaints and fail_under is not None and coverage.is_under(fail_under):
            click.echo(f"Fewer than {fail_under:g} % were taken.", err=True)
            return UNDER
    return UNREADABLE if complaints else ENOUGH


def _show(coverage: Coverage, *, as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(coverage.data()))
    else:
        click.echo("\n".join(coverage.lines()))

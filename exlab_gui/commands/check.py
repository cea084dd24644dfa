"""``exlab-gui check``: whether recordings obey the machine that they bring with them."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from exlab_gui.core.analysis.conformance import Checker, Finding
from exlab_gui.core.analysis.rules import Severity
from exlab_gui.core.text.describe import one_line
from exlab_gui.core.trace import Problem, TraceError, TraceReader

CONFORMS, VIOLATES, UNREADABLE = 0, 1, 2
"""What the command exits with."""

PARALLEL_FROM = 8 * 2**20
"""Recordings of fewer bytes in all are checked sooner than another process has started."""

MAX_LINE = 2000
"""No line of text is longer than this many characters."""

Progress = Callable[[int], object]
"""Is told how many bytes more are done."""


class ReportError(click.ClickException):
    """The report for CI systems cannot be written; what was found has been printed."""

    exit_code = UNREADABLE


class Checked(NamedTuple):
    """What is to be said of one file: `error` where it is no recording that could be read."""

    file: str
    events: int
    findings: Sequence[Finding]
    problems: Sequence[Problem]
    error: str | None = None

    @property
    def violations(self) -> list[Finding]:
        """What breaks a rule."""
        return [found for found in self.findings if found.severity is Severity.VIOLATION]

    @property
    def outcome(self) -> int:
        """What the command would exit with if this were the only file."""
        if self.error or self.problems:
            return UNREADABLE
        return VIOLATES if self.violations else CONFORMS


def run(paths: Sequence[Path], *, as_json: bool, junit: Path | None) -> int:
    """Check the files at `paths`, print what is found, and return what to exit with.

    With `as_json` it is printed for programs. `junit` is where a report for CI systems is written
    to. Raises ReportError where that cannot be done.
    """
    results = list(check_files(paths))
    for checked in results:
        if as_json:
            click.echo(to_json(checked))
        else:
            click.echo("".join(f"{line}\n" for line in lines(checked)), nl=False)
    click.echo(summary(results), err=True)
    if junit:
        _write(junit, results)
    return max(checked.outcome for checked in results)


def check_files(paths: Sequence[Path]) -> Iterator[Checked]:
    """Yield what is to be said of each file, in their order.

    Large ones are checked in parallel. A terminal is shown how far it has come.
    """
    with _progress(paths) as progress:
        yield from _checked(paths, progress)


def check_file(path: Path, progress: Progress = lambda done: None) -> Checked:
    """Return what is to be said of the file at `path`."""
    name = os.fsencode(path).decode(errors="backslashreplace")
    try:
        with TraceReader(path, exact=False) as reader:
            checker = Checker(reader.header.machine.restored())
            count, done = 0, 0
            for events in reader:
                checker.extend(events)
                count += len(events)
                progress(reader.done - done)
                done = reader.done
            checker.close()
            return Checked(name, count, checker.findings, reader.problems)
    except TraceError as error:
        return Checked(name, 0, [], [], str(error))


def lines(checked: Checked) -> Iterator[str]:
    """Yield a line of text for everything that is to be said of a file."""
    if checked.error:
        yield _line(checked.file, "unreadable", checked.error)
    for problem in checked.problems:
        yield _line(checked.file, f"line {problem.line}", "unreadable", problem.sentence)
    for found in checked.findings:
        event = f"event {found.seq}"
        yield _line(checked.file, event, found.severity, found.rule, found.sentence)


def to_json(checked: Checked) -> bytes:
    """Return everything that is to be said of a file as one line of JSON."""
    findings = [
        {
            "event": found.seq,
            "position": found.event_index,
            "severity": found.severity,
            "rule": found.rule,
            "sentence": found.sentence,
        }
        for found in checked.findings
    ]
    return msgspec.json.encode(
        {
            "file": checked.file,
            "conforms": checked.outcome == CONFORMS,
            "events": checked.events,
            "error": checked.error,
            "problems": [problem._asdict() for problem in checked.problems],
            "findings": findings,
        }
    )


def summary(results: Sequence[Checked]) -> str:
    """Return one line about all files."""
    outcomes = [checked.outcome for checked in results]
    return (
        f"{len(outcomes)} checked: {outcomes.count(CONFORMS)} conform, "
        f"{outcomes.count(VIOLATES)} do not, {outcomes.count(UNREADABLE)} could not be read."
    )


def _write(path: Path, results: Sequence[Checked]) -> None:
    from exlab_gui.commands.junit import junit_xml

    try:
        path.write_bytes(junit_xml(results))
    except OSError as error:
        raise ReportError(f"{path} cannot be written: {error.strerror}.") from None


def _line(*parts: str) -> str:
    return one_line(": ".join(parts), MAX_LINE)


def _checked(paths: Sequence[Path], progress: Progress) -> Iterator[Checked]:
    sizes = [_size(path) for path in paths]
    workers = min(len(paths), os.cpu_count() or 1)
    if workers == 1 or sum(sizes) < PARALLEL_FROM:
        for path in paths:
            yield check_file(path, progress)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, so that nothing of this process is shared but the paths.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for size, checked in zip(sizes, pool.map(check_file, paths), strict=True):
            progress(size)
            yield checked


@contextmanager
def _progress(paths: Sequence[Path]) -> Iterator[Progress]:
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    total = sum(map(_size, paths))
    with click.progressbar(length=total, label="Checking", file=sys.stderr) as bar:
        yield bar.update


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0

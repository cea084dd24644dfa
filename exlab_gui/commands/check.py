"""``exlab-gui check``: whether recordings obey the machine that they bring with them."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from time import perf_counter

import click

from exlab_gui.commands.shared.forms import form_flags, form_option
from exlab_gui.commands.shared.junit import JUNIT
from exlab_gui.commands.shared.output_files import STDOUT, keep_inputs, write_output
from exlab_gui.commands.shared.paths import SomePath
from exlab_gui.commands.shared.recording_files import recordings
from exlab_gui.commands.shared.report import (
    UNREADABLE,
    Checked,
    github_lines,
    lines,
    summary,
    to_json,
)
from exlab_gui.core.analysis.conformance import Checker, Finding
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import Problem, TraceError, TraceReader
from exlab_gui.core.trace.correction import correct, is_late
from exlab_gui.system.worker_processes import map_in_processes

PARALLEL_FROM = 8 * 2**20
"""Fewer bytes than this are checked before a second process would have started."""

MAX_FINDINGS = 1_000
"""The violations of a file that are told, and its notes; further ones are counted."""

FORMS: dict[str, Callable[[Checked], Iterable[str]]] = {
    "text": lines,
    "json": lambda checked: [to_json(checked).decode()],
    "github": github_lines,
}
"""What is printed for a recording, line by line."""

Progress = Callable[[int], object]
"""Called with the number of bytes read since the last call."""


ENDED = "A process that checks files was ended, maybe for lack of memory. Give fewer files."


class CheckError(click.ClickException):
    """Not all files were checked."""

    exit_code = UNREADABLE


class ReportError(click.ClickException):
    """The JUnit report cannot be written; the findings have been printed."""

    exit_code = UNREADABLE


@click.command()
@recordings
@form_option(
    FORMS,
    "text",
    "A line per finding; a JSON object per recording; or the annotations of GitHub Actions.",
)
@form_flags({"--json": ("json", "The same as --format json.")}, "text")
@click.option(
    "--junit",
    metavar="FILE",
    type=SomePath(dir_okay=False, writable=True, allow_dash=True),
    help="Write a report for CI systems to this file too; - prints it instead of the findings.",
)
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], form: str, junit: str | None) -> None:
    """Check whether recordings obey the state machine that each brings with it.

    Prints a line for each violation and each note. The exit code is 0 if every recording conforms
    (a note is no violation), 1 if one does not, and 2 if one could not be read to its end.
    """
    if junit == STDOUT and form != "text":
        raise click.UsageError(f"--junit - and --format {form} exclude each other.")
    results = list(check_files(files))
    for checked in results if junit != STDOUT else ():
        click.echo("".join(f"{line}\n" for line in FORMS[form](checked)), nl=False)
    click.echo(summary(results), err=True)
    if junit:
        keep_inputs(junit, (Path(checked.file) for checked in results))
        try:
            write_output(junit, JUNIT, results)
        except click.ClickException as error:
            raise ReportError(error.message) from None
    context.exit(max(checked.outcome for checked in results))


def check_files(paths: Sequence[Path]) -> Iterator[Checked]:
    """Yield the result of each file, in order; large files are checked in parallel."""
    sizes = [_size(path) for path in paths]
    workers = min(len(paths), os.cpu_count() or 1)
    hidden = not sys.stderr.isatty()
    with click.progressbar(
        length=sum(sizes), label="Checking", file=sys.stderr, hidden=hidden
    ) as bar:
        if workers == 1 or sum(sizes) < PARALLEL_FROM:
            for path in paths:
                yield check_file(path, bar.update)
            return
        from concurrent.futures.process import BrokenProcessPool

        with closing(map_in_processes(workers, check_file, paths)) as every:
            try:
                for size, checked in zip(sizes, every, strict=True):
                    bar.update(size)
                    yield checked
            except (BrokenProcessPool, OSError):  # by when it was ended
                raise CheckError(ENDED) from None


def check_file(path: Path, progress: Progress = lambda done: None) -> Checked:
    name, began = file_name(path), perf_counter()
    try:
        with TraceReader(path, exact=False) as reader:
            machine = reader.header.machine.restored()
            checked, done, has_late = _Checked(machine), 0, False
            for events in reader:
                checked.take(events)
                has_late = has_late or any(map(is_late, events))
                progress(reader.done - done)
                done = reader.done
        places: Sequence[int] = range(checked.count)
        if has_late:
            correction = correct(machine, _events(path))
            checked, places = _Checked(machine), correction.places
            checked.take(correction.events)
        return checked.result(
            name, reader.problems, lambda index: reader.line_of(places[index]), began
        )
    except TraceError as error:
        return Checked(name, 0, [], [], str(error))


def _events(path: Path) -> list[Event]:
    with TraceReader(path, exact=False) as reader:
        return list(chain.from_iterable(reader))


class _Checked:
    """The result of a session's events, which are taken block by block."""

    def __init__(self, machine: StateMachine) -> None:
        self._checker = Checker(machine)
        self._kept = _Kept()
        self.count = 0

    def take(self, events: Sequence[Event]) -> None:
        self._kept.take(self._checker.extend(events))
        self.count += len(events)

    def result(
        self, name: str, problems: list[Problem], line_of: Callable[[int], int], began: float
    ) -> Checked:
        kept = self._kept
        kept.take(self._checker.close())
        return Checked(
            name,
            self.count,
            kept.findings,
            problems,
            violations=self._checker.violations,
            left_out=kept.left_out,
            line_numbers={found.event_index: line_of(found.event_index) for found in kept.findings},
            seconds=perf_counter() - began,
        )


class _Kept:
    """The first violations and the first notes of a file, and the number of the others."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.left_out = 0
        self._room = dict.fromkeys(Severity, MAX_FINDINGS)

    def take(self, found: Sequence[Finding]) -> None:
        for finding in found:
            if self._room[finding.severity]:
                self._room[finding.severity] -= 1
                self.findings.append(finding)
            else:
                self.left_out += 1


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0

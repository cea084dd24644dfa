"""``exlab-gui coverage``: how often sessions took each state and each transition."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import click

from exlab_gui.commands.shared import options, output_files
from exlab_gui.commands.shared.recording_files import recordings
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.analysis.summary import joined, summarize
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import Header, TraceError, TraceReader, load
from exlab_gui.export.coverage.formats import (
    FORMATS,
    JSON,
    Counted,
    CoverageError,
    merged,
    read_coverage,
)
from exlab_gui.export.exporter import ExportError, format_of
from exlab_gui.theme.colours import LIGHT

UNDER, UNREADABLE = 1, 2  # exit codes


@click.command()
@recordings
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the table.")
@output_files.output_option(
    "Write a file instead of the table: JSON, or a page with the diagram (.html).", required=False
)
@click.option(
    "--fail-under",
    metavar="N",
    type=options.NumberRange(0, 100),
    help="Exit with 1 if fewer than N % of the states or of the transitions were taken.",
)
@click.pass_context
def coverage(
    context: click.Context,
    files: tuple[Path, ...],
    as_json: bool,
    output: str | None,
    fail_under: float | None,
) -> None:
    """Count how often recordings took each state and each transition.

    Files that end in .json have the coverage of tests, and are merged: each of their machines is
    counted apart. All recordings have to be of the machine of the first that can be read; another
    one is reported and left out. A session with several recordings counts once. If parts of a
    recording cannot be read, the rest is counted. The exit code is 1 if fewer were taken than
    --fail-under demands, and 2 if a recording is of another machine or could not be read to its
    end.
    """
    if output == output_files.STDOUT:
        raise click.UsageError("Standard output has no ending: for JSON on it, say --json.")
    if output is not None:
        if as_json:
            raise click.UsageError("Of --json and -o only one can be given.")
        try:
            chosen = format_of(FORMATS, output)
        except ExportError as error:
            raise click.UsageError(str(error)) from None
    coverages, problems = _count(files)
    if not coverages and not problems:
        problems = ["There is nothing to count in these files."]
    for problem in problems:
        click.echo(problem, err=True)
    if coverages:
        counted = Counted(coverages, LIGHT)
        if output is not None:
            output_files.write_output(output, chosen, counted)
        elif as_json:
            output_files.write_output(output_files.STDOUT, JSON, counted)
        else:
            click.echo("\n\n".join("\n".join(one.lines()) for one in coverages))
    if problems:
        context.exit(UNREADABLE)
    if fail_under is not None and any(one.is_under(fail_under) for one in coverages):
        click.echo(f"Fewer than {fail_under:g} % were taken.", err=True)
        context.exit(UNDER)


def _count(paths: tuple[Path, ...]) -> tuple[list[Coverage], list[str]]:
    of_recordings: Coverage | None = None
    sessions = _Sessions()
    first = ""
    found: list[Coverage] = []
    problems: list[str] = []
    for path in paths:
        name = file_name(path)
        try:
            if path.suffix.lower() == ".json":
                found += read_coverage(path)
                continue
            with TraceReader(path, exact=False) as reader:
                machine = reader.header.machine.restored()
                if of_recordings is None:
                    of_recordings, first = Coverage(machine), name
                    found.append(of_recordings)
                elif machine != of_recordings.machine:
                    raise TraceError(f"Its state machine is another one than that of {first}.")
                sessions.add(path, reader.header, list(chain.from_iterable(reader)), machine)
                problems += (f"{name}: {problem}" for problem in reader.problems)
        except (TraceError, CoverageError) as error:
            problems.append(f"{name}: {error}")
    if of_recordings is not None:
        for states in sessions.paths():
            of_recordings.add_path(states)
    return merged(found), problems


class _Sessions:
    """The states that each session entered; one that went on in another recording is one."""

    def __init__(self) -> None:
        self._states: dict[tuple[bool, str], list[str]] = {}
        self._files: dict[tuple[bool, str], list[Path]] = {}

    def add(
        self, path: Path, header: Header, history: Sequence[Event], machine: StateMachine
    ) -> None:
        if not history:
            return
        visits = StateHistory(machine, history)
        places = map(visits.entry_index, range(visits.visit_count()))
        by_itself = str(len(self._states))
        key = bool(header.session_id), header.session_id or by_itself
        self._states[key] = [history[place].state for place in places]
        self._files.setdefault(key, []).append(path)

    def paths(self) -> Iterator[list[str]]:
        """Yield the states of each session, in the order of entering them."""
        for key, states in self._states.items():
            files = self._files[key]
            if len(files) > 1:
                kept = (load(path) for path in files)
                parts = (summarize(one.header, one.events) for one in kept if one.events)
                states = [facts.visit.state for facts in joined(parts).visits]
            yield states

"""``exlab-gui coverage``: how often recorded sessions took each state and each transition."""

from itertools import chain
from pathlib import Path

import click

from exlab_gui.commands.shared import options
from exlab_gui.commands.shared.found import recordings
from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.trace import TraceError, TraceReader
from exlab_gui.export.coverage import COVERAGE

UNDER, UNREADABLE = 1, 2  # exit codes


@click.command()
@recordings
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of the table.")
@click.option(
    "--fail-under",
    metavar="N",
    type=options.NumberRange(0, 100),
    help="Exit with 1 if fewer than N % of the states or of the transitions were taken.",
)
@click.pass_context
def coverage(
    context: click.Context, files: tuple[Path, ...], as_json: bool, fail_under: float | None
) -> None:
    """Count how often recordings took each state and each transition.

    All have to be of the machine of the first that can be read; another one is reported and left
    out. If parts of a recording cannot be read, the rest is counted. The exit code is 1 if fewer
    were taken than --fail-under demands, and 2 if a recording is of another machine or could not be
    read to its end.
    """
    counted, problems = _count(files)
    for problem in problems:
        click.echo(problem, err=True)
    if counted is not None and as_json:
        options.write_output(options.STDOUT, COVERAGE, counted)
    elif counted is not None:
        click.echo("\n".join(counted.lines()))
    if problems:
        context.exit(UNREADABLE)
    if counted is not None and fail_under is not None and counted.is_under(fail_under):
        click.echo(f"Fewer than {fail_under:g} % were taken.", err=True)
        context.exit(UNDER)


def _count(paths: tuple[Path, ...]) -> tuple[Coverage | None, list[str]]:
    coverage: Coverage | None = None
    first = ""
    problems: list[str] = []
    for path in paths:
        name = file_name(path)
        try:
            with TraceReader(path, exact=False) as reader:
                machine = reader.header.machine.restored()
                if coverage is None:
                    coverage, first = Coverage(machine), name
                elif machine != coverage.machine:
                    raise TraceError(f"Its state machine is another one than that of {first}.")
                coverage.add(list(chain.from_iterable(reader)))
                problems += (f"{name}: {problem}" for problem in reader.problems)
        except TraceError as error:
            problems.append(f"{name}: {error}")
    return coverage, problems

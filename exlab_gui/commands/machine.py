"""``exlab-gui machine``: the state machines of other modules."""

import click

from exlab_gui.commands.shared import options
from exlab_gui.core.analysis.machine_diff import differences

SAME, DIFFERENT = 0, 1  # exit codes


@click.group()
def machine() -> None:
    """Look at state machines, each given as for --machine: as a module or a file."""


@machine.command()
@click.argument("a", metavar="A", shell_complete=options.complete_file)
@click.argument("b", metavar="B", shell_complete=options.complete_file)
@click.pass_context
def diff(context: click.Context, a: str, b: str) -> None:
    """Show how the machine of B differs from that of A: states, transitions, phases.

    A and B are modules or files, as for --machine; exlab_gui.core.state_machine is this program's
    own. The exit code is 0 if the machines are the same, 1 if they differ, and 2 if one cannot be
    read.
    """
    found = list(differences(options.load_machine(a), options.load_machine(b)))
    for line in found:
        click.echo(line)
    if not found:
        click.echo("The machines are the same.")
    context.exit(DIFFERENT if found else SAME)

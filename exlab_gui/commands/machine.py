"""``exlab-gui machine``: the state machines of other modules."""

import click

from exlab_gui.core.analysis.machine_diff import differences
from exlab_gui.machines import MachineError, load_machine

SAME, DIFFERENT, UNREADABLE = 0, 1, 2  # exit codes


@click.group()
def machine() -> None:
    """Look at state machines, each given as a module, or a file that ends in .py."""


@machine.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.pass_context
def diff(context: click.Context, a: str, b: str) -> None:
    """Show how the machine of B differs from that of A: states, transitions, phases.

    A and B are modules, or files that end in .py; exlab_gui.core.state_machine is this program's
    own. The exit code is 0 if the machines are the same, 1 if they differ, and 2 if one cannot be
    read.
    """
    try:
        found = list(differences(load_machine(a), load_machine(b)))
    except MachineError as error:
        click.echo(f"Error: {error}", err=True)
        context.exit(UNREADABLE)
    for line in found:
        click.echo(line)
    if not found:
        click.echo("The machines are the same.")
    context.exit(DIFFERENT if found else SAME)

"""What Ctrl+C, and the other signals that end a program, make of the exit code."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

ENDLESS = ("demo-server", "record", "watch")
"""The commands that run until they are stopped: that is their regular end."""

CUT_OFF = 128 + signal.SIGINT
"""The exit code of any other command that is stopped by Ctrl+C, as of every program in a shell."""


class CutOffError(click.ClickException):
    """The user has stopped a command by Ctrl+C."""

    exit_code = CUT_OFF


def exit_code(arguments: Sequence[str], number: int = signal.SIGINT) -> int:
    """Return the exit code of the command line `arguments`, if signal `number` ends it."""
    command = next((one for one in arguments if not one.startswith("-")), "")
    return 0 if command in ENDLESS else 128 + number


@contextmanager
def stoppable(arguments: Sequence[str]) -> Iterator[None]:
    """End the command line `arguments` by Ctrl+C in the same way, whenever it comes."""
    try:
        yield
    except KeyboardInterrupt:
        if code := exit_code(arguments):
            click.echo("\nAborted!", err=True)
        raise click.exceptions.Exit(code) from None

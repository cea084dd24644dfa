"""The command line: the window, and the commands, each in its own file."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from exlab_gui.commands.shared.interrupts import stoppable
from exlab_gui.commands.shared.output import plain_messages, standard_streams
from exlab_gui.commands.window import EXAMPLES, window

COMMANDS = {
    "attach": "attach.attach",
    "check": "check.check",
    "coverage": "coverage.coverage",
    "demo-server": "demo_server.demo_server",
    "diagram": "diagram.diagram",
    "export": "export.export",
    "machine": "machine.machine",
    "make-test": "make_test.make_test",
    "open": "open.open_recording",
    "record": "record.record",
    "simulate": "simulate.simulate",
    "stats": "stats.stats",
    "watch": "watch.watch",
}
"""The module of `exlab_gui.commands` and the name in it, by the name of the command."""


class LazyGroup(click.Group):
    """A group that imports a command when it is used, so that each starts fast."""

    _arguments: Sequence[str] = ()

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        self._arguments = sys.argv[1:] if args is None else args
        with standard_streams():
            return super().main(args, *rest, **extra)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with stoppable(self._arguments), plain_messages():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with stoppable(self._arguments), plain_messages():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Open files that stand in the place of a command, as desktops give them."""
        if args[0] not in COMMANDS and (_is_recording(args[0]) or _is_file(args[0])):
            args = ["open", *args]
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(".")
        command: click.Command = getattr(import_module(f"exlab_gui.commands.{module}"), name)
        return command


def _is_recording(name: str) -> bool:
    from exlab_gui.core.trace import ENDING  # most lines begin with a command

    return name.endswith(ENDING)


def _is_file(name: str) -> bool:
    return os.path.isfile(name)  # noqa: PTH113  # unlike Path's, it raises for no name


main = click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)(window)

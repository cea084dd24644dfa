"""Flags for the form of what a command prints, of which only one can be given."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., object])

_GIVEN = f"{__name__}.given"


def form_flags(
    flags: Mapping[str, tuple[str, str]], default: str | None = None
) -> Callable[[Decorated], Decorated]:
    """Return options that give the command its `form`: each flag's form, and its help.

    Two flags for different forms are refused.
    """

    def decorated(command: Decorated) -> Decorated:
        for flag, (form, help_text) in reversed([*flags.items()]):
            command = click.option(
                flag,
                is_flag=True,
                expose_value=False,
                callback=_callback(flag, form, default),
                help=help_text,
            )(command)
        return command

    return decorated


def form_option(
    forms: Mapping[str, Any], default: str, help_text: str
) -> Callable[[Decorated], Decorated]:
    """Return the option ``--format``, which may stand beside flags for the same forms."""
    return click.option(
        "--format",
        type=click.Choice([*forms]),
        expose_value=False,
        callback=_callback("--format", None, default),
        help=f"{help_text}  [default: {default}]",
    )


def _callback(
    flag: str, form: str | None, default: str | None
) -> Callable[[click.Context, click.Parameter, Any], None]:
    def note(context: click.Context, _option: click.Parameter, given: Any) -> None:
        context.params.setdefault("form", default)
        if not given:
            return
        chosen = form or given
        before, also = context.meta.setdefault(_GIVEN, (chosen, flag))
        if before != chosen:
            raise click.UsageError(f"Of {also} and {flag} only one can be given.")
        context.params["form"] = chosen

    return note

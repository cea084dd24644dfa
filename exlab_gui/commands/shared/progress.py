"""Progress of long work on the command line."""

import sys
from typing import Any, Self

import click


class Bar:
    """A bar on standard error, if that is a terminal; called as a `Progress`.

    It appears with the first call, so not for work that there is not.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        if not total:
            return  # it is not known yet
        if self._bar is None:
            self._bar = click.progressbar(
                length=total, label=self._label, file=sys.stderr, hidden=not sys.stderr.isatty()
            )
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(*error)

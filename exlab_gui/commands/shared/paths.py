"""The paths that commands are given."""

from typing import Any

import click


class SomePath(click.Path):
    """A path that has a name: an empty one, as of an unset variable, is not this folder.

    Whether it may be read is found out when it is, so that one file does not keep others from it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(readable=False, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail('an empty name is no path; this folder is ".".', param, ctx)
        return super().convert(value, param, ctx)

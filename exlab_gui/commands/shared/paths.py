"""The paths that commands are given."""

from typing import Any

import click


class SomePath(click.Path):
    """A path that has a name: an empty one, as of an unset variable, is not this folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail('an empty name is no path; this folder is ".".', param, ctx)
        return super().convert(value, param, ctx)

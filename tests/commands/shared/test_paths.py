"""Each path of each command has a name."""

import click
import pytest
from click.testing import CliRunner

from exlab_gui.cli import main

CONTEXT = click.Context(main)
COMMANDS = {name: main.get_command(CONTEXT, name) for name in main.list_commands(CONTEXT)}
PATHS = [
    (name, param)
    for name, command in COMMANDS.items()
    for param in command.params
    if isinstance(param.type, click.Path)
]


@pytest.mark.parametrize(("name", "param"), PATHS, ids=[f"{c} {p.name}" for c, p in PATHS])
def test_an_empty_name_is_refused(name, param, tmp_path, monkeypatch):
    """A variable of the shell that is not set is neither this folder nor no report at all."""
    monkeypatch.chdir(tmp_path)
    given = [param.opts[-1], ""] if isinstance(param, click.Option) else [""]
    done = CliRunner().invoke(main, [name, *given])
    assert done.exit_code == 2
    assert done.stderr.endswith('an empty name is no path; this folder is ".".\n')
    assert not [*tmp_path.iterdir()]

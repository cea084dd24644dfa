"""Each path of each command has a name, and is taken as it is."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from exlab_gui.cli import main
from tests.helpers.disk import drop_rights

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


@pytest.mark.parametrize(("name", "param"), PATHS, ids=[f"{c} {p.name}" for c, p in PATHS])
def test_nothing_is_refused_before_it_is_read(name, param, tmp_path):
    """One file of many that may not be read is no wrong use; nor is one that is only written."""
    private = tmp_path / "private"
    private.touch(mode=0o200)
    with ThreadPoolExecutor(1) as own:
        own.submit(drop_rights).result()
        converted = own.submit(param.type.convert, str(private), param, CONTEXT)
        assert Path(converted.result()) == private

"""A command is a value that says what a user wants."""

import inspect
from typing import get_args

import msgspec
import pytest

from exlab_gui.core.protocol.emission import DEFAULT_ERROR
from exlab_gui.sources import commands


def test_every_command_goes_to_a_source():
    """What the module has as a command is part of the union that a source takes."""
    defined = {
        value
        for value in vars(commands).values()
        if inspect.isclass(value)
        and issubclass(value, msgspec.Struct)
        and value.__module__ == commands.__name__
    }
    assert set(get_args(commands.Command)) == defined


@pytest.mark.parametrize("command", [commands.Step("done"), commands.Cancel(), commands.Play()])
def test_commands_are_values(command):
    """Two commands that say the same are equal, and none is changed."""
    fields = [getattr(command, name) for name in command.__struct_fields__]
    assert command == type(command)(*fields)
    with pytest.raises(AttributeError):
        command.to = "failed"


def test_nothing_is_lost_or_made_up_unless_it_was_said():
    """Where nothing else is said, a cancel keeps the folder, and an answer says nothing."""
    assert commands.Cancel().discard_files is False
    assert commands.Resume().answers == {}
    assert commands.Fail().error is DEFAULT_ERROR

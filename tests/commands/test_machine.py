"""``machine diff`` says in words and by its exit code what differs between two machines."""

from click.testing import CliRunner

from exlab_gui.cli import main
from tests.helpers.drawings import with_a_twelfth_state
from tests.helpers.machine_modules import write_module

OWN = "exlab_gui.core.state_machine"


def run(*args):
    """Return the result of ``exlab-gui machine diff`` with `args`."""
    return CliRunner().invoke(main, ["machine", "diff", *map(str, args)])


def test_the_same():
    """A module and itself are the same."""
    result = run(OWN, OWN)
    assert (result.exit_code, result.output) == (0, "The machines are the same.\n")


def test_another(tmp_path):
    """What another machine has is told line by line, and the exit code is 1."""
    result = run(OWN, write_module(tmp_path, with_a_twelfth_state()))
    assert result.exit_code == 1
    assert result.output.splitlines()[:2] == [
        "state added: lims_register",
        "transition removed: cache_write → post_validate",
    ]


def test_one_that_cannot_be_read(tmp_path):
    """A machine that cannot be read is told with the reason, and the exit code is 2."""
    result = run(OWN, tmp_path / "none.py")
    assert result.exit_code == 2
    assert result.stderr == f"Error: {tmp_path / 'none.py'} is not there.\n"

"""How long a user waits for the window, and for a command."""

from pathlib import Path

from tests.benchmarks import first_paint
from tests.benchmarks.conftest import Comparison
from tests.benchmarks.processes import run


def test_window(compare: Comparison, tmp_path: Path) -> None:
    """The window is there little later than one with nothing in it."""
    program = str(first_paint.__file__)
    compare(
        "process start to first painted window",
        lambda: run(tmp_path, program, "exlab-gui"),
        "a bare QMainWindow, same Qt modules imported",
        lambda: run(tmp_path, program, "bare"),
        target="at most 2 ×",
        rounds=30,
    )


def test_simulate(compare: Comparison, tmp_path: Path) -> None:
    """A command without a window takes little more than Python with its JSON library."""
    compare(
        "exlab-gui simulate, whole process",
        lambda: run(tmp_path, "-m", "exlab_gui", "simulate"),
        'python -c "import msgspec"',
        lambda: run(tmp_path, "-c", "import msgspec"),
        target="at most 2 ×",
        rounds=30,
    )

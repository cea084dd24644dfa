"""A library that Qt lacks is one sentence, which says what to install."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exlab_gui.system import libraries
from exlab_gui.system.libraries import is_missing, missing_of

LACKS = """
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name in ("PySide6.QtGui", "PySide6.QtWidgets"):
            raise ImportError("libGL.so.1: cannot open shared object file: No such file")

sys.meta_path.insert(0, Lacking())
from exlab_gui.__main__ import main
main()
"""


@pytest.mark.parametrize("command", [[], ["simulate"], ["diagram", "-o", "a.png"], ["open", "a"]])
def test_a_system_without_a_desktop(tmp_path: Path, command: list[str]) -> None:
    """What needs Qt says what is missing, what does not need it works; there is no traceback."""
    done = subprocess.run(
        [sys.executable, "-c", LACKS, *command],
        cwd=tmp_path,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    if command == ["simulate"]:
        assert done.returncode == 0
    else:
        assert done.returncode == 1
        assert done.stderr.endswith(f": {is_missing('libGL.so.1')}\n"), done.stderr
        assert "Traceback" not in done.stderr


def test_another_failure_to_import_is_no_library() -> None:
    """It is a fault, which has to be seen."""
    assert missing_of(ImportError("cannot import name 'QLabel'")) == ""
    assert missing_of(ModuleNotFoundError("No module named 'PySide6'")) == ""


def test_a_library_that_nobody_knows() -> None:
    """Its name alone helps."""
    error = ImportError("libodd++.so.7: cannot open shared object file: No such file or directory")
    assert missing_of(error) == "Qt cannot be used: the library libodd++.so.7 is missing."


def test_the_readme_lists_the_packages() -> None:
    """Who installs what the README says is not asked for more; two come with the others."""
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    needed = {*libraries._PACKAGES.values()} - {"libxcb1", "libxkbcommon0"}
    assert {package for package in needed if package not in readme} == set()

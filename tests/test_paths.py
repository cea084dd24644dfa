"""The program's files are found wherever it is installed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import exlab_gui
from exlab_gui import paths

CODE = "from exlab_gui import paths; print(paths.resources())"


def found_from(folder):
    """Return where a package that lies in `folder` finds its resources, run in a new process."""
    return subprocess.run(
        [sys.executable, "-c", CODE], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def package(tmp_path):
    """Return a copy of as much of the package as is needed to ask it, outside the checkout."""
    copy = tmp_path / "exlab_gui"
    copy.mkdir()
    for name in ("__init__.py", "paths.py"):
        shutil.copy(Path(exlab_gui.__file__).parent / name, copy)
    return copy


def test_the_checkout_has_them():
    """The folder of resources holds the scenarios."""
    assert (paths.resources() / "scenarios" / "happy_path.json").is_file()


def test_in_a_checkout_they_lie_beside_the_package(package):
    """Where the package itself holds none, the folder beside it is taken."""
    beside = package.parent / "resources"
    beside.mkdir()
    assert found_from(package.parent).stdout.strip() == str(beside)


def test_in_an_installed_package_they_lie_in_it(package):
    """Where the package holds the folder, as a wheel has it, that one is taken."""
    (package.parent / "resources").mkdir()
    inside = package / "resources"
    inside.mkdir()
    assert found_from(package.parent).stdout.strip() == str(inside)


def test_without_them_it_says_where_it_looked(package):
    """Where there is no such folder, the error names the places."""
    assert f"no resources folder in {package}" in found_from(package.parent).stderr

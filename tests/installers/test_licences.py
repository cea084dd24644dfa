"""A bundle comes with the licence of each thing that is in it."""

import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def licences():
    return SimpleNamespace(**runpy.run_path(str(ROOT / "installers" / "licences.py")))


@pytest.fixture(scope="module")
def packages(licences):
    return {one.metadata["Name"].lower(): one for one in licences.needed("exlab-gui", ["server"])}


def test_what_is_needed_is_found_through_others(packages):
    """Packages that a package needs are there, with what an extra of it adds; tests are not."""
    direct, further, by_extra = {"click", "msgspec"}, {"h11", "shiboken6"}, {"anyio", "starlette"}
    assert direct | further | by_extra <= packages.keys()
    assert not packages.keys() & {"pytest", "mypy", "sphinx", "pm4py"}


def test_each_has_the_text_of_its_licence(licences, packages):
    """Those of Qt, whose wheels have none, are that of the LGPL and of the GPL that it adds to."""
    placed = [*licences.of_packages(packages.values())]
    assert all(Path(text).stat().st_size > 200 for text, _ in placed)
    folders = {folder.removeprefix("licences/").lower() for _, folder in placed}
    assert packages.keys() <= folders
    qt = {Path(text).name for text, folder in placed if "pyside6" in folder.lower()}
    assert qt == {"GPL-3.0.txt", "LGPL-3.0.txt"}


def test_a_package_without_a_text_is_told(licences, packages):
    """Nothing is passed on without its licence."""
    bare = SimpleNamespace(metadata={"Name": "bare"}, files=[])
    with pytest.raises(LookupError, match="bare brings no text of its licence"):
        [*licences.of_packages([bare])]


def test_a_library_of_the_system_has_its_text(licences):
    """Where packages of Debian say which file is whose; elsewhere there is nothing to tell."""
    library = Path("/lib/x86_64-linux-gnu/libz.so.1")
    told = Path("/usr/share/doc/zlib1g/copyright")
    if sys.platform != "linux" or not told.exists() or not library.exists():
        pytest.skip("this is no Debian")
    placed = [*licences.of_libraries([str(library), "/no/such/library.so"])]
    assert placed == [("/usr/share/doc/zlib1g/copyright", "licences/zlib1g")]

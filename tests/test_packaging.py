"""What is installed: a wheel that holds all that the program needs at run time."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import exlab_gui

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=ROOT, check=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def _files(folder: str) -> set[str]:
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


def test_the_wheel_holds_every_resource_inside_the_package(wheel: zipfile.ZipFile) -> None:
    """Icons, scenarios and style sheets are installed where `paths.resources` looks first."""
    resources = {f"exlab_gui/{name}" for name in _files("resources")}
    assert resources
    assert resources <= set(wheel.namelist())


def test_the_wheel_holds_every_module_and_the_mark_that_it_is_typed(
    wheel: zipfile.ZipFile,
) -> None:
    """Nothing of the package is left behind."""
    assert _files("exlab_gui") <= set(wheel.namelist())
    assert "exlab_gui/py.typed" in wheel.namelist()


def test_the_wheel_holds_nothing_but_the_package(wheel: zipfile.ZipFile) -> None:
    """Tests and tools are not installed; what desktops look for is."""
    own = f"exlab_gui-{exlab_gui.__version__}"
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert tops == {"exlab_gui", f"{own}.dist-info", f"{own}.data"}
    data = {name for name in wheel.namelist() if name.startswith(f"{own}.data")}
    assert all(name.startswith(f"{own}.data/data/share/") for name in data)


def test_the_source_archive_holds_what_the_readme_shows_and_links(tmp_path: Path) -> None:
    """The project has no address yet, so its links lead to files; with one, they must have it."""
    build = "import sys; from hatchling.build import build_sdist; build_sdist(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    readme = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)|(?:src|srcset)=\"([^\"]+)", readme)
    relative = {a or b for a, b in links if not (a or b).startswith("http")}
    assert relative - held == set()
    assert "CHANGELOG.md" in held
    assert "urls" not in PROJECT or not relative


def test_the_installed_version_is_that_of_the_package(wheel: zipfile.ZipFile) -> None:
    """The version is written in the package only, and the wheel takes it from there."""
    metadata = wheel.read(f"exlab_gui-{exlab_gui.__version__}.dist-info/METADATA").decode()
    assert f"\nVersion: {exlab_gui.__version__}\n" in metadata
    assert "version" not in PROJECT


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_the_pin_of_pyside_excludes_the_releases_that_crash(python: str) -> None:
    """6.10.1 and those before 6.8.3 are excluded, 6.12.0 only on Python 3.11."""
    from packaging.requirements import Requirement

    (pin,) = (
        requirement.specifier
        for requirement in map(Requirement, PROJECT["dependencies"])
        if requirement.name == "PySide6-Essentials"
        and requirement.marker
        and requirement.marker.evaluate({"python_version": python})
    )
    assert not pin.contains("6.8.2.1")
    assert not pin.contains("6.10.1")
    assert pin.contains("6.8.3")
    assert pin.contains("6.11.3")
    assert pin.contains("6.12.0") == (python != "3.11")


def test_every_python_that_is_promised_is_tested() -> None:
    """The classifiers, the matrix of the workflow and the lower bound name the same versions."""
    named = [
        found[1]
        for line in PROJECT["classifiers"]
        if (found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line))
    ]
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (matrix,) = re.findall(r"python: \[(.*)\]", workflow)
    assert [version.strip(' "') for version in matrix.split(",")] == named
    assert PROJECT["requires-python"] == f">={named[0]}"
    assert f"{sys.version_info[0]}.{sys.version_info[1]}" in named


def test_the_oldest_versions_are_tested() -> None:
    """Each dependency has a lower bound, and the workflow runs the tests with it."""
    from packaging.requirements import Requirement

    given = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    bare = [
        line
        for line in given
        if not line.startswith("exlab-gui[") and ">=" not in str(Requirement(line).specifier)
    ]
    assert bare == []
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "run: .ci/oldest" in workflow
    assert "--resolution lowest-direct" in (ROOT / ".ci" / "oldest").read_text(encoding="utf-8")


def test_every_dependency_is_explained() -> None:
    """The page on the architecture says what each package is for."""
    from packaging.requirements import Requirement

    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").lower()
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    needed = {Requirement(line).name.lower() for line in PROJECT["dependencies"]}
    assert [name for name in needed if not any(name in row for row in rows)] == []

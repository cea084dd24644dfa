"""The licence texts of all that is in a bundle."""

import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FOLDER = "licences"
_OWN = Path(__file__).parents[1] / "LICENSE"
_COMMON = Path(__file__).parent / FOLDER
_BEGINNINGS = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS")

# Their wheels bring no text of a licence.
_LGPL = ("pyside6-essentials", "shiboken6")

Placed = Iterator[tuple[str, str]]
"""Paths of files, and the folders of the bundle that they are put in."""


def needed(name: str, extras: Iterable[str] = ()) -> list[Distribution]:
    """Return the distribution `name` with `extras`, and those that it needs, each once."""
    found: dict[str, Distribution] = {}
    asked, seen = [(name, extra) for extra in ("", *extras)], set()
    while asked:
        name, extra = asked.pop()
        key = canonicalize_name(name)
        if (key, extra) in seen:
            continue
        seen.add((key, extra))
        found[key] = distribution(name)
        for further in map(Requirement, found[key].requires or []):
            if further.marker is None or further.marker.evaluate({"extra": extra}):
                asked += [(further.name, extra) for extra in ("", *further.extras)]
    return [*found.values()]


def of_packages(packages: Iterable[Distribution]) -> Placed:
    """Yield the texts of Python, of this program and of `packages`. Raises LookupError."""
    yield str(_OWN), f"{FOLDER}/exlab-gui"
    yield str(_COMMON / "README.txt"), FOLDER
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if python.is_file():
        yield str(python), f"{FOLDER}/Python"
    for package in packages:
        name = package.metadata["Name"]
        if canonicalize_name(name) == "exlab-gui":
            continue
        texts = [
            str(package.locate_file(file))
            for file in package.files or []
            if file.name.upper().startswith(_BEGINNINGS) and file.suffix != ".py"
        ]
        if canonicalize_name(name) in _LGPL:
            texts = [str(text) for text in _COMMON.glob("*GPL*")]
        if not texts:
            raise LookupError(f"{name} brings no text of its licence")
        for text in texts:
            yield text, f"{FOLDER}/{name}"


def of_libraries(paths: Iterable[str]) -> Placed:
    """Yield the texts of the libraries at `paths` that are of packages of Debian or Ubuntu."""
    real = {str(Path(path).resolve()) for path in paths}
    # Packages may say /lib for what is in /usr/lib today.
    asked = sorted(real | {path.removeprefix("/usr") for path in real})
    try:
        done = subprocess.run(["dpkg", "-S", *asked], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return
    for package in sorted({line.partition(":")[0] for line in done.stdout.splitlines()}):
        text = Path("/usr/share/doc", package, "copyright")
        if text.is_file():
            yield str(text), f"{FOLDER}/{package}"

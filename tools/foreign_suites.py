"""Run the tests of another project without and with this package, and compare the results.

``python tools/foreign_suites.py`` makes a fresh environment for each installed Python and each set
of plugins, runs ``tools/foreign_suite`` in it, installs exlab-gui, and runs it again. With
``--short`` it does that for one Python and two sets, and installs nothing that exlab-gui needs:
the plugin has to stand by itself. It uses uv if that is installed.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "tools" / "foreign_suite"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PLAIN, COROUTINES, ANYIO, QT = (
    f"test_{name}.py" for name in ("plain", "coroutines", "anyio", "qt")
)
UV = shutil.which("uv")


class Plugins(NamedTuple):
    """A set of plugins: what is installed, the options of pytest, and the files that it runs."""

    name: str
    install: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    files: tuple[str, ...] = (PLAIN,)


_ALL = (
    "pytest-asyncio", "anyio", "trio", "pytest-xdist", "pytest-randomly", "pytest-repeat",
    "pytest-rerunfailures", "pytest-timeout", "pytest-cov",
)  # fmt: skip
STRICT = Plugins(
    "asyncio, strict",
    ("pytest-asyncio",),
    ("-o", "asyncio_mode=strict", "-W", "error"),
    (PLAIN, COROUTINES),
)
TOGETHER = Plugins(
    "all together",
    _ALL,
    ("-n", "2", "-p", "randomly", "--count=2", "--reruns=1", "--timeout=60", "--cov=.",
     "-o", "asyncio_mode=auto", "--strict-markers"),
    (PLAIN, COROUTINES),
)  # fmt: skip
SETS = (
    Plugins("none"),
    Plugins("none, warnings are errors", options=("-W", "error", "--strict-config")),
    STRICT,
    Plugins("asyncio, auto", ("pytest-asyncio",), ("-o", "asyncio_mode=auto"), (PLAIN, COROUTINES)),
    Plugins(
        "asyncio 1.3, auto",
        ("pytest-asyncio==1.3.0",),
        ("-o", "asyncio_mode=auto"),
        (PLAIN, COROUTINES),
    ),
    Plugins("anyio", ("anyio", "trio"), files=(PLAIN, ANYIO)),
    Plugins("xdist", ("pytest-xdist",), ("-n", "2")),
    Plugins("randomly", ("pytest-randomly",), ("-p", "randomly")),
    Plugins("repeat", ("pytest-repeat",), ("--count=3",)),
    Plugins("rerunfailures", ("pytest-rerunfailures",), ("--reruns=2",)),
    Plugins("timeout", ("pytest-timeout",), ("--timeout=60",)),
    Plugins("cov", ("pytest-cov",), ("--cov=.",)),
    TOGETHER,
    Plugins("qt, PySide6", ("pytest-qt", "PySide6-Essentials<6.12"), files=(PLAIN, QT)),
    Plugins("qt, PyQt6", ("pytest-qt", "PyQt6"), files=(PLAIN, QT)),
    Plugins("qt, PyQt6 chosen", ("pytest-qt", "PyQt6"), ("-o", "qt_api=pyqt6"), (PLAIN, QT)),
)
SHORT = (STRICT, TOGETHER)


class Environment:
    """A fresh virtual environment in `folder`."""

    def __init__(self, folder: Path, python: str) -> None:
        if UV:
            _run(UV, "venv", "-q", "--no-python-downloads", "--python", python, str(folder))
        else:
            _run(python, "-m", "venv", str(folder))
        scripts = "Scripts" if os.name == "nt" else "bin"
        self.python = str(folder / scripts / "python")

    def install(self, *what: str) -> None:
        if UV:
            _run(UV, "pip", "install", "-q", "--python", self.python, *what)
        else:
            _run(self.python, "-m", "pip", "install", "-q", *what)

    def results(self, plugins: Plugins, folder: Path) -> list[str]:
        """Return what came of each test, of the run, and what the run warned of, sorted."""
        report = folder / "report.xml"
        report.unlink(missing_ok=True)
        of_this_run = ("PYTEST", "PYTHON", "QT_")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(of_this_run)}
        done = subprocess.run(
            [self.python, "-m", "pytest", *plugins.options, f"--junit-xml={report}", "-q", "-p",
             "no:cacheprovider", *plugins.files],
            cwd=folder,
            env=environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        if not report.exists():
            return [f"exit code {done.returncode}", f"{done.stdout}{done.stderr}"]
        found = sorted(_outcomes(report))
        warned = re.findall(r"^  \S*Warning: .*|\d+ warnings?", done.stdout, re.M)
        return [f"exit code {done.returncode}", *sorted(warned), *found]


def _outcomes(report: Path) -> Iterator[str]:
    for case in ElementTree.parse(report).iter("testcase"):
        names = f"{case.get('classname')}::{case.get('name')}"
        ends = [f"{end.tag} {end.get('message', '')}" for end in case if end.tag != "system-out"]
        # Objects have another address in each run.
        yield re.sub(r"0x[0-9a-f]+|\d+\.\d+s", "…", f"{names}: {'; '.join(ends) or 'passed'}")


def compare(
    python: str, plugins: Plugins, packages: Sequence[str], work: Path
) -> tuple[int, list[str]]:
    """Return how many tests were run, and the differences of the results."""
    suite = work / "suite"
    suite.mkdir()
    for name in plugins.files:
        shutil.copy(SUITE / name, suite)
    (suite / "pytest.ini").write_text("[pytest]\nasyncio_default_fixture_loop_scope = function\n"
                                      if any("asyncio" in one for one in plugins.install)
                                      else "[pytest]\n")  # fmt: skip
    environment = Environment(work / "env", python)
    environment.install("pytest", *plugins.install)
    without = environment.results(plugins, suite)
    environment.install(*packages)
    with_package = environment.results(plugins, suite)
    before, after = Counter(without), Counter(with_package)
    lost = [f"without: {line}" for line in before - after]
    new = [f"with:    {line}" for line in after - before]
    return sum("::" in line for line in without), lost + new


def _pythons(wanted: Sequence[str]) -> Iterator[str]:
    """Yield those of the `wanted` versions that are installed, and run."""
    for version in wanted:
        command = [UV, "python", "find", "--no-python-downloads", version] if UV else []
        found = subprocess.run(command, capture_output=True, text=True, check=False) if UV else None
        if found and not found.returncode:
            yield found.stdout.strip()
        elif not UV and version in sys.version:
            yield sys.executable
        else:
            print(f"Python {version} is not installed.")


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def main() -> int:
    assert __doc__ is not None
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true", help="one Python, two sets of plugins")
    parser.add_argument("--python", action="append", help="such as 3.12; may be repeated")
    parser.add_argument("--only", help="only sets of plugins whose names contain this")
    chosen = parser.parse_args()
    pythons = [sys.executable] if chosen.short else [*_pythons(chosen.python or PYTHONS)]
    sets = [one for one in (SHORT if chosen.short else SETS) if (chosen.only or "") in one.name]
    packages = ("--no-deps", str(ROOT)) if chosen.short else (str(ROOT),)
    results = [_is_same(python, one, packages) for python in pythons for one in sets]
    print(f"{len(results)} environments, {results.count(False)} with other results.")
    return 0 if all(results) else 1


def _is_same(python: str, plugins: Plugins, packages: Sequence[str]) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        count, differences = compare(python, plugins, packages, Path(folder))
    verdict = "DIFFERENT" if differences else "the same"
    row = f"{_version(python):8} {plugins.name:26} {count:3} tests  {verdict:10}"
    print(f"{row} {time.monotonic() - began:.1f} s", flush=True)
    for line in differences[:20]:
        print(f"    {line}")
    return not differences


def _version(python: str) -> str:
    done = subprocess.run([python, "--version"], capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


if __name__ == "__main__":
    sys.exit(main())

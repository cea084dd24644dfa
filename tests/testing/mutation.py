"""Mutation testing of the tests that are made from recordings.

``python -m tests.testing.mutation`` makes tests of 100 random walks, runs them, and prints which
test notices which mutant. The project's own tests do the same with fewer walks.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.trace import Recording
from exlab_gui.export.pytest_source import to_pytest
from tests.testing.mutants import MUTANTS
from tests.testing.recorded import as_listened, as_polled, forked, random_recording, recording_of
from tests.testing.subprocesses import run_pytest

WALKS = 100
SURVIVORS = 2
"""So many mutants may go unnoticed."""

_ROOT = Path(__file__).parents[2]
_CONFTEST = """
import json
import pytest
from pathlib import Path
from tests.testing.mutants import MUTANTS

noticed = {}

@pytest.fixture(autouse=True, params=PARAMS)
def mutant(request, monkeypatch):
    if request.param in noticed:
        pytest.skip("It was noticed.")
    MUTANTS[request.param](monkeypatch)

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed:
        noticed.setdefault(item.callspec.params["mutant"], item.path.stem)
    return report

def pytest_sessionfinish():
    Path("noticed.json").write_text(json.dumps(noticed))
"""


def recordings(walks: int) -> dict[str, Recording]:
    """Return sessions of every scenario, live and forked ones, and random walks."""
    scenarios = {name: recording_of(name, find_scenario(name)) for name in bundled_scenarios()}
    once, twice = scenarios["asks_once"], scenarios["asks_twice"]
    others = {"polled": as_polled(once), "listened": as_listened(twice, 4), "fork": forked(once, 5)}
    random = {f"walk_{seed}": random_recording(seed) for seed in range(walks)}
    return scenarios | others | random


def write_tests(folder: Path, of: Mapping[str, Recording]) -> None:
    for name, recording in of.items():
        (folder / f"test_{name}.py").write_text(to_pytest(recording), "utf-8")


def who_notices(folder: Path, mutants: Iterable[str]) -> dict[str, str]:
    """Return, for each of the `mutants`, the test in `folder` that notices it first, or ""."""
    (folder / "conftest.py").write_text(_CONFTEST.replace("PARAMS", repr(list(mutants))))
    told = run_pytest(folder, "-q", "--tb=no", "-rN", PYTHONPATH=str(_ROOT))
    try:
        noticed = json.loads((folder / "noticed.json").read_text("utf-8"))
    except OSError:
        raise AssertionError(told) from None
    return {name: noticed.get(name, "") for name in mutants}


def _main() -> int:
    with TemporaryDirectory() as folder:
        write_tests(Path(folder), recordings(WALKS))
        told = run_pytest(Path(folder), "-q")
        print(told)
        found = who_notices(Path(folder), MUTANTS)
    for name, test in found.items():
        print(f"{name.replace('_', ' ')}: {test or 'NOT NOTICED'}")
    faults = [test for name, test in found.items() if name != "nothing"]
    print(f"{len(faults) - faults.count('')} of {len(faults)} mutants are noticed.")
    passed = told.endswith("exit code 0") and not found["nothing"]
    return 0 if passed and faults.count("") <= SURVIVORS else 1


if __name__ == "__main__":
    sys.exit(_main())

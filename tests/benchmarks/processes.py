"""Programs that are run from their start to their end, or serve meanwhile."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.programs import environment

_CHECKOUT = Path(__file__).parents[2]
_PATIENCE_S = 60.0


def run(home: Path, *args: str) -> str:
    """Run ``python <args>`` and return what it printed; its settings are in `home`."""
    more = {
        "QT_QPA_PLATFORM": os.environ["QT_QPA_PLATFORM"],
        "PYTHONPATH": str(_CHECKOUT),
        # As on a user's machine, where all is compiled since it was installed.
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    done = subprocess.run(
        [sys.executable, *args],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@contextmanager
def serving(home: Path, *args: str) -> Iterator[str]:
    """Run ``python <args>``, give the address that it prints, and kill it at the end."""
    with subprocess.Popen(
        [sys.executable, *args],
        env=environment(home, XDG_STATE_HOME=str(home), PYTHONPATH=str(_CHECKOUT)),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


async def until(condition: Callable[[], object]) -> None:
    """Wait until `condition()` holds, while the window goes on."""
    async with asyncio.timeout(_PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.005)

"""Programs that are run from their start to their end."""

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.programs import environment

_CHECKOUT = Path(__file__).parents[2]


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

"""Running pytest in a process of its own, as somebody's project would."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ONLY = ("pytestqt.plugin", "exlab_gui.testing")
"""The plugins that a project needs."""


def run_pytest(
    folder: Path, *options: object, plugins: Sequence[str] = ONLY, **environment: str
) -> str:
    """Run the tests in `folder`, with no plugins but these, and return what is printed."""
    chosen = [word for plugin in plugins for word in ("-p", plugin)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *chosen, *map(str, options)],
        cwd=folder,
        env=kept | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONUTF8": "1"} | environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return f"{done.stdout}{done.stderr}\nexit code {done.returncode}"

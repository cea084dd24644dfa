"""Running pytest in a process of its own, as somebody's project would."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.testing import forking

ONLY = ("pytestqt.plugin", "exlab_gui.testing")
"""The plugins that a project needs."""


def run_pytest(
    folder: Path,
    *options: object,
    plugins: Sequence[str] = ONLY,
    fresh: bool = not hasattr(os, "fork"),
    **environment: str,
) -> str:
    """Run the tests in `folder`, with no plugins but these, and return what is printed.

    The process has imported the window already, unless it is to be `fresh`.
    """
    chosen = [word for plugin in plugins for word in ("-p", plugin)]
    words = [*chosen, *map(str, options)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
    kept |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONUTF8": "1"} | environment
    if fresh:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *words],
            cwd=folder,
            env=kept,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return f"{done.stdout}\nexit code {done.returncode}"
    with TemporaryDirectory() as place:
        output = Path(place, "output")
        code = forking.request(folder, words, kept, output)
        return f"{output.read_text('utf-8')}\nexit code {code}"

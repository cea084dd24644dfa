"""The folders of the program: of its resources, and of the user's settings and log."""

import os
import sys
from pathlib import Path


def own_folder() -> Path | None:
    """Return the folder for settings and log that the user has chosen in place of the system's."""
    chosen = os.environ.get("EXLAB_HOME")
    return Path(chosen) if chosen else None


def is_bundle() -> bool:
    """Return whether the program brings its own Python, as a folder that PyInstaller made."""
    return bool(getattr(sys, "frozen", False))


def resources() -> Path:
    """Return the folder of resources, in the package or, in a checkout, beside it."""
    package = Path(__file__).parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no resources folder in {package}, nor beside it")

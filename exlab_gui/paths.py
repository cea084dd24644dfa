"""The folder of icons, scenarios and style sheet: installed, in a bundle and in a checkout."""

import sys
from pathlib import Path


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

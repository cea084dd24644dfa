"""The folder of icons, scenarios and style sheet, in an installation and in a checkout."""

from pathlib import Path


def resources() -> Path:
    """Return the folder of resources, in the package or, in a checkout, beside it."""
    package = Path(__file__).parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no resources folder in {package}, nor beside it")

"""The folder of icons, scenarios and style sheet, in an installation and in a checkout."""

from pathlib import Path


def resources() -> Path:
    """Return the folder of icons, scenarios and style sheets.

    It is inside the package in a wheel or frozen program, and beside it in a checkout. Raises
    FileNotFoundError.
    """
    package = Path(__file__).parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no resources folder in {package}, nor beside it")

"""Where the program's files are."""

from pathlib import Path


def resources() -> Path:
    """Return the folder of icons, scenarios and style sheets.

    It lies in the package where that was installed from a wheel or frozen, and beside it in a
    checkout. Raises FileNotFoundError where it is in neither place.
    """
    package = Path(__file__).parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no resources folder in {package}, nor beside it")

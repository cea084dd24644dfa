"""Copying recordings out of an archive."""

import shutil
from itertools import count
from pathlib import Path

from exlab_gui.core.text.sanitize import portable_name
from exlab_gui.core.trace import ENDING


def copy(path: Path, folder: Path, label: str) -> Path:
    """Copy the recording at `path` into `folder`, under the `label` of its session.

    A file that is there stays: the copy gets a number. Raises OSError.
    """
    name = portable_name(label)
    for number in count(1):
        target = folder / (f"{name}{ENDING}" if number == 1 else f"{name}-{number}{ENDING}")
        try:
            target.touch(exist_ok=False)
        except FileExistsError:
            continue
        try:
            shutil.copyfile(path, target)
        except BaseException:
            target.unlink(missing_ok=True)  # half of a recording looks like one that broke off
            raise
        return target
    raise AssertionError

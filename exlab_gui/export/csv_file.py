"""Rows as a file of comma-separated values."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from exlab_gui.export.atomic_file import as_text


def write_csv(rows: Iterable[Sequence[str]], file: BinaryIO) -> None:
    """Write `rows` to `file`, as spreadsheets read them."""
    import csv  # with its first use: the window opens sooner without it

    with as_text(file) as lines:
        lines.write("\ufeff")  # without it spreadsheets don't take the file for UTF-8
        csv.writer(lines).writerows(rows)

"""Standard output and error, which may be closed, full, or read by nobody any longer."""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import click

from exlab_gui.core.text.sanitize import MAX_SENTENCE, sanitize
from exlab_gui.system.libraries import missing_of
from exlab_gui.system.standard_files import is_unread


class OutputError(click.ClickException):
    """Standard output cannot be written, so that what was asked for is not given."""

    exit_code = 2

    def __init__(self, error: OSError) -> None:
        super().__init__(f"Standard output cannot be written: {error.strerror}.")
        self._is_unread = is_unread(error)

    def show(self, file: Any = None) -> None:
        """Say nothing if whoever read it has had enough, as ``head`` has."""
        if not self._is_unread:
            super().show(file)


@contextmanager
def plain_messages() -> Iterator[None]:
    """Make the messages of click's errors safe to show: some repeat what the user has typed.

    A library that Qt lacks is such an error, too.
    """
    try:
        yield
    except ImportError as error:
        if missing := missing_of(error):
            raise click.ClickException(missing) from None
        raise
    except click.ClickException as error:
        error.message = sanitize(error.message, MAX_SENTENCE, keep="\n")  # type: ignore[misc]
        raise


@contextmanager
def standard_streams() -> Iterator[None]:
    """Give commands streams that can always be written, but for an `OutputError`.

    That is raised once, by the first write to standard output that fails. What cannot be written to
    standard error is dropped: the exit code tells. A terminal without arrows shows their code.
    """
    given = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _safe(sys.stdout, raises=True), _safe(sys.stderr, raises=False)
    try:
        yield
    finally:
        sys.stderr.flush()  # at its own end, Python may leave out what is still to be written
        sys.stdout, sys.stderr = given


def _safe(stream: TextIO | None, *, raises: bool) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # with PYTHONUNBUFFERED there is no other
    if not isinstance(stream, io.TextIOWrapper) or not isinstance(raw, io.RawIOBase):
        return stream  # somebody else catches what is written
    return io.TextIOWrapper(
        io.BufferedWriter(_Raw(raw, raises=raises)),
        stream.encoding,
        "backslashreplace",
        # Without buffers, Python writes each text at once; here, at the end of a line.
        line_buffering=stream.line_buffering or stream.write_through,
    )


def echo_json(line: bytes) -> None:
    """Print a line of JSON; on a terminal, what it would not print as text is escaped.

    JSON itself escapes no characters beyond ASCII, and some of them move the cursor.
    """
    if sys.stdout.isatty():
        line = "".join(map(_escaped, line.decode().rstrip("\n"))).encode()
    click.echo(line.rstrip(b"\n"))


def _escaped(character: str) -> str:
    # Outside of its texts, JSON has only characters that can be printed.
    return character if character.isprintable() else json.dumps(character)[1:-1]


class _Raw(io.RawIOBase):
    """What is written to `raw`, until that fails; everything after is dropped."""

    def __init__(self, raw: io.RawIOBase, *, raises: bool) -> None:
        self._raw = raw
        self._raises = raises
        self._has_failed = False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()

    def write(self, data: Any) -> int | None:
        if self._has_failed:
            return len(data)
        try:
            return self._raw.write(data)
        except OSError as error:
            self._has_failed = True
            if self._raises:
                raise OutputError(error) from None
            return len(data)

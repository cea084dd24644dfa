"""The formats of exports, their texts in the window, and the function that writes them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Generic, Literal, NamedTuple, TypeVar

import msgspec

from exlab_gui.core.overlay import Overlay
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.progress import Progress, no_progress
from exlab_gui.core.text.sanitize import PlainError
from exlab_gui.core.text.translation import phrase
from exlab_gui.core.trace import Recording
from exlab_gui.export.atomic_file import atomic_write, why_not_written

T = TypeVar("T")


class ExportError(PlainError, ValueError):
    """A file is not written; the message says why, in one sentence."""


class Format(msgspec.Struct, Generic[T], frozen=True):
    """A kind of file that a `T` is written to, by `write`; `suffixes` are how its name may end."""

    label: str
    suffixes: tuple[str, ...]
    write: Callable[[T, BinaryIO, Progress], object]
    needs_qt: bool = False
    name: str = ""

    @property
    def key(self) -> str:
        """The name of the format on the command line."""
        return self.name or self.suffixes[0].removeprefix(".")


def text_format(
    label: str, suffixes: tuple[str, ...], text: Callable[[T], str], name: str = ""
) -> Format[T]:
    """Return the format whose files hold the `text` of what is written, as UTF-8."""
    return Format(label, suffixes, lambda what, file, _: file.write(text(what).encode()), name=name)


class Replacement(NamedTuple):
    """A private `word`, as it was first found, and the `placeholder` that takes its place."""

    word: str
    placeholder: str


class Snapshot(NamedTuple):
    """A session as the window shows it: after `position` events, in `colours`.

    `words` are replaced in what is redacted, besides those that are found. `paper` are the colours
    for print, by default the same. `overlay` is what is shown on top of the diagram.
    """

    recording: Recording
    position: int
    colours: PictureColours
    words: Sequence[str] = ()
    paper: PictureColours | None = None
    overlay: Overlay | None = None


class Exporter(msgspec.Struct, Generic[T], frozen=True):
    """An export of a session: the formats of its files, and how the window offers it.

    `action` is the object name, `group` the number of the group in the menu. `file_name` proposes a
    name for the label of a session. `take` makes what the formats write; like them, it runs in
    another thread, and calls its progress every few milliseconds.
    `why_not` gives the reason if there is nothing to write, before the user is asked for a file.
    `redacted` returns the words that are replaced, to show them before.
    """

    action: str
    text: str
    keys: str
    tip: str
    file_name: Callable[[str], str]
    formats: tuple[Format[T], ...]
    take: Callable[[Snapshot, Progress], T]
    why_not: Callable[[Snapshot], str | None] = lambda _: None
    redacted: Callable[[Snapshot, Progress], Sequence[Replacement]] | None = None
    group: int = 4
    icon: Literal["export-diagram", "export-log", "save"] | None = None

    def write(self, path: Path, snapshot: Snapshot, progress: Progress = no_progress) -> None:
        """Write the session to `path`, as `write` does."""
        taken = self.take(snapshot, lambda _done, _total: progress(0, 1))
        write(path, self.formats, taken, progress)


def needed(module: str, what: str, extra: str) -> Any:
    """Return the module of an optional package. Raises ExportError if it is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        package = module.partition(".")[0]
        raise ExportError(
            phrase(
                '{what} needs the package {package}: pip install "exlab-gui[{extra}]".',
                what=what,
                package=package,
                extra=extra,
            )
        ) from None


def format_of(formats: Sequence[Format[T]], name: str) -> Format[T]:
    """Return the format for the name of a file; a single one, whatever the name is.

    Raises ExportError if there is none.
    """
    for known in formats:
        if len(formats) == 1 or name.lower().endswith(known.suffixes):
            return known
    suffixes = ", ".join(suffix for known in formats for suffix in known.suffixes)
    raise ExportError(
        phrase("{name}: the format has to be one of {suffixes}.", name=name, suffixes=suffixes)
    )


def write(
    path: Path, formats: Sequence[Format[T]], what: T, progress: Progress = no_progress
) -> None:
    """Write `what` to the file at `path`, as a whole, in the format of its name.

    Raises ExportError if that cannot be done; a file that was there is then as it was.
    """
    chosen = format_of(formats, path.name)
    try:
        with atomic_write(path) as file:
            chosen.write(what, file, progress)
    except OSError as error:
        raise ExportError(why_not_written(path, error)) from None

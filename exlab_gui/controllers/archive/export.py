"""Exporting sessions of the archive, in any format."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.picture_colours import PictureColours
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.sanitize import file_name
from exlab_gui.core.text.translation import phrase, tr
from exlab_gui.theme.colours import LIGHT
from exlab_gui.widgets.dialogs.file_dialog import ask_for_folder

if TYPE_CHECKING:  # imported at the first use, so that the window opens sooner
    from exlab_gui.export.batch.files import Choice
    from exlab_gui.models.archive.archive_model import ArchiveModel

_RECORDING = "recording"
_AS_THEY_ARE = phrase("Recordings, as they are")


class Exported(NamedTuple):
    """How many files were written, and what was not, in sentences."""

    files: int
    problems: Sequence[str] = ()


class ArchiveExport:
    """Exports sessions of `archive`; `tell` shows a sentence where the user looks."""

    def __init__(
        self, context: ActionContext, archive: "ArchiveModel", tell: Callable[[str], None]
    ) -> None:
        self._context = context
        self._archive = archive
        self._tell = tell

    def ask(self, numbers: Sequence[int], window: QWidget) -> None:
        """Ask for a format and a folder, and export the sessions of these numbers."""
        from exlab_gui.export.batch.files import choices
        from exlab_gui.widgets.history.export_dialog import ExportDialog

        every = [one for one in choices() if one.name != _RECORDING]

        def chosen(place: int, redacted: bool) -> None:
            choice = every[place - 1] if place else None
            then = partial(self._export, numbers, choice, redacted)
            ask_for_folder(window, self._context.settings, "Export sessions to", then)

        labels = [_AS_THEY_ARE, *(one.label for one in every)]
        dialog = ExportDialog(labels, len(numbers), self._context.settings, window)
        dialog.chosen.connect(chosen)
        dialog.open()

    def _export(
        self, numbers: Sequence[int], choice: "Choice | None", redacted: bool, folder: Path
    ) -> None:
        if choice is None and not redacted:
            work = partial(_copy, self._archive, numbers, folder)
        else:
            colours = self._context.theme.colours
            work = partial(_write, self._archive, numbers, choice, redacted, folder, colours)
        done = partial(self._exported, folder)
        self._context.jobs.run(tr("Exporting sessions"), work, done)

    def _exported(self, folder: Path, exported: Exported) -> None:
        self._context.settings.keep("files/folder", str(folder))
        if exported.files:
            self._tell(
                tr(
                    "Exported {n:,} file to {folder}",
                    "Exported {n:,} files to {folder}",
                    folder=file_name(folder),
                    n=exported.files,
                )
            )
        for sentence in exported.problems:
            self._context.jobs.fail(sentence)
        if exported.problems:
            self._tell(exported.problems[0])


def _copy(
    archive: "ArchiveModel", numbers: Sequence[int], folder: Path, progress: Progress
) -> Exported:
    """Copy the recordings of sessions into `folder`, under their labels."""
    from exlab_gui.archive.copying import copy

    count = 0
    for done, number in enumerate(numbers):
        progress(done, len(numbers))
        for row in archive.rows([number]):
            for path in archive.paths([number]):
                copy(path, folder, row.label)
                count += 1
    return Exported(count)


def _write(
    archive: "ArchiveModel",
    numbers: Sequence[int],
    choice: "Choice | None",
    redacted: bool,
    folder: Path,
    colours: PictureColours,
    progress: Progress,
) -> Exported:
    """Write sessions in the chosen format; without one, as recordings."""
    from exlab_gui.export.batch.files import Choice, write_into
    from exlab_gui.export.batch.sessions import Sessions
    from exlab_gui.export.exporter import ExportError

    sessions = Sessions(archive.paths(numbers), redacted=redacted, progress=progress)
    chosen = choice or Choice("", _RECORDING)
    try:
        written = write_into(folder, chosen, sessions, colours, LIGHT)
    except ExportError as error:
        return Exported(0, [*sessions.problems, str(error)])
    return Exported(len(written), sessions.problems)

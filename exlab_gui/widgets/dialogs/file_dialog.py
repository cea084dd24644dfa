"""File dialogs that do not block the program."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from exlab_gui.core.text.sanitize import portable_name
from exlab_gui.core.text.translation import tr
from exlab_gui.settings import Settings
from exlab_gui.widgets.controls.wheel import need_focus_for_wheel
from exlab_gui.widgets.object_names import named


def ask_for_file(
    window: QWidget,
    settings: Settings,
    title: str,
    kinds: Sequence[str],
    then: Callable[[Path], object],
    *,
    new: str | None = None,
) -> None:
    """Open a file dialog for files of `kinds`, and call `then` with the chosen path.

    With `new`, the dialog saves a file, and suggests that name; else it opens an existing one.
    """
    dialog = named(QFileDialog(window, tr(title), settings.last_folder), "fileDialog")
    dialog.setNameFilters(list(map(tr, kinds)))
    if new is None:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    else:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_ending(kinds[0]))
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(_ending(kind)))
        dialog.selectFile(portable_name(new))
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    need_focus_for_wheel(dialog)
    dialog.open()


def ask_for_folder(
    window: QWidget, settings: Settings, title: str, then: Callable[[Path], object]
) -> None:
    """Open a file dialog for a folder, and call `then` with the chosen path."""
    dialog = named(QFileDialog(window, tr(title), settings.last_folder), "fileDialog")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    need_focus_for_wheel(dialog)
    dialog.open()


def _ending(kind: str) -> str:
    return kind.rpartition("*")[2].rstrip(")")

"""Opening and saving files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from exlab_gui.export.registry import EXPORTERS
from exlab_gui.testing.driver.acting import Acting, acts
from exlab_gui.testing.driver.waiting import TIMEOUT_S
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.loop import wait_until
from exlab_gui.testing.user_input import press


class FileDriver(Acting):
    @acts
    def open(self, path: str | Path) -> None:
        """Open a recording, by the dialog; return when the window shows it."""
        target = Path(path).absolute()
        if not target.is_file():
            raise NotPossibleError(f"{target} is no file.")
        before = self.session
        self._choose_file("actionOpenTrace", target)
        jobs = self.window.context.jobs
        wait_until(lambda: not jobs.busy, TIMEOUT_S, lambda: f"{target} was not read.")
        if self.session is before:
            raise NotPossibleError(self._find(QLabel, "messageText").text())

    def save(self, path: str | Path) -> Path:
        """Save the session so far as a recording, and return its path; replaces a file there."""
        return self.save_as("actionSaveTrace", path)

    def record(self, path: str | Path) -> Path:
        """Record the session to `path` from now on, and return its path; replaces a file there."""
        return self.save_as("actionRecord", path)

    def export(self, path: str | Path) -> Path:
        """Export the session in the format that the name of `path` ends with; return its path."""
        name = Path(path).name
        known = {
            suffix: export.action
            for export in reversed(EXPORTERS)
            if export.redacted is None
            for form in export.formats
            for suffix in form.suffixes
        }
        suffix = max(filter(name.endswith, known), key=len, default=None)
        if suffix is None:
            raise NotPossibleError(f"{name} ends with none of {', '.join(known)}.")
        return self.save_as(known[suffix], path)

    @acts
    def save_as(self, action: str, path: str | Path) -> Path:
        """Save to `path` by the action of that name, and return the path of the file.

        A file that was there is replaced; a name without a suffix may get one. ``actionRecord``
        returns as soon as it records.
        """
        with self._hearing() as told:
            target = self._choose_file(action, Path(path).absolute())
            wait_until(
                lambda: not self.window.context.jobs.busy and target.name in "".join(told),
                TIMEOUT_S,
                lambda: f"{target} was not saved.",
            )
        of_file = [text for text in told if target.name in text]
        if not of_file[-1].startswith(("Saved", "Recording")):
            raise NotPossibleError(of_file[-1])
        return target

    @contextmanager
    def _hearing(self) -> Iterator[list[str]]:
        """Give the messages that come meanwhile: the bar shows only the last, of whatever it is."""
        told: list[str] = []

        def hear(text: str, _is_error: bool, _about: object) -> None:
            told.append(text)

        messages = self.window.context.messages
        messages.told.connect(hear)
        try:
            yield told
        finally:
            messages.told.disconnect(hear)

    def _choose_file(self, action: str, path: Path) -> Path:
        """Choose `path` in the dialog of an action; return it with the suffix that it gets."""
        if '"' in path.name:
            raise NotPossibleError("The dialog takes no name with a quotation mark.")
        dialog = self._open_dialog(action, "fileDialog", QFileDialog)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        line = self._find(QLineEdit, "fileNameEdit")
        line.setFocus()
        line.setText(str(path))  # as pasted: typing would bring a list of suggestions
        chosen = Path(dialog.selectedFiles()[0])
        press(dialog, Qt.Key.Key_Return)
        return chosen

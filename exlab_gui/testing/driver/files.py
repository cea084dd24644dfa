"""Opening and saving files."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
)

from exlab_gui.testing.driver.acting import Acting, acts
from exlab_gui.testing.driver.waiting import TIMEOUT_S
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.loop import wait_until
from exlab_gui.testing.user_input import (
    press,
)


class FileDriver(Acting):
    def save(self, path: str | Path) -> Path:
        """Save the session so far as a recording, and return its path; replaces a file there."""
        return self.save_as("actionSaveTrace", path)

    @acts
    def save_as(self, action: str, path: str | Path) -> Path:
        """Save to `path` by the action of that name, and return the path of the file.

        A file that was there is replaced; a name without a suffix may get one. ``actionRecord``
        returns as soon as it records.
        """
        target = Path(path).absolute()
        if '"' in target.name:
            raise NotPossibleError("The dialog takes no name with a quotation mark.")
        dialog = self._open_dialog(action, "fileDialog", QFileDialog)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        line = self._find(QLineEdit, "fileNameEdit")
        line.setFocus()
        line.setText(str(target))  # as pasted: typing would bring a list of suggestions
        target = Path(dialog.selectedFiles()[0])
        press(dialog, Qt.Key.Key_Return)
        message = self._find(QLabel, "messageText")
        wait_until(
            lambda: message.isVisible() and target.name in message.text(),
            TIMEOUT_S,
            lambda: f"{target} was not saved.",
        )
        wait_until(lambda: not self.window.context.jobs.busy, TIMEOUT_S, message.text)
        if not message.text().startswith(("Saved", "Recording")):
            raise NotPossibleError(message.text())
        return target

"""Dialogs, and whatever else the window has, by its object name."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from exlab_gui.testing.driver.acting import Acting, acts
from exlab_gui.testing.driver.waiting import TIMEOUT_S
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.form_filling import type_anew
from exlab_gui.testing.loop import apart_from_task, wait_until
from exlab_gui.testing.user_input import activate, click, press


class DialogDriver(Acting):
    @acts
    def trigger(self, action: str) -> None:
        """Trigger the action of that name, by its keys if it has any."""
        self._trigger(action)

    @acts
    def click(self, name: str) -> None:
        """Click the widget of that name, in the window or in a dialog of it."""
        widget = self._find(QWidget, name)
        if not widget.isEnabled():
            raise NotPossibleError(widget.toolTip() or f"{name} is disabled.")
        activate(widget.window())
        click(widget)

    @acts
    def type(self, name: str, text: str) -> None:
        """Type `text` in place of what the line or the box of that name holds."""
        editor = self._find(QWidget, name)
        if not isinstance(editor, QLineEdit | QComboBox):
            raise LookupError(f"{name} is no line that can be typed in.")
        activate(editor.window())
        try:
            type_anew(editor, text)
        except ValueError as error:
            raise NotPossibleError(str(error)) from None

    @contextmanager
    def dialog(self, name: str) -> Iterator[QDialog]:
        """Yield the dialog of that name as soon as it is open; close it at the end if it still is.

        Raises TimeoutError with the names of the dialogs that are open.
        """

        def shown() -> QDialog | None:
            found = self.window.findChildren(QDialog, name)
            return next((one for one in found if one.isVisible()), None)

        def others() -> str:
            windows = QApplication.topLevelWidgets()
            names = [w.objectName() for w in windows if isinstance(w, QDialog) and w.isVisible()]
            return f"{name} did not open. Open: {', '.join(names) or 'none'}."

        with apart_from_task():
            wait_until(shown, TIMEOUT_S, others)
        dialog = shown()
        assert dialog is not None
        try:
            yield dialog
        finally:
            if isValid(dialog) and dialog.isVisible():
                press(dialog, Qt.Key.Key_Escape)

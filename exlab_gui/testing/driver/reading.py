"""Reading what the window shows."""

from PySide6.QtWidgets import QLabel, QWidget

from exlab_gui.testing.driver.acting import Acting
from exlab_gui.testing.locators import Rows, rows, transition_buttons


class Reading(Acting):
    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.session.label}, which is in {self.state}>"

    @property
    def legal(self) -> set[str]:
        """The states that the session can be stepped to now: those whose buttons are enabled."""
        buttons = transition_buttons(self.window)
        return {state for state, button in buttons.items() if button.isEnabled()}

    @property
    def asked(self) -> list[str]:
        """The ids of the fields in the form for input; empty if the window shows none."""
        form = self._find(QWidget, "pendingInputForm")
        names = [editor.objectName() for editor in form.findChildren(QWidget)]
        fields = [name.removeprefix("field_") for name in names if name.startswith("field_")]
        return [] if form.isHidden() else fields

    @property
    def message(self) -> str:
        """The message at the bottom of the window; empty if there is none."""
        text = self._find(QLabel, "messageText")
        return text.text() if text.isVisible() else ""

    @property
    def log(self) -> Rows:
        """The rows of the log, as the window shows them."""
        return rows(self.window)

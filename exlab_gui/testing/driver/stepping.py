"""Stepping a session, answering, cancelling and failing it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from exlab_gui.core.protocol.form import FieldValue
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.testing.driver.acting import Acting, acts
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.form_filling import fill_in, type_anew
from exlab_gui.testing.locators import transition_buttons
from exlab_gui.testing.loop import wait_until
from exlab_gui.testing.user_input import (
    click,
    open_menu,
    press,
    right_click,
)

_FORM_S = 10.0
"""How long a form of many fields may take to be complete."""


class StepDriver(Acting):
    @acts
    def go_to(self, state: str) -> None:
        """Step the session to `state`, by its button."""
        button = self._button(state)
        if not button.isEnabled():
            raise NotPossibleError(button.toolTip())
        click(button)

    @acts
    def walk_to(self, state: str) -> None:
        """Walk the session to `state` along the shortest legal path, by its button's menu."""
        menu = right_click(self._button(state))
        if menu is None:
            raise NotPossibleError(f"The button of {state} has no menu.")
        walk = next(one for one in menu.actions() if one.objectName() == "stateMenuWalk")
        try:
            if not walk.isEnabled():
                raise NotPossibleError(walk.toolTip())
            click(menu, menu.actionGeometry(walk).center())
        finally:
            if open_menu() is not None:
                press(menu, Qt.Key.Key_Escape)

    @acts
    def answer(self, /, **inputs: FieldValue) -> None:
        """Fill in the form by the ids of its fields, and submit it.

        Text, choices and dates (``2026-01-31``) are given as text. A field that is not named stays
        as it is. If the form refuses a value, NotPossibleError has the form's message.
        """
        submit = self._find(QAbstractButton, "pendingInputSubmit")
        wait_until(
            lambda: self.window.panes.form.is_whole, _FORM_S, lambda: "The form is not complete."
        )
        if not submit.isVisible() or not submit.isEnabled():
            raise NotPossibleError(submit.toolTip())
        asked = self.session.pending_input
        fields = [field.id for field in asked.fields] if asked else []
        for field in inputs:
            if field not in fields:
                reason = unknown_name_message(field, fields, "a field that is asked for")
                raise NotPossibleError(reason)
        for field, value in inputs.items():
            try:
                fill_in(self._find(QWidget, f"field_{field}"), value)
            except ValueError as error:
                raise NotPossibleError(f"{field}: {error}") from None
        submit.setFocus()
        press(self.window, Qt.Key.Key_Space)
        if submit.isVisible():
            wrong = {field: self._find(QLabel, f"wrong_{field}") for field in fields}
            errors = [f"{f}: {label.text()}" for f, label in wrong.items() if label.isVisible()]
            if errors:
                raise NotPossibleError("\n".join(errors))

    @acts
    def cancel(self, *, discard_files: bool = False) -> None:
        """Cancel the session; with `discard_files`, delete its unfinished folder too."""
        dialog = self._open_dialog("actionCancel", "cancelDialog", QDialog)
        if discard_files:
            self._find(QCheckBox, "cancelDiscard").setFocus()
            press(dialog, Qt.Key.Key_Space)
        click(self._find(QAbstractButton, "endConfirm"))

    @acts
    def fail(
        self, *, code: str | None = None, message: str | None = None, field: str | None = None
    ) -> None:
        """Let the session fail with this error; None leaves a value as the dialog has it."""
        dialog = self._open_dialog("actionFail", "failDialog", QDialog)
        try:
            for name, text in (("failMessage", message), ("failField", field)):
                if text is not None:
                    type_anew(self._find(QLineEdit, name), text)
            if code is not None:
                type_anew(self._find(QComboBox, "failCode"), code)
        except ValueError as error:
            press(dialog, Qt.Key.Key_Escape)
            raise NotPossibleError(str(error)) from None
        click(self._find(QAbstractButton, "endConfirm"))

    def _button(self, state: str) -> QAbstractButton:
        buttons = transition_buttons(self.window)
        if state not in buttons:
            raise NotPossibleError(unknown_name_message(str(state), buttons, "a state"))
        return buttons[state]

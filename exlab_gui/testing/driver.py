"""A driver for the window, which uses it as a user does and reads what it shows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QSlider,
    QWidget,
)

from exlab_gui.core.protocol.form import FieldValue
from exlab_gui.core.scenario.file import parse_scenario
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.models.session_model import SessionModel
from exlab_gui.scenarios import find_scenario
from exlab_gui.testing.assertions import walk_lines
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.form_filling import choose, fill_in, type_anew
from exlab_gui.testing.locators import Q, Rows, find, rows, transition_buttons
from exlab_gui.testing.loop import apart_from_task, wait_until
from exlab_gui.testing.user_input import (
    activate,
    click,
    open_menu,
    press,
    press_shortcut,
    right_click,
)
from exlab_gui.widgets.play_bar import SPEEDS
from exlab_gui.window.monitor_window import MonitorWindow

D = TypeVar("D", bound=QDialog)

Playable = str | Path | Scenario | Mapping[str, Any]
"""The name of a scenario of the program, the path of a file, a scenario, or what its file holds."""

TIMEOUT_S = 10.0
"""How long a driver waits by default."""


class SessionMonitor:
    """Drives a window by mouse and keys, and reads it, by the public object names only.

    If the window does not allow an action, the method raises NotPossibleError and changes nothing.
    No method is awaited in a coroutine test, whose loop has to be one that Qt drives.
    """

    def __init__(self, window: MonitorWindow) -> None:
        self.window = window

    @property
    def session(self) -> SessionModel:
        """The session that the window shows."""
        return self.window.session

    @property
    def state(self) -> str:
        """The state that the window shows."""
        return self._find(QLabel, "currentStateLabel").text()

    @property
    def legal(self) -> set[str]:
        """The states that the session can be stepped to now: those whose buttons are enabled."""
        buttons = transition_buttons(self.window)
        return {state for state, button in buttons.items() if button.isEnabled()}

    @property
    def log(self) -> Rows:
        """The rows of the log, as the window shows them."""
        return rows(self.window)

    def go_to(self, state: str) -> None:
        """Step the session to `state`, by its button."""
        with self._acting():
            button = self._button(state)
            if not button.isEnabled():
                raise NotPossibleError(button.toolTip())
            click(button)

    def walk_to(self, state: str) -> None:
        """Walk the session to `state` along the shortest legal path, by its button's menu."""
        with self._acting():
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

    def answer(self, /, **inputs: FieldValue) -> None:
        """Fill in the form by the ids of its fields, and submit it.

        Text, choices and dates (``2026-01-31``) are given as text. A field that is not named stays
        as it is. If the form refuses a value, NotPossibleError has the form's message.
        """
        with self._acting():
            submit = self._find(QAbstractButton, "pendingInputSubmit")
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

    def cancel(self, *, discard_files: bool = False) -> None:
        """Cancel the session; with `discard_files`, delete its unfinished folder too."""
        with self._acting():
            dialog = self._open_dialog("actionCancel", "cancelDialog", QDialog)
            if discard_files:
                self._find(QCheckBox, "cancelDiscard").setFocus()
                press(dialog, Qt.Key.Key_Space)
            click(self._find(QAbstractButton, "endConfirm"))

    def fail(
        self, *, code: str | None = None, message: str | None = None, field: str | None = None
    ) -> None:
        """Let the session fail with this error; None leaves a value as the dialog has it."""
        with self._acting():
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

    def choose(self, scenario: Playable) -> None:
        """Choose the scenario that the session is to play.

        If the list of scenarios lacks it, it is added first. If the session has begun, a new one
        opens. Raises ScenarioError if there is no such scenario.
        """
        if isinstance(scenario, str | Path):
            scenario = find_scenario(str(scenario))
        elif not isinstance(scenario, Scenario):
            scenario = parse_scenario(msgspec.json.encode(scenario), "the scenario")
        with self._acting():
            self.window.play_bar.offer(scenario)
            box = self._find(QComboBox, "scenarioCombo")
            choose(box, next(n for n in range(box.count()) if box.itemData(n) == scenario))

    def play(self, scenario: Playable | None = None, *, speed: float = SPEEDS[-1]) -> None:
        """Play `scenario` (None: the one that is chosen), `speed` times as fast as real time.

        Returns as soon as it plays; `wait_for` waits for what comes. Raises ValueError for a speed
        that the slider does not have.
        """
        if speed not in SPEEDS:
            raise ValueError(f"{speed} is not among {', '.join(f'{one:g}' for one in SPEEDS)}")
        if scenario is not None:
            self.choose(scenario)
        with self._acting():
            self._find(QSlider, "speedSlider").setFocus()
            press(self.window, Qt.Key.Key_Home)
            for _ in range(SPEEDS.index(speed)):
                press(self.window, Qt.Key.Key_Right)
            self._trigger("actionPlay")

    def pause(self) -> None:
        with self._acting():
            self._trigger("actionPause")

    def step(self) -> None:
        """Do the scenario's next step."""
        with self._acting():
            self._trigger("actionStep")

    def wait_for(self, state: str, timeout: float = TIMEOUT_S) -> None:
        """Return once the session has entered `state`, or at once if it is there.

        A session that goes on quickly may have left `state` again by then. Raises TimeoutError,
        with the state and the log, after `timeout` seconds, or as soon as nothing can
        come any more.
        """
        session = self.session
        begun = session.count
        if state not in session.machine.states:
            raise ValueError(unknown_name_message(state, session.machine.states, "a state"))

        def entered() -> bool:
            return state in (session.state, *(event.state for event in session.history[begun:]))

        with self._acting():
            wait_until(
                lambda: entered() or session.is_over,
                timeout,
                lambda: self._where(f"{state} was not entered within {timeout:g} s."),
            )
            if not entered():
                raise TimeoutError(self._where(f"{state} was not entered, and now never will be."))

    def save(self, path: str | Path) -> Path:
        """Save the session so far as a recording, and return its path; replaces a file there."""
        return self.save_as("actionSaveTrace", path)

    def save_as(self, action: str, path: str | Path) -> Path:
        """Save to `path` by the action of that name, and return the path of the file.

        A file that was there is replaced; a name without a suffix may get one. ``actionRecord``
        returns as soon as it records.
        """
        target = Path(path).absolute()
        if '"' in target.name:
            raise NotPossibleError("The dialog takes no name with a quotation mark.")
        with self._acting():
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

    def _find(self, kind: type[Q], name: str) -> Q:
        return find(self.window, kind, name)

    def _button(self, state: str) -> QAbstractButton:
        buttons = transition_buttons(self.window)
        if state not in buttons:
            raise NotPossibleError(unknown_name_message(state, buttons, "a state"))
        return buttons[state]

    def _trigger(self, name: str) -> None:
        action = self._find(QAction, name)
        if not action.isEnabled():
            raise NotPossibleError(action.statusTip())
        press_shortcut(self.window, action)

    def _open_dialog(self, action: str, name: str, kind: type[D]) -> D:
        message = self._find(QLabel, "messageText")
        before = message.text()
        self._trigger(action)
        if message.isVisible() and message.text() != before:
            raise NotPossibleError(message.text())
        dialog = self._find(kind, name)
        activate(dialog)
        return dialog

    def _where(self, what: str) -> str:
        session = self.session
        playing = "playing" if session.playing else "not playing"
        walk = walk_lines(session.machine, session.history[: session.count])
        return "\n".join([what, f"{session.label} is in {self.state}, {playing}:", *walk])

    @contextmanager
    def _acting(self) -> Iterator[None]:
        with apart_from_task():
            activate(self.window)
            try:
                yield
            finally:
                # What was closed is gone before the next thing of its name is looked for.
                QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

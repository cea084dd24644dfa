"""A user's sessions, in the real window, through nothing but the public object names."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

from tests.helpers.expected import SPINE, check, moved, rows_of
from tests.helpers.hands import click, press, press_shortcut, write
from tests.helpers.names import find, headers, the_window

pytestmark = pytest.mark.usefixtures("window")

ASKED = ["pending", "validating", "rendering", "plugin_pass", "input_required"]


def step(state: str) -> None:
    click(find(QAbstractButton, f"transition_{state}"))


def step_along(path: list[str]) -> None:
    """Step a fresh session by the buttons; check after each step."""
    check(path[:1], rows_of(path[:1]))
    for place in range(1, len(path)):
        step(path[place])
        check(path[: place + 1], rows_of(path[: place + 1]))


def test_the_log_has_its_columns() -> None:
    """The log's columns have the names that tests read them by, in the order that is promised."""
    assert headers() == ["#", "Time", "Δ", "State", "Kind", "Phase", "Detail"]


def test_a_session_is_stepped_to_done() -> None:
    """A user presses one button after the other; each step is told everywhere."""
    step_along(list(SPINE))


def test_a_session_is_asked_twice() -> None:
    """A user answers two questions of a plugin, with all five types of field, and goes on."""
    path = ASKED[:4]
    step_along(path)
    rows = rows_of(path)

    def entered(state: str, told: str | None = None) -> None:
        rows.append(moved(path[-1], state, told))
        path.append(state)
        check(path, rows)

    for sample, mode, calibrated in (("S-1", "fast", True), ("S-2", "standard", False)):
        step("input_required")
        entered("input_required")
        fill_in(sample, mode, calibrated=calibrated)
        check(path, rows)
        click(find(QAbstractButton, "pendingInputSubmit"))
        given = (
            f"sample_id = {sample}, instrument_mode = {mode}, run_date = 2026-01-31, "
            rf"calibrated = {str(calibrated).lower()}, remarks = tube {sample}\nis cold"
        )
        entered("plugin_pass", f"resumed: {given}")
    for state in ("cache_write", "post_validate", "sync_queued"):
        step(state)
        entered(state)


def fill_in(sample: str, mode: str, *, calibrated: bool) -> None:
    """Fill in the form, each field anew, as a user would: where one clicks, or by keys."""
    window = the_window()
    line = find(QLineEdit, "field_sample_id")
    assert line.text() == ""
    click(line)
    write(window, sample)
    box = find(QComboBox, "field_instrument_mode")
    box.setFocus()
    while box.currentText() != mode:
        press(window, Qt.Key.Key_Down)
    day = find(QDateEdit, "field_run_date")
    assert day.date() == QDate.currentDate()
    day.setFocus()
    day.selectAll()
    write(window, "2026-01-31")
    check_box = find(QCheckBox, "field_calibrated")
    assert not check_box.isChecked()
    if calibrated:
        check_box.setFocus()
        press(window, Qt.Key.Key_Space)
    text = find(QPlainTextEdit, "field_remarks")
    assert text.toPlainText() == ""
    text.setFocus()
    write(window, f"tube {sample}")
    press(window, Qt.Key.Key_Return)
    write(window, "is cold")


def test_a_session_fails_as_the_user_says() -> None:
    """A user lets a session fail with an error of their own; it ends where it stood."""
    path = ["pending", "validating", "rendering"]
    step_along(path)
    press_shortcut(the_window(), find(QAction, "actionFail"))
    dialog = find(QDialog, "failDialog")
    for editor, text in (
        (find(QComboBox, "failCode").lineEdit(), "disk_space_insufficient"),
        (find(QLineEdit, "failMessage"), "12 MB are left of 4 TB"),
        (find(QLineEdit, "failField"), "template_path"),
    ):
        editor.setFocus()
        editor.selectAll()
        write(dialog, text)
    check(path, rows_of(path))
    click(find(QAbstractButton, "endConfirm"))
    error = "disk_space_insufficient: 12 MB are left of 4 TB (template_path)"
    check([*path, "failed"], [*rows_of(path), moved("rendering", "failed", error)])
    assert find(QLabel, "outcomeLabel").text() == error


def test_a_session_is_cancelled() -> None:
    """A user cancels while a plugin asks, and has the partly made folder discarded."""
    step_along(ASKED)
    press_shortcut(the_window(), find(QAction, "actionCancel"))
    assert find(QDialog, "cancelDialog").isVisible()
    discard = find(QCheckBox, "cancelDiscard")
    discard.setFocus()
    press(discard.window(), Qt.Key.Key_Space)
    check(ASKED, rows_of(ASKED))
    click(find(QAbstractButton, "endConfirm"))
    told = "cancelled: the partly made folder is discarded"
    check([*ASKED, "aborted"], [*rows_of(ASKED), moved("input_required", "aborted", told)])

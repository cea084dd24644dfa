from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from exlab_gui.core.protocol.emission import DEFAULT_ERROR
from exlab_gui.core.protocol.envelopes import KNOWN_ERROR_CODES, Error
from exlab_gui.core.protocol.events import Cancelled
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Step
from exlab_gui.widgets.dialogs.confirm_dialogs import CancelDialog, FailDialog, ListenDialog
from tests.helpers import spec
from tests.helpers.hands import press, write
from tests.helpers.sessions import session_in

Open = Callable[[type[QDialog], SessionModel], QDialog]


@pytest.fixture
def open_dialog(qtbot: QtBot) -> Open:
    """Return what opens a dialog over a window, and holds that window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def open_it(kind: type[QDialog], session: SessionModel) -> QDialog:
        dialog = kind(session, window)
        dialog.open()
        dialog.activateWindow()
        return dialog

    return open_it


def fail_with(dialog: QDialog, code: str, message: str, field: str) -> None:
    dialog.findChild(QComboBox, "failCode").setCurrentText(code)
    dialog.findChild(QLineEdit, "failMessage").setText(message)
    dialog.findChild(QLineEdit, "failField").setText(field)
    dialog.findChild(QPushButton, "endConfirm").click()


@pytest.mark.parametrize("state", [state for state in spec.STATES if spec.FOLLOWING[state]])
def test_a_session_fails_with_the_users_error(open_dialog: Open, state: str) -> None:
    """Code, message and field of the error are the user's; the session fails where it stands."""
    session = session_in(state)
    fail_with(open_dialog(FailDialog, session), "my_code", "No tube", "sample_id")
    assert session.state == "failed"
    assert session.entered.error == Error("my_code", "No tube", "sample_id")
    assert session.entered.envelope.phase == spec.PHASES[state]


def test_an_error_needs_a_code_only(open_dialog: Open) -> None:
    """Without a field there is none; without a code the error is an internal one."""
    session = session_in("pending")
    fail_with(open_dialog(FailDialog, session), "  ", "", "  ")
    assert session.entered.error == Error(DEFAULT_ERROR.code, "", None)


def test_the_known_codes_are_offered(open_dialog: Open) -> None:
    """The codes that were seen are there to be picked, and one is, so that Enter is enough."""
    session = session_in("pending")
    dialog = open_dialog(FailDialog, session)
    code = dialog.findChild(QComboBox, "failCode")
    assert [code.itemText(row) for row in range(code.count())] == list(KNOWN_ERROR_CODES)
    press(dialog, Qt.Key.Key_Return)
    assert session.entered.error == DEFAULT_ERROR


@pytest.mark.parametrize("discard", [True, False])
def test_a_session_is_cancelled(open_dialog: Open, discard: bool) -> None:
    """The user says what becomes of the partly made folder; by default it is kept."""
    session = session_in("rendering")
    dialog = open_dialog(CancelDialog, session)
    if discard:
        dialog.findChild(QCheckBox, "cancelDiscard").click()
    dialog.findChild(QPushButton, "endConfirm").click()
    assert session.state == "aborted"
    assert session.entered.cause == Cancelled(discard)


@pytest.mark.parametrize("kind", [CancelDialog, ListenDialog])
def test_enter_does_nothing_that_cannot_be_undone(open_dialog: Open, kind: type[QDialog]) -> None:
    """Whatever has the focus when the dialog opens, Enter leaves everything as it is."""
    session = session_in("rendering")
    dialog = open_dialog(kind, session)
    press(dialog, Qt.Key.Key_Return)
    assert (session.state, session.count) == ("rendering", 3)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(dialog)  # it is gone


@pytest.mark.parametrize("kind", [FailDialog, CancelDialog])
@pytest.mark.parametrize("way_out", ["endReject", "Escape"])
def test_going_on_changes_nothing(open_dialog: Open, kind: type[QDialog], way_out: str) -> None:
    """Whoever thinks better of it finds the session as it was; the dialog is gone for good."""
    session = session_in("rendering")
    dialog = open_dialog(kind, session)
    if way_out == "Escape":
        press(dialog, Qt.Key.Key_Escape)
    else:
        dialog.findChild(QPushButton, way_out).click()
    assert (session.state, session.count) == ("rendering", 3)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(dialog)


def test_the_dialogs_are_driven_with_the_keyboard(open_dialog: Open) -> None:
    """What is to be filled in has the focus; Space ticks and presses, Enter confirms a failure."""
    session = session_in("rendering")
    dialog = open_dialog(CancelDialog, session)
    dialog.findChild(QCheckBox, "cancelDiscard").setFocus()
    press(dialog, Qt.Key.Key_Space)
    dialog.findChild(QPushButton, "endConfirm").setFocus()
    press(dialog, Qt.Key.Key_Space)
    assert session.entered.cause == Cancelled(True)
    session = session_in("rendering")
    dialog = open_dialog(FailDialog, session)
    message = dialog.findChild(QLineEdit, "failMessage")
    message.setFocus()
    message.selectAll()
    write(dialog, "No tube")
    press(dialog, Qt.Key.Key_Return)
    assert session.entered.error == Error(DEFAULT_ERROR.code, "No tube")


@pytest.mark.parametrize("kind", [FailDialog, CancelDialog])
def test_a_session_that_ended_meanwhile_stays_as_it_is(
    open_dialog: Open, qtbot: QtBot, kind: type[QDialog]
) -> None:
    """Where the session was over before the user confirmed, it says so and stays as it is."""
    session = session_in("sync_queued")
    dialog = open_dialog(kind, session)
    session.request(Step("done"))
    with qtbot.waitSignal(session.refused) as refused:
        dialog.findChild(QPushButton, "endConfirm").click()
    assert refused.args == ["The session is over: done is a terminal state, nothing follows it."]
    assert session.state == "done"


@pytest.mark.parametrize("kind", [FailDialog, CancelDialog])
def test_what_is_asked_is_plain_text(open_dialog: Open, kind: type[QDialog]) -> None:
    """The question names the session and where it stands, and is never read as markup."""
    dialog = open_dialog(kind, session_in("rendering"))
    labels = dialog.findChildren(QLabel)
    asked = labels[0]
    assert "sim-1" in asked.text()
    assert "rendering" in asked.text()
    assert asked.textFormat() == Qt.TextFormat.PlainText
    press(dialog, Qt.Key.Key_Escape)

"""Confirmations before a session is ended, or its event stream is taken over."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from exlab_gui.core.protocol.emission import DEFAULT_ERROR
from exlab_gui.core.protocol.envelopes import KNOWN_ERROR_CODES, Error
from exlab_gui.core.text.translation import tr
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Cancel, Fail, Listen, Step, WalkTo
from exlab_gui.widgets.dialogs.dialog import Dialog
from exlab_gui.widgets.labels import WrappingLabel, form_rows
from exlab_gui.widgets.object_names import named

_WIDTH = 440
_MOST_LOSSES = 8
_BUTTONS = ("endConfirm", "endReject")


class EndDialog(Dialog):
    """Asks whether a key was meant to end the session early, by `command`."""

    def __init__(self, session: SessionModel, command: Step | WalkTo, parent: QWidget) -> None:
        super().__init__("End session", "endDialog", parent)
        state = command.to
        question = tr(
            "Go to {state}? That ends {session}, which is in {present}.",
            state=state,
            session=session.label,
            present=session.state,
        )
        self.add(WrappingLabel(question))
        self.add_choice(tr("Go to {state}", state=state), "Keep running", _BUTTONS, safe=True)
        self.resize(_WIDTH, self.sizeHint().height())
        self.accepted.connect(lambda: session.request(command))


class QuitDialog(Dialog):
    """Tells what quitting would lose, one of `losses` a line."""

    def __init__(self, losses: Sequence[str], parent: QWidget) -> None:
        super().__init__("Quit exlab-gui", "quitDialog", parent)
        more = len(losses) - _MOST_LOSSES
        lines = [
            *losses[:_MOST_LOSSES],
            *([tr("And {more:,} more sessions.", more=more)] if more > 0 else []),
        ]
        self.add(WrappingLabel("\n".join(lines)))
        self.add_choice("Quit", "Keep open", _BUTTONS, safe=True)
        self.resize(_WIDTH, self.sizeHint().height())


class CancelDialog(Dialog):
    """Asks whether to cancel, and whether to discard the partly made folder (§4.4.7)."""

    def __init__(self, session: SessionModel, parent: QWidget) -> None:
        super().__init__("Cancel session", "cancelDialog", parent)
        question = tr(
            "Cancel {session}? It is in {state} and ends as aborted.",
            session=session.label,
            state=session.state,
        )
        discard = named(QCheckBox(tr("Discard the partly made folder")), "cancelDiscard")
        self.add(WrappingLabel(question), discard)
        self.add_choice("Cancel session", "Keep running", _BUTTONS, safe=True)
        self.accepted.connect(lambda: session.request(Cancel(discard.isChecked())))


class FailDialog(Dialog):
    """Asks with which error to fail the session."""

    def __init__(self, session: SessionModel, parent: QWidget) -> None:
        super().__init__("Fail session", "failDialog", parent)
        self._code = named(QComboBox(editable=True), "failCode", "Code")
        self._code.addItems(KNOWN_ERROR_CODES)
        self._code.setCurrentText(DEFAULT_ERROR.code)
        self._message = named(QLineEdit(DEFAULT_ERROR.message), "failMessage", "Message")
        self._field = named(QLineEdit(), "failField", "Field")
        self._field.setPlaceholderText(tr("Input field (optional)"))
        self.add(
            WrappingLabel(
                tr("Fail {session}? It is in {state}.", session=session.label, state=session.state)
            ),
            form_rows(("Code", self._code), ("Message", self._message), ("Field", self._field)),
        )
        self.add_choice("Fail session", "Keep running", _BUTTONS)
        self.accepted.connect(lambda: session.request(Fail(self._error())))
        self.resize(_WIDTH, self.sizeHint().height())

    def _error(self) -> Error:
        code = self._code.currentText().strip() or DEFAULT_ERROR.code
        return Error(code, self._message.text(), self._field.text().strip() or None)


class ListenDialog(Dialog):
    """Warns that other listeners miss the events that are read here (§4.4.7)."""

    def __init__(self, session: SessionModel, parent: QWidget) -> None:
        super().__init__("Listen to event stream", "listenDialog", parent)
        question = tr(
            "Listen to the event stream of {session}? The server sends each event to one "
            "listener only. The wizard and other monitors will miss the events that are read "
            "here. Polling does not affect other listeners.",
            session=session.label,
        )
        self.add(WrappingLabel(question))
        self.add_choice("Listen", "Keep polling", _BUTTONS, safe=True)
        self.accepted.connect(lambda: session.request(Listen(on=True)))

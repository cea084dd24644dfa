"""The form for the input that a plugin requires."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.form import Field, FieldValue, answers_to_send, wrong_answers
from exlab_gui.core.protocol.form_limits import fitting
from exlab_gui.core.text import question
from exlab_gui.core.text.translation import told, tr
from exlab_gui.models.plain_tip import plain_tip
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Hold, Resume
from exlab_gui.widgets.controls.tab_order import tab_through
from exlab_gui.widgets.fitting_area import FittingArea
from exlab_gui.widgets.form.form_page import FormPage, quiet
from exlab_gui.widgets.labels import WrappingLabel
from exlab_gui.widgets.object_names import named
from exlab_gui.widgets.session_view import SessionView

if TYPE_CHECKING:  # imported with the first question, so that the window opens sooner
    from exlab_gui.widgets.form.field_editors import FieldEditor

Answers = dict[str, FieldValue | None]
"""What the editors hold, by the ids of their fields."""


class _Shown(NamedTuple):
    """The question that a form is of, and the event that asked it."""

    session: SessionModel
    event: Event
    is_past: bool
    question: InputRequiredEnvelope


class InputForm(QFrame, SessionView):
    """The fields of the pending input (§4.4.7); hidden if the session needs no input.

    Each session keeps what was typed as long as its question is pending, whatever is shown
    meanwhile. While somebody edits the form, playing waits. A question of the past has the answers
    that were given, which cannot be changed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "pendingInputForm", "Input required")
        self._shown: _Shown | None = None
        self._drafts = WeakKeyDictionary[SessionModel, tuple[Event, Answers]]()
        self._initial: Answers = {}
        self._has_focus = False
        self._held: SessionModel | None = None
        self._page = FormPage((), iter(()))
        self._submit = named(QPushButton(tr("Submit and resume")), "pendingInputSubmit")
        self._submit.clicked.connect(self.submit)
        self._fields = FittingArea()
        self._fields.show_page(self._page)
        self._submit.setProperty("role", "primary")
        self.setProperty("role", "card")
        self._hold_note = quiet(
            WrappingLabel(tr("Playing waits while you edit."), "pendingInputHold")
        )
        self._hold_note.hide()
        below = QHBoxLayout()
        below.addWidget(self._hold_note, 1)
        below.addStretch(0)
        below.addWidget(self._submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._fields)
        column.addLayout(below)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focus_moved)
        self.hide()

    @property
    def is_whole(self) -> bool:
        """Whether all fields are there; many take a moment."""
        return self._page.is_whole

    def set_session(self, session: SessionModel) -> None:
        if self.session is not None:
            self.session.field_refused.disconnect(self._refuse)
        session.field_refused.connect(self._refuse)
        super().set_session(session)

    def synchronize(self) -> None:
        session = self.session
        if session is None:
            return
        asked = session.pending_input
        wanted = _Shown(session, session.asked, session.is_past, asked) if asked else None
        if not _same(self._shown, wanted):
            self._keep_draft()
            self._shown = wanted
            if asked:
                self._build(asked)
            self.setVisible(asked is not None)
        reason = session.why_not(Resume())
        if reason is None and not self._page.is_whole:
            reason = tr("The form is not complete yet.")
        self._submit.setEnabled(reason is None)
        self._submit.setToolTip(plain_tip(reason or ""))
        self._hold_or_release()

    def take_focus(self) -> None:
        """Let the user type into the first field."""
        editors = self._page.editors
        (editors[0] if editors else self._submit).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def submit(self) -> None:
        if self.session is None or not self._submit.isEnabled():
            return
        fields = [editor.field for editor in self._page.editors]
        answers = self._answers()
        wrong = wrong_answers(fields, answers)
        self._show_errors(wrong)
        if not wrong:
            self.session.request(Resume(answers_to_send(fields, answers)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _refuse(self, field_id: str, why: str) -> None:
        self._show_errors({field_id: why})

    def _show_errors(self, wrong: Mapping[str, str]) -> None:
        if (label := self._page.show_errors(wrong)) is not None:
            self._fields.scroll_to(label)

    def _answers(self) -> Answers:
        return {editor.field.id: editor.answer() for editor in self._page.editors}

    def _keep_draft(self) -> None:
        """Keep what was typed into the form that is shown, for its session and question."""
        if self._shown is not None and not self._shown.is_past:
            session, event, *_ = self._shown
            asked, before = self._drafts.get(session, (None, {}))
            # A form that is not whole yet lacks what was typed before.
            draft = self._answers() if asked is not event else before | self._answers()
            self._drafts[session] = event, draft

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        # A popup, a dialog or another program has the focus only for a while.
        if now is not None and now.window() is self.window():
            self._has_focus = self.isAncestorOf(now)
            self._hold_or_release()

    def _hold_or_release(self) -> None:
        """Have the play of the session wait while its form is edited, and go on afterwards."""
        shown = self._shown
        editing = shown is not None and not shown.is_past and self._has_focus
        session = shown.session if shown and editing and self._answers() != self._initial else None
        before, self._held = self._held, session
        if session is not before:
            for one, on in ((before, False), (session, True)):
                if one is not None:
                    one.request_if_possible(Hold(on))
        self._hold_note.setVisible(session is not None and session.playing)

    def _build(self, asked: InputRequiredEnvelope) -> None:
        fields, remarks = fitting(asked.fields)
        above = [WrappingLabel(question.question(asked), "pendingInputReason")]
        if odd := "\n".join(map(told, filter(None, (question.remarks(asked), *remarks)))):
            above.append(WrappingLabel(odd, "pendingInputOdd"))
        self._initial = {}
        self._page = FormPage(above, self._made_editors(fields))
        self._page.whole.connect(self._finish)
        self._fields.show_page(self._page)
        tab_through(self._fields, self._page.editors)

    def _finish(self) -> None:
        """Offer to submit a form now that all its fields are there."""
        tab_through(self._fields, self._page.editors)
        self.synchronize()

    def _made_editors(self, fields: Sequence[Field]) -> "Iterator[FieldEditor]":
        """Yield editors with the draft, or with the answers that were given."""
        from exlab_gui.widgets.form.field_editors import make_editor, show_given

        assert self._shown is not None
        session, event, is_past, _ = self._shown
        if is_past:
            given = session.given_answers
            otherwise = tr("Not answered") if given is None else tr("No answer")
            answers = given or {}
            yield from (show_given(f, answers.get(f.id), otherwise) for f in fields)
            return
        today = date.today()
        asked, draft = self._drafts.get(session, (None, {}))
        for field in fields:
            editor = make_editor(field, today)
            self._initial[field.id] = editor.answer()
            if asked is event and (answer := draft.get(field.id)) is not None:
                editor.put(answer)
            editor.edited.connect(self._hold_or_release)
            yield editor


def _same(one: _Shown | None, other: _Shown | None) -> bool:
    """Return whether both are of the very same event: one that asks the same again is another."""
    if one is None or other is None:
        return one is other
    are_same = all(a is b for a, b in zip(one[:3], other[:3], strict=True))
    return are_same and one.question == other.question

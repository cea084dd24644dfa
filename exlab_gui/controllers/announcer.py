"""Announcements of screen readers: what changes without the user's doing, told in a sentence."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from exlab_gui.controllers.context import ActionContext
from exlab_gui.core.analysis.problems import Problem
from exlab_gui.core.text.translation import tr
from exlab_gui.models.notifications import news
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.metadata import Standing

PAUSE_MS = 1000
"""The least time between two announcements; what happens meanwhile is told together."""

_BAD = (Standing.TROUBLED, Standing.LOST, Standing.FORGOTTEN)


class _Told(NamedTuple):
    """How the shown session was when it was told of."""

    session: SessionModel
    visits: int
    position: int | None
    problems: int
    unread: int
    standing: Standing


class Announcer(QObject):
    """Announces states, questions, problems, connections and messages, at most one a second.

    Nothing is queued: when it is time, what then differs from what was told is told. `announced`
    gives each text, and whether it is urgent, so that it interrupts what is read.
    """

    announced = Signal(str, bool)

    def __init__(self, context: ActionContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._told: _Told | None = None
        self._last = ""
        self._messages: dict[str, tuple[str, bool, int]] = {}
        self.pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.pause.timeout.connect(self.tell)
        context.refreshed.connect(self._ask)
        context.messages.told.connect(
            lambda text, is_error, _: self._take("message", text, urgent=is_error)
        )

    def hear_of(self, session: SessionModel, text: str) -> None:
        """Tell that a session needs input or has failed, if it is not the one that is shown."""
        if session is not self._context.session:
            self._take("session", text, urgent=True)

    def hear_of_servers(self, sentences: str) -> None:
        """Tell that servers of other sessions are in trouble; nothing if they no longer are."""
        self._take("servers", sentences, urgent=True)

    def tell(self) -> None:
        """Announce all that is new in one text, and be silent for a while after it."""
        self.pause.stop()
        sentences, urgent = self._news_of_session()
        for last, is_urgent, times in self._messages.values():
            text = last
            if times > 1:
                text = tr("{n} messages, the last one: {text}", n=times, text=last)
            sentences.append(text)
            urgent |= is_urgent
        self._messages.clear()
        if sentences:
            self.pause.start()
            self._last = " ".join(sentences)
            self._announce(self._last, urgent=urgent)

    def _take(self, kind: str, text: str, *, urgent: bool) -> None:
        if not text:
            self._messages.pop(kind, None)
            return
        if self.pause.isActive() and text in self._last:
            return  # a notification without a tray is a message, too
        _, was_urgent, times = self._messages.get(kind, ("", False, 0))
        self._messages[kind] = text, urgent or was_urgent, times + 1
        self._ask()

    def _ask(self) -> None:
        if not self.pause.isActive():
            self.tell()

    def _announce(self, text: str, *, urgent: bool) -> None:
        self.announced.emit(text, urgent)
        if not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(self._context.window, text)
        if urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _news_of_session(self) -> tuple[list[str], bool]:
        """Return sentences about the shown session, and whether one of them is urgent."""
        session, before = self._context.session, self._told
        self._told = now = _Told(
            session,
            session.visits.visit_count(session.position),
            session.position,
            len(session.listed_problems),
            len(session.info.problems),
            session.info.standing,
        )
        if before is None or before.session is not session:
            return [], False  # the user has chosen it, and reads it
        if before == now:
            return [], False
        sentences, urgent = [], False
        if (now.visits, now.position is None) != (before.visits, before.position is None):
            text, urgent = _of_state(session, now.visits - before.visits)
            sentences.append(text)
        found = session.listed_problems[before.problems :]
        unread = session.info.problems[before.unread :]
        if text := _of_problems(session, found, unread):
            sentences.append(text)
            urgent |= bool(unread) or any(one.severity == "violation" for one in found)
        if now.standing is not before.standing:
            sentences.append(tr(session.info.connection))
            urgent |= now.standing in _BAD
        return [text for text in sentences if text], urgent


def _of_state(session: SessionModel, entered: int) -> tuple[str, bool]:
    if session.position is not None:
        return tr("Past position: {state}.", state=session.state), False
    if told := news(session, session.entered):
        return f"{session.label} {told}", True
    if entered > 1:
        text = "State: {state}, after {n} other."
        more = "State: {state}, after {n:,} others."
        return tr(text, more, state=session.state, n=entered - 1), False
    return tr("State: {state}.", state=session.state), False


def _of_problems(session: SessionModel, found: Sequence[Problem], unread: Sequence[str]) -> str:
    """Return the last violation or warning of `found`, and how many there are; no notes."""
    counts = Counter(one.severity for one in found)
    last = next((one for one in reversed(found) if one.severity != "note"), None)
    number = counts["violation"] + counts["warning"] + len(unread)
    if not number:
        return ""
    text = last.text(session.history) if last is not None else unread[-1]
    if number > 1:
        return tr("{n:,} problems, the last one: {text}", n=number, text=text)
    if last is not None and last.severity == "warning":
        return tr("Warning: {text}", text=text)
    return tr("Rule violation: {text}", text=text) if last is not None else text

"""Choosing and making sessions, and moving in their history."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QTableView,
)
from shiboken6 import isValid

from exlab_gui.core.text.suggest import unknown_name_message
from exlab_gui.testing.driver.acting import acts
from exlab_gui.testing.driver.reading import Reading
from exlab_gui.testing.driver.waiting import TIMEOUT_S
from exlab_gui.testing.errors import NotPossibleError
from exlab_gui.testing.form_filling import type_anew
from exlab_gui.testing.loop import wait_until
from exlab_gui.testing.user_input import click, press

if TYPE_CHECKING:
    from exlab_gui.demo_server.server import DemoServer

_NO_SESSIONS = "has no sessions yet."


class SessionDriver(Reading):
    @property
    def sessions(self) -> list[str]:
        """The labels of the open sessions, in the order of the list."""
        return [session.label for session in self.window.sessions.open_sessions]

    @acts
    def new_session(self) -> None:
        """Open a new session."""
        self._trigger("actionNewSession")

    @acts
    def fork(self) -> None:
        """Open a session that goes on by itself from the position that is shown."""
        self._trigger("actionForkHere")

    @acts
    def select(self, session: str | int) -> None:
        """Show the session of that label, or at that place of the list, by a click on its row.

        Raises LookupError if there is none.
        """
        view = self._find(QTableView, "sessionListView")
        rows = view.model()
        labels = [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]
        if isinstance(session, str):
            if session not in labels:
                raise LookupError(unknown_name_message(session, labels, "a session of the list"))
            session = labels.index(session)
        index = rows.index(range(len(labels))[session], 0)
        view.scrollTo(index)
        click(view.viewport(), view.visualRect(index).center())

    @acts
    def scrub(self, position: int | None) -> None:
        """Show the session after its first `position` events, or as it is now (None).

        That is done in the log. Raises ValueError if it has not so many events.
        """
        if position is None:
            self._trigger("actionGoToLatest")
            return
        count = self.session.count
        if not 1 <= position <= count:
            raise ValueError(f"The session has {count:,} events; {position!r} is none of them.")
        log = self._find(QTableView, "eventLogView")
        index = log.model().index(position - 1, 0)
        if not index.isValid():
            raise NotPossibleError("The filter of the log leaves this event out.")
        log.scrollTo(index)
        log.setCurrentIndex(index)
        log.setFocus()
        press(self.window, Qt.Key.Key_Return)

    @acts
    def connect(self, server: "str | DemoServer", *, anyway: bool = False) -> None:
        """Connect to a server, at an address such as ``http://127.0.0.1:8000``.

        Returns when the window shows one of its sessions, or that there is none yet. Raises
        NotPossibleError with what the dialog says; `anyway` if that are only concerns.
        """
        address = server if isinstance(server, str) else server.url
        dialog = self._open_dialog("actionConnect", "connectDialog", QDialog)
        type_anew(self._find(QComboBox, "connectAddress"), address)
        accept = self._find(QAbstractButton, "connectAccept")
        self._accept(dialog, accept, address)
        if anyway and self._is_open(dialog) and accept.text() == "Connect anyway":
            self._accept(dialog, accept, address)
        if self._is_open(dialog):
            reason = self._find(QLabel, "connectStatus").text()
            press(dialog, Qt.Key.Key_Escape)
            raise NotPossibleError(reason)
        wait_until(
            lambda: self.session.traits.origin == "live" or self.message.endswith(_NO_SESSIONS),
            TIMEOUT_S,
            lambda: f"No session of {address} is shown. The window says: {self.message}",
        )

    def _accept(self, dialog: QDialog, accept: QAbstractButton, address: str) -> None:
        click(accept)
        wait_until(
            lambda: not self._is_open(dialog) or accept.isEnabled(),
            TIMEOUT_S,
            lambda: f"{address} does not answer.",
        )

    def _is_open(self, dialog: QDialog) -> bool:
        return isValid(dialog) and dialog.isVisible()

"""One session is opened by its id, on a server that is watched already, and after it was closed."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from tests.helpers.live_window import ask_for, connect, opened, sessions, text, trigger, until
from tests.helpers.names import find, seen


def open_by_id(session_id):
    trigger("actionOpenSession")
    find(QLineEdit, "openSessionId").setText(session_id)
    find(QPushButton, "openSessionAccept").click()


async def test_a_session_that_is_not_listed_any_more(demo, shown):
    """It is shown, with how it ended; a page of the wizard will do as the address."""
    assert not find(QAction, "actionOpenSession").isEnabled()
    opened(demo)
    over = opened(demo, "happy_path", to="done")
    ask_for(f"{demo.url}/main")
    await until(lambda: text("originLabel").startswith("Live"))
    assert len(sessions()) == 2
    open_by_id(f" {over.session_id}\n")
    await until(lambda: seen().current == "done")
    assert len(sessions()) == 3


async def test_a_session_that_is_known_is_shown(demo, shown):
    """It is not opened twice."""
    first = opened(demo)
    opened(demo, "asks_once", to="input_required")
    await connect(demo)
    assert seen().current == "input_required"
    open_by_id(first.session_id)
    assert seen().current == "pending"
    assert len(sessions()) == 3


@pytest.mark.parametrize(
    ("session_id", "said"),
    [("nobody", "unknown session 'nobody'"), ("../health", "is not the id of a session")],
)
async def test_an_unknown_id_is_told(demo, shown, session_id, said):
    """In a sentence, and the shown session stays."""
    opened(demo)
    await connect(demo)
    open_by_id(session_id)
    await until(lambda: said in text("messageText"))
    assert seen().current == "pending"
    trigger("actionOpenSession")
    assert find(QComboBox, "openSessionServer").currentText() == demo.url
    assert not find(QPushButton, "openSessionAccept").isEnabled()
    find(QPushButton, "openSessionReject").click()


async def test_a_closed_session_comes_back(demo, shown):
    """By its id, or by connecting again; one that can go on as well as one that is over."""
    waiting = opened(demo, "asks_once", to="input_required")
    await connect(demo)
    for bring_back in (
        lambda: open_by_id(waiting.session_id),
        lambda: ask_for(demo.url),
    ):
        trigger("actionCloseSession")
        assert len(sessions()) == 1
        bring_back()
        await until(lambda: len(sessions()) == 2)
    open_by_id(waiting.session_id)
    await until(lambda: seen().form)
    find(QLineEdit, "field_sample_id").setText("S-7")
    find(QPushButton, "pendingInputSubmit").click()
    await until(lambda: waiting.answers is not None)

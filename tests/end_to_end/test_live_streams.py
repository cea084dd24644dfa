"""Event streams are read by default where that costs nobody anything; one click changes it."""

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton, QToolButton

from exlab_gui.controllers.stream_choice import EVENT_STREAMS, HERE
from exlab_gui.sources.live.listening import readers
from tests.helpers.live_window import connect, opened, text, trigger, until
from tests.helpers.names import find, rows, seen


@pytest.fixture
def unchosen(demo, settings):
    """Return a demo server of which the user has chosen nothing yet."""
    settings.keep(EVENT_STREAMS, {})
    return demo


async def test_a_server_of_this_computer_is_listened_to(unchosen, shown, settings):
    """It is said, and why; one click leaves polling, which is remembered."""
    session = opened(unchosen, "internal_error", to="failed")
    await connect(unchosen)
    await until(lambda: seen().edges["plugin_pass", "failed"] == "last")
    assert [row.kind for row in rows()[1:4]] == ["phase"] * 3
    session = opened(unchosen)
    await until(lambda: len(shown.sessions.open_sessions) == 3)
    shown.session_actions.show(shown.sessions.open_sessions[-1])
    await until(lambda: "ExLab-Wizard 0.1.0 itself does not read" in text("connectionLabel"))
    button = find(QToolButton, "connectionStreams")
    assert button.isVisible()
    assert button.isChecked()
    button.click()
    await until(lambda: "Watching" in text("connectionLabel"))
    assert not button.isChecked()
    assert settings.value(EVENT_STREAMS, dict[str, bool]) == {HERE: False}
    # What comes before the server has noticed goes to the connection that is closed.
    await until(lambda: not session.is_listened_to)
    unchosen.do(lambda _: session.run_to("rendering"))
    await until(lambda: seen().current == "rendering")
    assert not [row for row in rows() if row.kind == "phase"]
    button.click()
    await until(lambda: [row.kind for row in rows()].count("phase") == 2)


async def test_an_unknown_version_is_polled(unchosen, shown, monkeypatch):
    """Nobody knows whether it reads its events itself."""
    monkeypatch.setattr(readers, "SOLE_READER", ())
    opened(unchosen)
    await connect(unchosen)
    assert "Watching" in text("connectionLabel")
    assert not find(QToolButton, "connectionStreams").isChecked()


async def test_the_choice_is_offered_when_connecting(unchosen, shown, settings):
    """The dialog proposes what suits the address; what the user clicked counts, and is kept."""
    opened(unchosen)
    trigger("actionConnect")
    address = find(QComboBox, "connectAddress")
    stream, polling = find(QRadioButton, "connectStream"), find(QRadioButton, "connectPolling")
    address.setEditText("http://lab.example:8000")
    assert polling.isChecked()
    address.setEditText(unchosen.url)
    assert stream.isChecked()
    polling.click()
    address.setEditText(unchosen.url + "/main")
    assert polling.isChecked()
    find(QPushButton, "connectAccept").click()
    await until(lambda: text("originLabel").startswith("Live"))
    assert "Watching" in text("connectionLabel")
    assert settings.value(EVENT_STREAMS, dict[str, bool]) == {HERE: False}

"""Event streams are read by default where that costs nobody anything; one click changes it."""

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton, QToolButton

from exlab_gui.controllers.stream_choice import EVENT_STREAMS, HERE
from exlab_gui.sources.live.listening import readers
from tests.helpers.live_window import connect, opened, text, trigger, until
from tests.helpers.names import find


@pytest.fixture
def unchosen(demo, settings):
    """Return a demo server of which the user has chosen nothing yet."""
    settings.keep(EVENT_STREAMS, {})
    return demo


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

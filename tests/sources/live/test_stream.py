"""A session's event channel: what comes, in its order, until the server closes it."""

from contextlib import aclosing

import pytest

from exlab_gui.sources.live import stream
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.errors import LostError, ServerRefusedError
from exlab_gui.sources.live.stream import StreamSignal, messages
from tests.helpers.faulty_server.faults import Conduct

MANY = 1_000


async def read(demo, session_id):
    """Return all that the session's stream tells, its pulses apart."""
    async with aclosing(messages(parse_address(demo.url), session_id)) as told:
        return [message async for message in told if isinstance(message, bytes)]


@pytest.mark.parametrize("text", [False, True])
async def test_everything_comes_in_order(demo, text):
    """However fast it comes, as binary messages or as text."""
    demo.conduct = Conduct(text_messages=text)
    session = demo.open("happy_path", held=True)
    sent = [b'{"kind": "unknown", "number": %d}' % number for number in range(MANY)]
    for message in sent:
        session.send(message)
    session.run_to("done")
    assert (await read(demo, session.session_id))[:MANY] == sent


async def test_silence_is_told(demo, monkeypatch):
    """First that the stream is open, then that nothing comes."""
    monkeypatch.setattr(stream, "QUIET_S", 0.01)
    session = demo.open("happy_path", held=True)
    async with aclosing(messages(parse_address(demo.url), session.session_id)) as told:
        assert [await anext(told), await anext(told)] == [StreamSignal.OPEN, StreamSignal.QUIET]


async def test_an_unknown_session_is_refused(demo):
    """With the status of the handshake."""
    with pytest.raises(ServerRefusedError) as refused:
        await read(demo, "nobody")
    assert refused.value.status == 403


async def test_a_stream_that_breaks_is_lost(demo):
    """A reset connection is no orderly end."""
    session = demo.open("happy_path", held=True)
    session.run_to("rendering")
    demo.conduct = Conduct(only="EVENT", drop=True)
    with pytest.raises(LostError):
        await read(demo, session.session_id)

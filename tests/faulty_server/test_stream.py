"""The stream of events, spoilt."""

import asyncio
import json

import pytest
from websockets.exceptions import ConnectionClosedError

from tests.demo_server.client import gist, listening
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import RUBBISH, rubbish


async def test_text_messages(demo):
    """Events can be sent as text messages."""
    demo.conduct = Conduct(text_messages=True)
    session = demo.open("happy_path", held=True)
    session.step()
    async with listening(demo, session) as listener:
        message = await listener.next()
    assert isinstance(message, str)
    assert json.loads(message)["phase"] == "validating_inputs"


async def test_drop(demo):
    """The connection is reset, and the event that was due is lost; the ones after it are not."""
    session = demo.open("happy_path", held=True)
    demo.conduct = Conduct(drop=True, only="EVENT", times=1)
    async with listening(demo, session) as listener:
        session.step()
        session.step()
        with pytest.raises(ConnectionClosedError):
            await listener.next()
    async with listening(demo, session) as listener:
        assert gist(await listener.event()) == "rendering_template"


async def test_half(demo):
    """A frame breaks off in the middle."""
    session = demo.open("happy_path", held=True)
    demo.conduct = Conduct(half=True)
    session.step()
    async with listening(demo, session) as listener:
        with pytest.raises(ConnectionClosedError):
            await listener.next()


async def test_hang(demo):
    """Nothing more comes on a stream that hangs; another one is served."""
    session = demo.open("happy_path", held=True)
    demo.conduct = Conduct(hang=True, only="EVENT", times=1)
    session.step()
    async with listening(demo, session) as hanging:
        await hanging.answered()
        async with listening(demo, session) as other:
            session.step()
            assert gist(await other.event()) == "rendering_template"
        await hanging.answered()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(hanging.socket.recv(), 0)


async def test_delay(demo):
    """A late event comes all the same."""
    session = demo.open("happy_path", held=True)
    demo.conduct = Conduct(delay_s=1e-6)
    session.step()
    async with listening(demo, session) as listener:
        assert gist(await listener.event()) == "validating_inputs"


async def test_rubbish_stands_before_events(demo):
    """Each event has one piece of rubbish in front of it; none of the events is lost."""
    session = demo.open("happy_path", held=True)
    demo.conduct = Conduct(rubbish=("html", "text"))
    session.run_to("plugin_pass")
    async with listening(demo, session) as listener:
        messages = [await listener.next() for _ in range(6)]
    assert messages[::2] == [rubbish("html"), rubbish("text"), rubbish("html")]
    assert [gist(json.loads(message)) for message in messages[1::2]] == [
        "validating_inputs",
        "rendering_template",
        "running_plugins",
    ]


@pytest.mark.parametrize("name", RUBBISH)
async def test_any_rubbish_can_be_sent(demo, name):
    """What a session is told to send arrives as it is, as the kind of message that it is."""
    session = demo.open("happy_path", held=True)
    session.send(rubbish(name))
    async with listening(demo, session) as listener:
        assert await listener.next() == rubbish(name)

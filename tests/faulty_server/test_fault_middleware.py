"""Answers and handshakes that are spoilt, as a client meets them."""

import asyncio

import httpx
import pytest
from websockets.exceptions import InvalidMessage, InvalidStatus

from tests.demo_server.client import (
    API,
    DROPPED,
    GOOD_ANSWERS,
    PATIENCE_S,
    get,
    listening,
    path_of,
    refused,
)
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import RUBBISH, rubbish

HEALTH = f"{API}/health"


async def test_drop(demo, api):
    """The connection is reset in place of an answer."""
    demo.conduct = Conduct(drop=True)
    with pytest.raises(DROPPED):
        await api.get(HEALTH)


async def test_delay(demo, api):
    """The answer comes later, and is right."""
    demo.conduct = Conduct(delay_s=1e-6)
    assert (await get(api, HEALTH))["status"] == "warn"


@pytest.mark.parametrize("conduct", [Conduct(hang=True), Conduct(delay_s=3600)])
async def test_no_answer_for_the_time_being(demo, api, conduct):
    """One request goes unanswered; others are answered as soon as the server behaves again."""
    demo.conduct = conduct
    waiting = asyncio.create_task(api.get(HEALTH))
    async with asyncio.timeout(PATIENCE_S):
        while not demo.requests:
            await asyncio.sleep(0)
    demo.conduct = Conduct()
    await get(api, HEALTH)
    assert not waiting.done()
    waiting.cancel()


async def test_half(demo, api):
    """The answer breaks off, though its length was announced."""
    demo.conduct = Conduct(half=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete"):
        await api.get(HEALTH)


async def test_drip(demo, api):
    """The answer comes byte by byte."""
    demo.conduct = Conduct(drip_s=60)
    async with api.stream("GET", HEALTH) as answer:
        assert await anext(answer.aiter_raw()) == b"{"


async def test_what_dripped_is_whole(demo, api):
    """Byte for byte it is the answer that would have come at once."""
    whole = (await api.get(HEALTH)).content
    demo.conduct = Conduct(drip_s=1e-6)
    assert (await api.get(HEALTH)).content == whole


@pytest.mark.parametrize("status", [404, 500, 503])
async def test_status(demo, api, status):
    """The answer is an error in the contract's shape."""
    demo.conduct = Conduct(status=status)
    assert refused(await api.get(HEALTH))[0] == status


async def test_location(demo, api):
    """The answer sends the client elsewhere."""
    demo.conduct = Conduct(status=307, location="http://192.0.2.1/")
    answer = await api.get(HEALTH)
    assert (answer.status_code, answer.headers["location"]) == (307, "http://192.0.2.1/")


async def test_rubbish(demo, api):
    """Each kind of rubbish comes in place of an answer, in turn, then raw bytes, and so on."""
    demo.conduct = Conduct(rubbish=RUBBISH, raw=(b"\x00",))
    sent = [rubbish(name) for name in RUBBISH] + [b"\x00", rubbish(RUBBISH[0])]
    for expected in sent:
        answer = await api.get(HEALTH)
        assert answer.status_code == 200
        assert "content-length" not in answer.headers
        assert answer.content == (expected.encode() if isinstance(expected, str) else expected)


async def test_rubbish_with_a_status(demo, api):
    """Rubbish can come with any status, as from some other server on the port."""
    demo.conduct = Conduct(rubbish=("html",), status=404)
    answer = await api.get(HEALTH)
    assert (answer.status_code, answer.content) == (404, rubbish("html"))


@pytest.mark.parametrize("carried_out", [True, False])
@pytest.mark.parametrize("spoilt", [{"drop": True}, {"status": 500}, {"rubbish": ("null",)}])
async def test_carried_out(demo, api, spoilt, carried_out):
    """A request whose answer is spoilt is carried out only where that was said."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    demo.conduct = Conduct(**spoilt, carried_out=carried_out)
    try:
        await api.post(path_of(session, "resume"), json={"extra_inputs": GOOD_ANSWERS})
    except DROPPED:
        assert "drop" in spoilt
    assert session.awaits_answers is not carried_out


@pytest.mark.parametrize("spoilt", [{"half": True}, {"drip_s": 1e-6}, {"delay_s": 1e-6}])
async def test_what_is_answered_at_all_is_carried_out_once(demo, api, spoilt):
    """An answer that comes late or in part is that of a request that was carried out, once."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    demo.conduct = Conduct(**spoilt, carried_out=True)
    try:
        answer = await api.post(path_of(session, "resume"), json={"extra_inputs": GOOD_ANSWERS})
        assert answer.status_code == 200
    except httpx.RemoteProtocolError:
        assert "half" in spoilt
    assert not session.awaits_answers


async def test_a_handshake_is_refused_with_a_status(demo):
    """A stream that is not let in gets the status that was said."""
    demo.conduct = Conduct(status=503)
    with pytest.raises(InvalidStatus) as refusal:
        async with listening(demo, demo.open("happy_path", held=True)):
            pass
    assert refusal.value.response.status_code == 503


async def test_a_handshake_is_dropped(demo):
    """A stream's connection is reset before it is open."""
    demo.conduct = Conduct(drop=True)
    with pytest.raises((InvalidMessage, ConnectionResetError)):
        async with listening(demo, demo.open("happy_path", held=True)):
            pass


async def test_a_handshake_hangs(demo):
    """A stream is not opened, and not refused."""
    demo.conduct = Conduct(hang=True)
    session = demo.open("happy_path", held=True)

    async def listen():
        async with listening(demo, session):
            pass

    hanging = asyncio.create_task(listen())
    async with asyncio.timeout(PATIENCE_S):
        while not demo.requests:
            await asyncio.sleep(0)
    demo.conduct = Conduct()
    await listen()
    assert not hanging.done()
    hanging.cancel()


async def test_a_handshake_is_late(demo):
    """A stream is opened a little later."""
    demo.conduct = Conduct(delay_s=1e-6)
    async with listening(demo, demo.open("happy_path", held=True)) as listener:
        await listener.answered()

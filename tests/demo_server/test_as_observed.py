"""What a real server was seen to do, point by point."""

import asyncio
import json

import httpx
import pytest
from websockets.exceptions import ConnectionClosedOK

from tests.demo_server.client import (
    API,
    GOOD_ANSWERS,
    PATIENCE_S,
    get,
    gist,
    listening,
    path_of,
    refused,
)
from tests.helpers.odd_fields import SHAPES

HAPPY = [
    "validating_inputs",
    "rendering_template",
    "running_plugins",
    "writing_cache",
    "validating_post_creation",
    "queueing_nas_sync",
    "done",
]


def ended(demo, scenario, **options):
    """Return a session that has gone through `scenario` to its end."""
    session = demo.open(scenario, held=True, **options)
    while session.due_in_s is not None:
        session.step()
    return session


def asking(demo):
    """Return a session that waits for the answers to its only question."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    return session


async def test_1_messages_are_binary(demo):
    """1: a message is a binary one that holds UTF-8 JSON."""
    async with listening(demo, ended(demo, "happy_path")) as listener:
        message = await listener.next()
    assert isinstance(message, bytes)
    assert json.loads(message.decode())["phase"] == "validating_inputs"


async def test_2_listeners_share_one_queue(demo):
    """2: each event goes to one listener only; every one of them goes to somebody."""
    session = demo.open("happy_path", held=True)
    async with listening(demo, session) as one, listening(demo, session) as other:
        await one.answered()
        await other.answered()
        waits = [asyncio.create_task(listener.event()) for listener in (one, other)]
        session.step()
        (first, *more), _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        assert not more
        session.step()
        got = [gist(await wait) for wait in sorted(waits, key=lambda wait: wait is not first)]
    assert got == HAPPY[:2]


async def test_2_what_waits_goes_to_the_first_listener(demo):
    """2: of two who listen, the first gets all that has waited."""
    session = ended(demo, "happy_path")
    async with listening(demo, session) as one, listening(demo, session) as other:
        assert list(map(gist, await one.rest())) == HAPPY
        await other.answered()


async def test_2_polling_takes_no_events(demo, api):
    """2: whoever only asks for the session leaves every event to the one who listens."""
    session = demo.open("happy_path", held=True)
    async with listening(demo, session) as listener:
        while session.due_in_s is not None:
            session.step()
            await get(api, path_of(session))
            await get(api, f"{API}/operations")
        assert list(map(gist, await listener.rest())) == HAPPY


async def test_3_events_wait_from_the_opening(demo):
    """3: the first listener gets the whole history, even of a session that is over."""
    async with listening(demo, ended(demo, "happy_path")) as listener:
        assert list(map(gist, await listener.rest())) == HAPPY


@pytest.mark.parametrize(
    ("scenario", "state", "code"),
    [
        ("invalid_inputs", "failed", "field_too_long"),
        ("internal_error", "failed", "internal_error"),
        ("cancelled_while_asked", "aborted", "cancelled"),
        ("abandoned", "aborted", "session_abandoned"),
    ],
)
async def test_4_a_bad_end_sends_no_event(demo, api, scenario, state, code):
    """4: the stream of a failed or aborted session just ends, with 1000; the snapshot says why."""
    session = ended(demo, scenario)
    async with listening(demo, session) as listener:
        kinds = {event["kind"] for event in await listener.rest()}
        assert listener.socket.close_code == 1000
    assert not kinds & {"failed", "aborted", "done"}
    told = await get(api, path_of(session))
    assert told["state"] == state
    assert (told["error"] or told["result"])["code"] == code


async def test_4_a_good_end_closes_with_the_same_code(demo):
    """4: after ``done`` too the server closes with 1000."""
    async with listening(demo, ended(demo, "happy_path")) as listener:
        await listener.rest()
        assert listener.socket.close_code == 1000


async def test_5_nothing_comes_once_the_end_was_read(demo):
    """5: who listens after somebody has read the end gets neither an event nor a close."""
    session = ended(demo, "happy_path")
    async with listening(demo, session) as first:
        await first.rest()
    async with listening(demo, session) as late:
        await late.answered()
        session.messages.put_nowait(b"a sign of life")
        assert await late.next() == b"a sign of life"


async def test_5_one_of_two_listeners_gets_the_end(demo):
    """5: the end, too, goes to one listener only."""
    session = demo.open("invalid_inputs", held=True)
    async with listening(demo, session) as one, listening(demo, session) as other:
        await one.answered()
        await other.answered()
        waits = [asyncio.create_task(listener.socket.recv()) for listener in (one, other)]
        session.cancel(discard_files=False)
        (ended_one, *more), (still,) = await asyncio.wait(
            waits, return_when=asyncio.FIRST_COMPLETED
        )
        assert not more
        with pytest.raises(ConnectionClosedOK):
            await ended_one
        session.messages.put_nowait(b"a sign of life")
        assert await still == b"a sign of life"


async def test_7_times_have_whole_seconds(demo):
    """7: ``at`` bears no fraction of a second, and ends in Z."""
    async with listening(demo, ended(demo, "happy_path")) as listener:
        times = [event["at"] for event in await listener.rest() if "at" in event]
    assert len(times) == 6
    assert all(len(at) == len("2026-01-31T12:00:00Z") and at[-1] == "Z" for at in times)


async def test_8_polling_misses_states(demo, api):
    """8: between two polls a session can go through any number of states."""
    session = demo.open("happy_path", held=True)
    assert (await get(api, path_of(session)))["state"] == "pending"
    session.run_to("sync_queued")
    assert (await get(api, path_of(session)))["state"] == "sync_queued"


async def test_9_a_resume_shows_a_moment_later(demo, api):
    """9: the answer to a resume still says ``input_required``; then the session goes on."""
    session = asking(demo)
    answer = await api.post(path_of(session, "resume"), json={"extra_inputs": GOOD_ANSWERS})
    assert answer.status_code == 200
    assert answer.json()["state"] == "input_required"
    session.step()
    told = await get(api, path_of(session))
    assert (told["state"], told["pending_input"]) == ("plugin_pass", None)
    session.run_to("done")
    assert session.state == "done"


@pytest.mark.parametrize("answers", [{}, {"sample_id": "S-1", "library_kit": "from next door"}])
async def test_9_a_wrong_answer_is_asked_for_again(demo, api, answers):
    """9: a wrong or missing answer fails nothing: the plugin asks again, in the same words."""
    session = asking(demo)
    question = (await get(api, path_of(session)))["pending_input"]
    await api.post(path_of(session, "resume"), json={"extra_inputs": answers})
    async with listening(demo, session) as listener:
        session.step()
        session.step()
        gists = [gist(await listener.event()) for _ in range(6)]
    assert gists[3:] == ["input_required", "running_plugins", "input_required"]
    assert (await get(api, path_of(session)))["pending_input"] == question
    await api.post(path_of(session, "resume"), json={"extra_inputs": GOOD_ANSWERS})
    session.run_to("done")
    assert session.state == "done"


async def test_10_resuming_what_does_not_wait_drops_the_connection(demo):
    """10: that is an internal error; the server hangs up unannounced, the session stays."""
    session = demo.open("happy_path", held=True)
    body = b'{"extra_inputs": {}}'
    lines = [
        f"POST {path_of(session, 'resume')} HTTP/1.1",
        "host: 127.0.0.1",
        f"content-length: {len(body)}",
    ]
    reader, writer = await asyncio.open_connection("127.0.0.1", demo.port)
    writer.write("\r\n".join([*lines, "", ""]).encode() + body)
    told = await asyncio.wait_for(reader.read(), PATIENCE_S)  # to the end of the connection
    writer.close()
    assert told.startswith(b"HTTP/1.1 500 ")
    assert b"internal_error" in told
    assert b"connection: close" not in told.lower()
    assert session.state == "pending"


async def test_10_a_second_resume_is_one_too_many(demo, api):
    """10: a session that has got its answers waits for none, though it still says so."""
    session = asking(demo)
    body = {"extra_inputs": GOOD_ANSWERS}
    first = await api.post(path_of(session, "resume"), json=body)
    assert first.json()["next_action"] == "awaiting_input"
    second = await api.post(path_of(session, "resume"), json=body)
    assert refused(second) == (500, "internal_error")


async def test_11_an_aborted_session_shows_its_error_twice(demo, api):
    """11: the same object stands under ``error`` and ``result``, and the question is stale."""
    session = asking(demo)
    question = (await get(api, path_of(session)))["pending_input"]
    await api.post(path_of(session, "cancel"), json={"discard_files": True})
    told = await get(api, path_of(session))
    assert told["state"] == "aborted"
    assert told["error"] == told["result"] == {"code": "cancelled", "discard_files": True}
    assert told["next_action"] == "none"
    assert told["pending_input"] == question


async def test_11_an_abandoned_session_has_its_reason_as_result(demo, api):
    """11: there is no error, and the result tells."""
    told = await get(api, path_of(ended(demo, "abandoned")))
    reason = {"code": "session_abandoned", "reason": "no client heartbeat for >1h"}
    assert (told["error"], told["result"]) == (None, reason)


async def test_12_a_restart_forgets_every_session(demo, api):
    """12: what was there answers 404 from then on, and nothing is listed."""
    session = ended(demo, "invalid_inputs")
    await demo.stop()
    await demo.start()
    async with httpx.AsyncClient(base_url=demo.url) as again:
        assert refused(await again.get(path_of(session))) == (404, "session_not_found")
        assert await get(again, f"{API}/operations") == {"operations": []}


async def test_13_progress_is_never_sent(demo):
    """13: a scenario that makes progress sends none of it."""
    async with listening(demo, ended(demo, "happy_path")) as listener:
        assert "progress" not in {event["kind"] for event in await listener.rest()}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
async def test_questions_pass_unchecked(demo, api, shape):
    """What a plugin gives as fields stands in the snapshot and in the stream, and is answered."""
    session = demo.open("asks_once", held=True, fields=shape.fields)
    session.run_to("input_required")
    assert (await get(api, path_of(session)))["pending_input"]["fields"] == shape.fields
    async with listening(demo, session) as listener:
        while (event := await listener.event())["kind"] != "input_required":
            pass
        assert event["fields"] == shape.fields
    await api.post(path_of(session, "resume"), json={"extra_inputs": shape.sent})
    session.run_to("cache_write")
    assert session.state == "cache_write"

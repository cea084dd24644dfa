"""The control routes of faults: sessions that go anywhere, and a server told to misbehave."""

import base64
import json

import msgspec
import pytest

from tests.demo_server.client import API, get, gist, listening, path_of, refused
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import rubbish

OWN = {
    "format": "exlab-scenario",
    "version": 1,
    "title": "Own",
    "steps": [{"do": "enter", "state": "validating"}, {"do": "enter", "state": "aborted"}],
}


async def post(api, path, **body):
    """Return what a control route answers, which has to be good."""
    answer = await api.post(f"/demo{path}", json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def test_a_session_is_released_and_goes_to_its_end(demo, api):
    """A session that is held no longer goes on by itself."""
    told = await post(api, "/sessions", scenario=OWN | {"steps": quick(OWN["steps"])}, hold=True)
    async with listening(demo, told["session_id"]) as listener:
        await post(api, f"/sessions/{told['session_id']}/release")
        assert list(map(gist, await listener.rest())) == ["validating_inputs"]


def quick(steps):
    """Return the steps with no time between them."""
    return [step | {"after": 0} for step in steps]


async def test_a_session_is_held_again(demo, api):
    """A session that was held while it waited for its next step does not do it."""
    session = demo.open("happy_path")
    await post(api, f"/sessions/{session.session_id}/hold")
    assert not session.may_go_on


async def test_a_jump_goes_past_the_table(demo, api):
    """A session can be taken to a state that it may not go to, and on from there."""
    told = await post(api, "/sessions", scenario="happy_path", hold=True)
    session = f"/sessions/{told['session_id']}"
    assert (await post(api, f"{session}/jump", state="cache_write"))["state"] == "cache_write"
    for _ in range(3):
        await post(api, f"{session}/step")
    async with listening(demo, told["session_id"]) as listener:
        gists = list(map(gist, await listener.rest()))
    assert gists == ["writing_cache", "validating_post_creation", "queueing_nas_sync", "done"]


async def test_messages_are_put_into_the_queue(demo, api):
    """Rubbish by name, bytes, and text messages come as they are, after what waits already."""
    session = demo.open("happy_path", held=True)
    session.step()
    raw = base64.b64encode(b"\x00\xff").decode()
    await post(
        api, f"/sessions/{session.session_id}/send", rubbish=["html"], raw=[raw], text=["Hé"]
    )
    async with listening(demo, session) as listener:
        assert gist(await listener.event()) == "validating_inputs"
        assert [await listener.next() for _ in range(3)] == [rubbish("html"), b"\x00\xff", "Hé"]


async def test_the_conduct_is_told_and_changed(demo, api):
    """What is not said is as a real server has it; an empty body makes it well-behaved again."""
    assert await get(api, "/demo/misbehave") == json.loads(msgspec.json.encode(Conduct()))
    told = await post(api, "/misbehave", drop=True, only="GET", raw=["AAE="])
    assert demo.conduct == Conduct(drop=True, only="GET", raw=(b"\x00\x01",))
    assert told["only"] == "GET"
    await post(api, "/misbehave")
    assert demo.conduct == Conduct()


async def test_control_routes_do_not_misbehave(api):
    """A server that answers nothing can still be told to answer again."""
    await post(api, "/misbehave", hang=True)
    await post(api, "/misbehave")
    await get(api, f"{API}/health")


async def test_a_restart_leaves_the_connection_that_asked_for_it(demo, api):
    """Every session is forgotten, and the one who asked gets an answer."""
    session = demo.open("happy_path")
    await post(api, "/restart")
    assert refused(await api.get(path_of(session))) == (404, "session_not_found")


async def test_requests_are_kept(demo, api):
    """What was asked for is listed, in order, without the control routes."""
    session = demo.open("happy_path", held=True)
    await get(api, f"{API}/health")
    await post(api, "/misbehave")
    await api.post(path_of(session, "cancel"))
    async with listening(demo, session):
        pass
    expected = [
        f"GET {API}/health",
        f"POST {path_of(session, 'cancel')}",
        f"WS {path_of(session, 'events')}",
    ]
    assert (await get(api, "/demo/requests"))["requests"] == expected
    assert demo.requests == expected


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/misbehave", {"dorp": True}),
        ("/misbehave", {"rubbish": ["html", "kitchen"]}),
        ("/misbehave", {"status": 42}),
        ("/sessions/ID/jump", {"state": "brewing"}),
        ("/sessions/ID/send", {"rubbish": ["kitchen"]}),
        ("/sessions/ID/hold", {"now": True}),
    ],
)
async def test_what_makes_no_sense_is_refused(demo, api, path, body):
    """A control route that is told nonsense refuses it with 422, and changes nothing."""
    session = demo.open("happy_path", held=True)
    path = path.replace("ID", session.session_id)
    assert refused(await api.post(f"/demo{path}", json=body)) == (422, "validation_failed")
    assert (demo.conduct, len(demo.sessions), session.state) == (Conduct(), 1, "pending")

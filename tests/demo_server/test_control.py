"""The control routes: sessions that a presenter opens and steps."""

import pytest

from tests.demo_server.client import API, get, refused

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


async def test_a_session_is_opened_and_stepped(api):
    """A held session goes on by one step at a time, and by nothing else."""
    told = await post(api, "/sessions", scenario="happy_path", hold=True)
    assert told["state"] == "pending"
    session = f"/sessions/{told['session_id']}"
    assert (await post(api, f"{session}/step"))["state"] == "validating"
    await post(api, f"{session}/step")
    assert (await post(api, f"{session}/step"))["state"] == "plugin_pass"
    assert (await get(api, API + session))["state"] == "plugin_pass"


async def test_a_session_can_follow_a_scenario_of_the_tests_own(demo, api):
    """The scenario can be given as a whole."""
    told = await post(api, "/sessions", scenario=OWN, hold=True)
    for _ in range(2):
        await post(api, f"/sessions/{told['session_id']}/step")
    assert demo.sessions.get(told["session_id"]).state == "aborted"


async def test_a_step_lets_the_scenario_answer(api):
    """The scenario's own operator does what comes next, in a session that waits."""
    told = await post(api, "/sessions", scenario="cancelled_while_asked", hold=True)
    session = f"/sessions/{told['session_id']}/step"
    while (told := await post(api, session))["state"] != "input_required":
        pass
    assert (await post(api, session))["state"] == "aborted"


@pytest.mark.parametrize(
    "body",
    [
        {"scenario": "asks_thrice"},
        {"scenario": "./resources/scenarios/asks_once.json"},
        {"scenario": OWN | {"steps": [{"do": "enter", "state": "done"}]}},
        {"scenario": "asks_once", "colour": "blue"},
    ],
)
async def test_what_makes_no_sense_is_refused(demo, api, body):
    """A control route that is told nonsense refuses it with 422, and changes nothing."""
    session = demo.open("happy_path", held=True)
    assert refused(await api.post("/demo/sessions", json=body)) == (422, "validation_failed")
    assert (len(demo.sessions), session.state) == (1, "pending")


async def test_an_unknown_session_cannot_be_driven(api):
    """What is wanted of a session that is not there is refused with 404."""
    answer = await api.post("/demo/sessions/no-such-session/step")
    assert refused(answer) == (404, "session_not_found")

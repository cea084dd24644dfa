"""What the demo server tells of its sessions, and what becomes of those that a client opens."""

import asyncio
import re

import pytest

from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.demo_server.server import REAL_RATE, DemoServer
from exlab_gui.demo_server.status import NOT_SET_UP
from tests.demo_server.client import (
    API,
    GOOD_ANSWERS,
    PATIENCE_S,
    client_of,
    get,
    path_of,
    refused,
)

RUN = {
    "kind": "run",
    "equipment_id": "SEQUENCER_03",
    "project_name": "2026-030_Moss",
    "template_path": "templates/sequencing/amplicon_run",
    "run_kind": "test",
    "label": "Plot_D",
    "operator": "l.haugen",
    "objective": "Try it",
}
PROJECT = {
    "kind": "project",
    "equipment_id": "PLATE_READER_01",
    "template_path": "templates/microbiology/growth_project",
    "label": "Growth",
    "operator": "j.novak",
    "objective": "Try it",
}
OPTIONAL = {"variables": {"a": 1}, "readme_extra": {"note": "x"}, "lims_project": {"id": "L-1"}}


async def test_operations_lists_what_runs_waits_or_failed(demo, api):
    """Oldest first; sessions that are done or aborted are not there, failed ones are."""
    scenarios = ("invalid_inputs", "happy_path", "asks_once", "cancelled_while_asked", "sync_gated")
    states = ("failed", "done", "input_required", "aborted", "rendering")
    sessions = [demo.open(name, held=True) for name in scenarios]
    for session, state in zip(sessions, states, strict=True):
        session.run_to(state)
    listed = (await get(api, f"{API}/operations"))["operations"]
    assert [one["id"] for one in listed] == [sessions[i].session_id for i in (0, 2, 4)]
    assert [one["state"] for one in listed] == ["failed", "input_required", "rendering"]


async def test_an_operation_says_what_is_created_and_what_it_waits_for(demo, api):
    """The entry bears what the session was opened with, and the question that holds it."""
    session = demo.open("asks_once", held=True)
    (before,) = (await get(api, f"{API}/operations"))["operations"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", before.pop("started_at"))
    assert before == {
        "id": session.session_id,
        "state": "pending",
        "equipment_id": "SEQUENCER_02",
        "project_short_id": "2026-009_Soil_Microbiome",
        "run_label": "Plot_C_spring_16S",
        "plugin_name": None,
        "suspended_reason": None,
    }
    session.run_to("input_required")
    (held,) = (await get(api, f"{API}/operations"))["operations"]
    assert held["plugin_name"] == "sample_sheet"
    assert held["suspended_reason"] == "SampleSheet.csv has no tube for lane 2."


async def test_what_a_request_leaves_out_is_null_in_the_list(demo, api):
    """A session that was opened with nothing is listed with nothing."""
    demo.open("happy_path", held=True, request={})
    (listed,) = (await get(api, f"{API}/operations"))["operations"]
    unknown = {key for key, value in listed.items() if value is None}
    assert unknown == set(listed) - {"id", "state", "started_at"}


async def test_a_session_tells_how_it_stands(demo, api):
    """The snapshot has every key at any time, and the question without its ``kind``."""
    session = demo.open("asks_once", held=True)
    keys = [
        "session_id",
        "state",
        "current_phase",
        "next_action",
        "pending_input",
        "error",
        "result",
    ]
    told = await get(api, path_of(session))
    assert told == dict.fromkeys(keys) | {
        "session_id": session.session_id,
        "state": "pending",
        "next_action": "none",
    }
    session.run_to("input_required")
    told = await get(api, path_of(session))
    assert told["current_phase"] == "input_required"
    assert told["next_action"] == "awaiting_input"
    assert set(told["pending_input"]) == {"fields", "reason", "plugin"}
    assert told["pending_input"]["fields"][0]["id"] == "sample_id"


async def test_a_done_session_answers_with_its_result(demo, api):
    """Finished sessions answer too, with what they made."""
    session = demo.open("sync_gated", held=True)
    session.run_to("done")
    told = await get(api, path_of(session))
    assert (told["state"], told["error"]) == ("done", None)
    assert told["result"]["blocked"] is True


async def test_health_counts_sessions(demo, api):
    """It tells how many run and how many of them wait for input; those that are over don't."""
    demo.open("happy_path", held=True)
    demo.open("asks_once", held=True).run_to("input_required")
    demo.open("invalid_inputs", held=True).run_to("failed")
    told = await get(api, f"{API}/health")
    store = told["components"]["session_store"]
    assert store == {"status": "ok", "active_sessions": 2, "input_required": 1}


@pytest.mark.parametrize("body", [RUN, RUN | OPTIONAL | {"run_date": "2026-01-31"}, PROJECT])
async def test_opening(demo, api, body):
    """The session is rendering when that is answered, and is done with what it was opened with."""
    answer = await api.post(f"{API}/sessions", json=body)
    assert (answer.status_code, answer.json()["state"]) == (201, "rendering")
    (listed,) = (await get(api, f"{API}/operations"))["operations"]
    assert (listed["equipment_id"], listed["run_label"]) == (body["equipment_id"], body["label"])
    assert listed["project_short_id"] == body.get("project_name")
    session = demo.sessions.get(answer.json()["session_id"])
    assert session.request == {"variables": {}} | body
    while session.due_in_s is not None:
        if session.awaits_answers:
            session.answer(GOOD_ANSWERS)
        session.step()
    path = session.inner.result["path"]
    assert all(part in path for part in (body["equipment_id"], body["label"]))


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden"])
async def test_an_unsafe_name_of_a_project(api, name):
    """The session fails at once."""
    answer = await api.post(f"{API}/sessions", json=RUN | {"project_name": name})
    assert answer.status_code == 201
    assert answer.json()["error"]["code"] == "unsafe_project_name"


async def test_an_unknown_template(demo, api):
    """The session renders, and fails by an internal error."""
    answer = await api.post(f"{API}/sessions", json=RUN | {"template_path": "templates/none"})
    session = demo.sessions.get(answer.json()["session_id"])
    assert answer.json()["state"] == "rendering"
    session.run_to("failed")
    error = (await get(api, path_of(session)))["error"]
    assert error == {"code": "internal_error", "message": "copier.yml not found at templates/none"}


async def test_a_plain_session_is_quick():
    """As in a real server, it takes less than a tenth of a second."""
    async with DemoServer() as demo, client_of(demo.url) as api:
        session = demo.open("happy_path")
        due = [step.after for step in find_scenario("happy_path").steps]
        assert 0.04 <= sum(due) / REAL_RATE <= 0.09
        async with asyncio.timeout(PATIENCE_S):
            while not session.is_over:
                session.news.clear()
                await session.news.wait()
        assert (await get(api, f"{API}/operations")) == {"operations": []}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/operations", None),
        ("POST", "/sessions", RUN),
        ("POST", "/sessions/any/resume", {"extra_inputs": {}}),
        ("POST", "/sessions/any/cancel", {"discard_files": False}),
    ],
)
async def test_a_server_that_is_not_set_up(method, path, body):
    """Whatever needs the setup is refused with what is missing; everything else is answered."""
    async with DemoServer(setup=NOT_SET_UP) as demo, client_of(demo.url) as api:
        answer = await api.request(method, API + path, json=body)
        assert refused(answer) == (503, "setup_incomplete")
        missing = [{"field": "config.yaml", "reason": "missing"}]
        told = {"state": NOT_SET_UP.state, "missing": missing}
        assert answer.json()["error"].items() >= told.items()
        assert (await get(api, f"{API}/health"))["setup_state"] == NOT_SET_UP.state
        status = await get(api, f"{API}/setup/status")
        assert status == told | {"next_action": "complete_setup", "ready": False}


async def test_cancel_outruns_a_resume_that_has_not_shown_yet(demo, api):
    """Who cancels right after a resume gets an aborted session, and it stays one."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    await api.post(path_of(session, "resume"), json={"extra_inputs": GOOD_ANSWERS})
    answer = await api.post(path_of(session, "cancel"), json={"discard_files": False})
    assert answer.json()["state"] == "aborted"
    session.step()
    assert session.state == "aborted"


@pytest.mark.parametrize("scenario", ["happy_path", "invalid_inputs", "cancelled_while_asked"])
@pytest.mark.parametrize("action", ["resume", "cancel"])
async def test_a_finished_session_is_neither_resumed_nor_cancelled(demo, api, scenario, action):
    """Both are refused with 409, however the session ended."""
    session = demo.open(scenario, held=True)
    while session.due_in_s is not None:
        session.step()
    body = {"extra_inputs": {}} if action == "resume" else {"discard_files": False}
    answer = await api.post(path_of(session, action), json=body)
    assert refused(answer) == (409, "session_already_completed")

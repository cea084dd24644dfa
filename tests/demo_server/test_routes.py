"""Every route of the contract answers as documented, and every refusal has the one shape."""

import re

import pytest

from exlab_gui.demo_server.health import Condition
from tests.demo_server.client import API, GOOD_ANSWERS, client_of, get, path_of, refused

RUN = {
    "kind": "run",
    "equipment_id": "SEQUENCER_07",
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
OPTIONAL = {"variables": {"a": 1}, "readme_extra": {"note": "x"}, "lims_project": "L-1"}


async def test_health(demo, api):
    """The health tells the version, the setup state, and how many sessions run and wait."""
    demo.open("happy_path", held=True)
    demo.open("asks_once", held=True).run_to("input_required")
    demo.open("invalid_inputs", held=True).run_to("failed")
    told = await get(api, f"{API}/health")
    assert told["status"] == "ok"
    assert told["setup_state"] == "ready"
    assert isinstance(told["version"], str)
    assert isinstance(told["schema_versions"], dict)
    store = told["components"]["session_store"]
    assert store == {"status": "ok", "active_sessions": 2, "input_required": 1}


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
        "project_short_id": "2026-009",
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


@pytest.mark.parametrize("body", [RUN, RUN | OPTIONAL | {"run_date": "2026-01-31"}, PROJECT])
async def test_opening(demo, api, body):
    """201 and the session, which bears what it was opened with and goes as its template does."""
    answer = await api.post(f"{API}/sessions", json=body)
    assert answer.status_code == 201
    assert answer.json()["state"] == "pending"
    session = demo.sessions.get(answer.json()["session_id"])
    session._held = True
    assert session.request == body
    (listed,) = (await get(api, f"{API}/operations"))["operations"]
    assert (listed["equipment_id"], listed["run_label"]) == (body["equipment_id"], body["label"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"label": 3}, "label"),
        ({"run_kind": "serious"}, "run_kind"),
        ({"colour": "blue"}, "colour"),
        ({"kind": "party"}, "kind"),
        ({"variables": {"deep": 1}, "operator": None}, "operator"),
    ],
)
async def test_a_body_that_is_wrong_is_refused_with_its_field(demo, api, wrong, field):
    """Unknown and ill-typed fields are refused with 422, and nothing is opened."""
    answer = await api.post(f"{API}/sessions", json=RUN | wrong)
    assert refused(answer) == (422, "validation_failed")
    assert answer.json()["error"]["field"] == field
    assert len(demo.sessions) == 0


@pytest.mark.parametrize("key", sorted(RUN))
async def test_a_body_that_lacks_something_is_refused(demo, api, key):
    """Every field that is not optional has to be there."""
    body = {name: value for name, value in RUN.items() if name != key}
    answer = await api.post(f"{API}/sessions", json=body)
    assert refused(answer) == (422, "validation_failed")
    assert answer.json()["error"]["field"] == key


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 10_000])
async def test_a_body_that_is_no_object_is_refused(api, body):
    """What cannot be read as an object is refused with 422, too."""
    assert refused(await api.post(f"{API}/sessions", content=body)) == (422, "validation_failed")


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("resume", {"extra_inputs": []}),
        ("resume", {"extra_input": {}}),
        ("cancel", {"discard_files": "yes"}),
        ("cancel", {"discard": True}),
    ],
)
async def test_bodies_of_resume_and_cancel_are_checked(demo, api, action, body):
    """Unknown and ill-typed fields are refused, and the session stays as it is."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    answer = await api.post(path_of(session, action), json=body)
    assert refused(answer) == (422, "validation_failed")
    assert session.awaits_answers


@pytest.mark.parametrize("discard", [True, False])
async def test_cancel(demo, api, discard):
    """A session is aborted wherever it stands, and says what became of its folder."""
    session = demo.open("happy_path", held=True)
    answer = await api.post(path_of(session, "cancel"), json={"discard_files": discard})
    assert answer.status_code == 200
    assert answer.json()["state"] == "aborted"
    assert ("discarded" in answer.json()["error"]["message"]) is discard


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
    answer = await api.post(path_of(session, action), json={})
    assert refused(answer) == (409, "session_already_completed")


@pytest.mark.parametrize(
    ("method", "action"), [("GET", ()), ("POST", ("resume",)), ("POST", ("cancel",))]
)
async def test_an_unknown_session_is_not_found(api, method, action):
    """Whatever is wanted of it is refused with 404."""
    answer = await api.request(method, path_of("no-such-session", *action))
    assert refused(answer) == (404, "session_not_found")


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Condition(setup_state="needs_equipment"), "setup_incomplete"),
        (Condition(shutting_down=True), "shutting_down"),
    ],
)
async def test_a_server_that_is_not_ready_opens_no_session(demo, api, condition, code):
    """Opening is refused with 503; everything else is answered."""
    demo.contract.condition = condition
    assert refused(await api.post(f"{API}/sessions", json=RUN)) == (503, code)
    assert (await get(api, f"{API}/health"))["setup_state"] == condition.setup_state


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("GET", "/", (404, "not_found")),
        ("GET", f"{API}/printers", (404, "not_found")),
        ("DELETE", f"{API}/operations", (405, "method_not_allowed")),
        ("GET", f"{API}/sessions", (405, "method_not_allowed")),
    ],
)
async def test_other_routes_are_refused_in_the_same_shape(api, method, path, refusal):
    """What there is no route for, and methods that a route does not take."""
    assert refused(await api.request(method, path)) == refusal


async def test_an_internal_error_can_be_traced(demo, api):
    """An error of the server's own bears a ``trace_id``, one of the client's does not."""
    session = demo.open("happy_path", held=True)
    internal = (await api.post(path_of(session, "resume"))).json()["error"]
    assert set(internal) == {"code", "message", "trace_id"}
    async with client_of(demo.url) as again:
        missing = (await again.get(path_of("no-such-session"))).json()["error"]
    assert set(missing) == {"code", "message"}

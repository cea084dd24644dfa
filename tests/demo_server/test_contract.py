"""What a server of the contract answers: the demo server, and a real one if there is one to ask.

``EXLAB_WIZARD_URL`` names a real ExLab-Wizard that may be played with, e.g.
``http://127.0.0.1:8000``: the same requests are made there. They leave a few failed sessions.
"""

import os
from typing import Any, NamedTuple

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from exlab_gui.demo_server.server import DemoServer
from tests.demo_server.client import API, client_of, get, path_of

WIZARD = os.environ.get("EXLAB_WIZARD_URL")
"""A real server; without one, the demo server alone is asked."""

PROJECT = {
    "kind": "project",
    "equipment_id": "NO_SUCH_EQUIPMENT",
    "template_path": "templates/none",
    "label": "Contract",
    "operator": "contract",
    "objective": "Try the contract",
}
RUN = PROJECT | {"kind": "run", "project_name": "Contract", "run_kind": "test"}
NOBODY = "/sessions/no-such-session"


@pytest.fixture(params=["demo", "wizard"] if WIZARD else ["demo"])
async def url(request):
    """Return the address of a server."""
    if request.param == "wizard":
        yield WIZARD
        return
    async with DemoServer() as demo:
        yield demo.url


@pytest.fixture
async def api(url):
    """Return an HTTP client of the server."""
    async with client_of(url) as client:
        yield client


class Refused(NamedTuple):
    """A request, and the error that it is answered with."""

    status: int
    code: str
    method: str
    path: str
    body: Any = None
    message: str | None = None
    field: str | None = None


def bad(**wrong):
    """Return a refusal of a body that opens a run but for what is `wrong`."""
    return Refused(422, "validation_failed", "POST", "/sessions", RUN | wrong)


UNKNOWN = "unknown session 'no-such-session'"
A_BOOLEAN = "Input should be a valid boolean, unable to interpret input"
REFUSED = {
    "unknown session": Refused(404, "session_not_found", "GET", NOBODY, message=UNKNOWN),
    "resume of an unknown session": Refused(
        404, "session_not_found", "POST", f"{NOBODY}/resume", {"extra_inputs": {}}, UNKNOWN
    ),
    "cancel of an unknown session": Refused(
        404, "session_not_found", "POST", f"{NOBODY}/cancel", {"discard_files": True}, UNKNOWN
    ),
    "the body is looked at first": Refused(
        *(422, "validation_failed", "POST", f"{NOBODY}/resume", {"extra_inputs": []}),
        message="Input should be a valid dictionary",
        field="extra_inputs",
    ),
    "no boolean": Refused(
        *(422, "validation_failed", "POST", f"{NOBODY}/cancel", {"discard_files": "perhaps"}),
        message=A_BOOLEAN,
        field="discard_files",
    ),
    "resume without a body": Refused(
        422, "validation_failed", "POST", f"{NOBODY}/resume", message="Field required"
    ),
    "cancel without a body": Refused(
        422, "validation_failed", "POST", f"{NOBODY}/cancel", message="Field required"
    ),
    "open without a body": Refused(422, "validation_failed", "POST", "/sessions"),
    "no object": Refused(422, "validation_failed", "POST", "/sessions", []),
    "no JSON": Refused(422, "validation_failed", "POST", "/sessions", b"{"),
    "an unknown kind": bad(kind="party"),
    "an unknown field": bad(colour="blue")._replace(field="_ProjectSessionBody.kind"),
    "a label of the wrong type": bad(label=3)._replace(field="_ProjectSessionBody.kind"),
    "a kind of run that there is not": bad(run_kind="serious"),
    "no operator": bad(operator=None),
    "a LIMS project that is text": bad(lims_project="L-1"),
    "extra fields that are a list": bad(readme_extra=[]),
    "variables that are a list": bad(variables=[]),
    "a wrong label of a project": Refused(
        *(422, "validation_failed", "POST", "/sessions", PROJECT | {"label": 3}),
        message="Input should be a valid string",
        field="_ProjectSessionBody.label",
    ),
    "a date that is none": Refused(
        *(500, "internal_error", "POST", "/sessions", RUN | {"run_date": "yesterday"}),
        message="internal server error",
    ),
    "no such folder": Refused(404, "session_not_found", "GET", "/run//no/such/folder"),
}


async def ask(api, case, **headers):
    """Make the request of `case`."""
    options = {"content": case.body} if isinstance(case.body, bytes) else {"json": case.body}
    options = {} if case.body is None else options
    return await api.request(case.method, API + case.path, headers=headers, **options)


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
async def test_refusals(api, case):
    """Each has its status and code, the server's words, a trace id, and the single errors."""
    answer = await ask(api, case)
    assert (answer.status_code, answer.headers["content-type"]) == (case.status, "application/json")
    (error,) = answer.json().values()
    assert error["code"] == case.code
    assert case.message in (None, error["message"])
    assert case.field in (None, error.get("field"))
    assert error["trace_id"] == answer.headers["x-trace-id"]
    if case.status == 422:
        errors = error["details"]["errors"]
        assert errors[0]["msg"] == error["message"]
        assert all({"type", "loc", "msg"} <= each.keys() for each in errors)
    if case.status == 500:
        assert error["details"]["trace_id"] == error["trace_id"]


async def test_a_trace_id_of_the_clients_own(api):
    """It comes back, in the header and in the body."""
    answer = await ask(api, REFUSED["unknown session"], **{"x-trace-id": "mine"})
    assert answer.headers["x-trace-id"] == answer.json()["error"]["trace_id"] == "mine"


async def test_a_body_that_says_that_it_is_text(api):
    """It is not looked at as JSON, and refused with 422."""
    headers = {"content-type": "text/plain"}
    answer = await api.post(f"{API}{NOBODY}/cancel", content=b"{}", headers=headers)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/printers"),
        ("GET", "/sessions"),
        ("GET", "/health/"),
        ("POST", "/health"),
        ("HEAD", "/health"),
        ("DELETE", "/operations"),
        ("DELETE", NOBODY),
    ],
)
async def test_what_there_is_no_route_for(api, method, path):
    """It is a page in HTML with status 404, whatever the method."""
    answer = await api.request(method, API + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"label": ""}, None),
        ({"label": "x" * 500}, "field_too_long"),
        ({}, "equipment_id_invalid"),
        ({"lims_project": {"id": "L-1"}}, "equipment_id_invalid"),
        ({"label": "as/many/as\\you like"}, "equipment_id_invalid"),
        ({"kind": "run", "project_name": "../..", "run_kind": "test"}, None),
    ],
)
async def test_wrong_inputs(api, wrong, code):
    """A session is opened, and has failed already; it can be neither resumed nor cancelled."""
    answer = await api.post(f"{API}/sessions", json=PROJECT | wrong)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["state"], told["result"], told["next_action"]) == ("failed", None, "none")
    assert code in (None, told["error"]["code"])
    session = told["session_id"]
    assert await get(api, path_of(session)) == told
    assert session in [one["id"] for one in (await get(api, f"{API}/operations"))["operations"]]
    for action, body in (("resume", {"extra_inputs": {}}), ("cancel", {"discard_files": False})):
        over = await api.post(path_of(session, action), json=body)
        assert (over.status_code, over.json()["error"]["code"]) == (
            409,
            "session_already_completed",
        )
        assert over.json()["error"]["message"] == "session is already in a terminal state"


async def test_health(api):
    """It names the schemas and the components, and gives a reason for what is not ok."""
    answer = await api.get(f"{API}/health")
    assert answer.headers["server"] == "uvicorn"
    told = answer.json()
    assert {"status", "version", "setup_state"} <= told.keys()
    assert told["schema_versions"].keys() >= {"creation_json", "readme_fields_json", "ingest_json"}
    components = told["components"]
    assert components.keys() >= {"validator", "nas_sync", "lims", "plugin_host", "session_store"}
    assert all(one["status"] == "ok" or "reason" in one for one in components.values())
    assert {"queue_depth", "in_flight"} <= components["nas_sync"].keys()
    assert "registered_plugins" in components["plugin_host"]
    assert {"active_sessions", "input_required"} <= components["session_store"].keys()


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/tree", {"equipment", "received_equipment"}),
        ("/setup/status", {"state", "missing", "next_action"}),
        ("/problems", set()),
        ("/staging", set()),
    ],
)
async def test_other_routes(api, path, keys):
    """They answer an object."""
    assert keys <= (await get(api, API + path)).keys()


async def test_an_unknown_session_is_refused_in_the_handshake(url):
    """There is no close code, but HTTP 403."""
    with pytest.raises(InvalidStatus) as refusal:
        async with connect(f"ws{url.removeprefix('http')}{API}{NOBODY}/events"):
            pass
    assert refusal.value.response.status_code == 403

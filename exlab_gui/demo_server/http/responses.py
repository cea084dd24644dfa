"""Responses about a session."""

from typing import Any, assert_never

import msgspec

from exlab_gui.core.protocol.emission import wire_time
from exlab_gui.core.protocol.events import Abandoned, Cancelled, Reported, Resumed
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.demo_server.session import DemoSession


def snapshot(session: DemoSession) -> dict[str, Any]:
    """Return the response to ``GET /sessions/{id}``; an aborted session keeps its question."""
    inner = session.inner
    error, result = _outcome(session)
    return {
        "session_id": session.session_id,
        "state": inner.state,
        "current_phase": inner.current_phase,
        "next_action": inner.next_action,
        "pending_input": session.payload(session.question) if session.question else None,
        "error": error,
        "result": result,
    }


def operation(session: DemoSession) -> dict[str, Any]:
    inner = session.inner
    question = inner.pending_input
    return {
        "id": session.session_id,
        "state": inner.state,
        "started_at": wire_time(inner.created_at),
        "equipment_id": session.request.get("equipment_id"),
        "project_short_id": session.request.get("project_name"),
        "run_label": session.request.get("label"),
        "plugin_name": question.plugin if question else None,
        "suspended_reason": question.reason if question else None,
    }


def _outcome(session: DemoSession) -> tuple[Any, Any]:
    """Return error and result: a cancelled session has one object under both names."""
    cause = session.inner.history[-1].cause
    match cause:
        case Cancelled(discard_files=discard_files):
            outcome = {"code": "cancelled", "discard_files": discard_files}
            return outcome, outcome
        case Abandoned():
            return None, {"code": "session_abandoned", "reason": "no client heartbeat for >1h"}
        case Resumed() | Reported() | Explained() | None:
            return msgspec.to_builtins(session.inner.error), session.inner.result
    assert_never(cause)

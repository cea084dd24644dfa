"""The server's health and setup."""

from typing import Any, NamedTuple

from exlab_gui.demo_server.disk import staging
from exlab_gui.demo_server.http.errors import RefusalError
from exlab_gui.demo_server.sessions import DemoSessions

SCHEMA_VERSIONS = {"creation_json": "1.0", "readme_fields_json": "1.0", "ingest_json": "1.0"}


class Setup(NamedTuple):
    state: str = "ready"
    missing: tuple[str, ...] = ()

    @property
    def _parts(self) -> list[dict[str, str]]:
        return [{"field": field, "reason": "missing"} for field in self.missing]

    def assert_complete(self) -> None:
        if self.missing:
            message = "setup is incomplete; complete onboarding before using this endpoint"
            more = {"state": self.state, "missing": self._parts}
            raise RefusalError(503, "setup_incomplete", message, more=more)

    def status(self) -> dict[str, Any]:
        action = "complete_setup" if self.missing else "none"
        told = {"state": self.state, "missing": self._parts, "next_action": action}
        return told | {"ready": not self.missing}


READY = Setup()
NOT_SET_UP = Setup("incomplete_no_config", ("config.yaml",))


def health(setup: Setup, sessions: DemoSessions) -> dict[str, Any]:
    queued = len(staging(sessions.made())["queue"])
    active = [session for session in sessions.listed() if not session.is_over]
    asking = [session for session in active if session.inner.pending_input]
    components: dict[str, dict[str, Any]] = {
        "validator": {"status": "ok"},
        "nas_sync": {"status": "ok", "queue_depth": queued, "in_flight": 0},
        "lims": {"status": "warn", "reason": "unreachable; using cache"},
        "plugin_host": {"status": "ok", "registered_plugins": 0},
        "session_store": {
            "status": "ok",
            "active_sessions": len(active),
            "input_required": len(asking),
        },
    }
    return {
        "status": "warn",
        "version": "0.1.0",
        "schema_versions": SCHEMA_VERSIONS,
        "components": components,
        "setup_state": setup.state,
    }

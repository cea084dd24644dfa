"""How the server says it is, and whether it takes new sessions."""

from collections.abc import Iterable
from typing import Any

import msgspec

from exlab_gui.demo_server.errors import RefusalError
from exlab_gui.demo_server.session import DemoSession

READY = "ready"


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``GET /health`` tells, besides how many sessions there are."""

    status: str = "ok"
    version: str = "0.1.0"
    schema_versions: dict[str, Any] = msgspec.field(
        default_factory=lambda: {"creation": "1.0", "equipment": "1.0"}
    )
    setup_state: str = READY
    shutting_down: bool = False

    def assert_open(self) -> None:
        """Raise RefusalError where the server takes no new sessions."""
        if self.shutting_down:
            raise RefusalError(503, "shutting_down", "The server is shutting down.")
        if self.setup_state != READY:
            raise RefusalError(
                503, "setup_incomplete", f"The setup is not complete: {self.setup_state}."
            )


def health(condition: Condition, sessions: Iterable[DemoSession]) -> dict[str, Any]:
    """Return what ``GET /health`` answers."""
    going = [session for session in sessions if not session.is_over]
    asking = [session for session in going if session.inner.pending_input]
    return {
        "status": condition.status,
        "version": condition.version,
        "schema_versions": condition.schema_versions,
        "components": {
            "session_store": {
                "status": "ok",
                "active_sessions": len(going),
                "input_required": len(asking),
            },
            "plugin_host": {"status": "ok"},
        },
        "setup_state": condition.setup_state,
    }

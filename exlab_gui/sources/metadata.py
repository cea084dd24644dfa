"""What is known of a session besides its history: what it makes, and where."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from exlab_gui.core.text.describe import one_line
from exlab_gui.core.trace.header import MAX_NAME


class SessionInfo(NamedTuple):
    """What tells sessions apart, each a short line; empty where it is not known.

    `waits_for` is what a server says that holds the session up, or the plugin that runs.
    """

    equipment: str = ""
    project: str = ""
    run: str = ""
    server: str = ""
    waits_for: str = ""


def info_of(
    request: Mapping[str, Any], server: str = "", waits_for: str | None = None
) -> SessionInfo:
    """Return what `request` tells, under the names that requests and servers have (§4.4.7)."""

    def first(*names: str) -> str:
        told = (request.get(name) for name in names)
        return next((one_line(text, MAX_NAME) for text in told if isinstance(text, str)), "")

    return SessionInfo(
        equipment=first("equipment_id"),
        project=first("project_short_id", "project_name"),
        run=first("run_label", "label"),
        server=server,
        waits_for=one_line(waits_for or "", MAX_NAME),
    )

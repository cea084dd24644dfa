"""The names in the request that opened a session, as requests and servers call them (§4.4.7)."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from exlab_gui.core.text.sanitize import MAX_NAME, sanitize


class RequestNames(NamedTuple):
    """What a session was opened for, and by whom: short lines, safe to show; empty if unknown."""

    equipment: str = ""
    project: str = ""
    run: str = ""
    operator: str = ""


def request_names(request: Mapping[str, Any]) -> RequestNames:
    def first(*names: str) -> str:
        values = (request.get(name) for name in names)
        return next((sanitize(text, MAX_NAME) for text in values if isinstance(text, str)), "")

    return RequestNames(
        equipment=first("equipment_id"),
        project=first("project_short_id", "project_name"),
        run=first("run_label", "label"),
        operator=first("operator"),
    )

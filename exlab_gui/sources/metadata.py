"""What is known of a session besides its history: what it makes, where, and how it is followed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.trace import Fork


class SessionInfo(NamedTuple):
    """What tells sessions apart, each a short line; empty or None if it is not known.

    `label` is a short name, such as ``sim-1``. `waits_for` is what a server says that holds the
    session up, or the plugin that runs. `connection` says in a sentence how the session is
    followed; it is empty if there is no server. `problems` says what could not be read or
    understood, a sentence each. `fork` tells which session it is a fork of, `scenario` what it
    plays.
    """

    label: str
    equipment: str = ""
    project: str = ""
    run: str = ""
    server: str = ""
    waits_for: str = ""
    connection: str = ""
    problems: Sequence[str] = ()
    fork: Fork | None = None
    scenario: Scenario | None = None


def info_of(label: str, request: Mapping[str, Any]) -> SessionInfo:
    """Return what `request` tells, under the names that requests and servers have (§4.4.7)."""

    def first(*names: str) -> str:
        told = (request.get(name) for name in names)
        return next((sanitize(text, MAX_NAME) for text in told if isinstance(text, str)), "")

    return SessionInfo(
        label,
        equipment=first("equipment_id"),
        project=first("project_short_id", "project_name"),
        run=first("run_label", "label"),
    )

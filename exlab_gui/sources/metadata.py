"""The facts about a session besides its history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from exlab_gui.core.protocol.request import request_names
from exlab_gui.core.scenario.scenario import Scenario
from exlab_gui.core.trace import Fork


class Standing(StrEnum):
    """Whether what is shown of a session is current, and if not, why."""

    CURRENT = "current"
    TROUBLED = "troubled"
    """Its server answers, but not as it should: it is not set up, or refuses its list."""

    LOST = "lost"
    """Its server does not answer."""

    FORGOTTEN = "forgotten"
    """Its server was restarted and no longer knows it."""

    DISCONNECTED = "disconnected"
    """The user disconnected from its server."""


class SessionInfo(NamedTuple):
    """What identifies a session, each a short line; empty or None if unknown.

    `label` is a short name, such as ``sim-1``. `waits_for` names what blocks the session, or the
    running plugin. `connection` describes the connection to the server, if there is one, `standing`
    how current all of this is, and `seen` the time of the last answer if it is not. `health` has a
    line for each part of the server. `problems` holds a sentence for each part that could not be
    read. `fork` is set if the session is a fork. `reads_streams` is whether the event streams of
    its server are read; None if it has none.
    """

    label: str
    equipment: str = ""
    project: str = ""
    run: str = ""
    server: str = ""
    waits_for: str = ""
    connection: str = ""
    standing: Standing = Standing.CURRENT
    seen: datetime | None = None
    health: Sequence[str] = ()
    problems: Sequence[str] = ()
    fork: Fork | None = None
    reads_streams: bool | None = None
    scenario: Scenario | None = None


def info_of(label: str, request: Mapping[str, Any]) -> SessionInfo:
    """Return the info in `request`."""
    names = request_names(request)
    return SessionInfo(label, names.equipment, names.project, names.run)

"""The scenario of a session that a client opens."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Any

import msgspec

from exlab_gui.bundled_scenarios import bundled_scenarios, find_scenario
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.scenario.scenario import Enter, Fail, Scenario, Step, along
from exlab_gui.core.state_machine import SessionState
from exlab_gui.demo_server.variations import adapted, equipment

LABEL_LIMIT = 64

_SAFE = re.compile(r"[\w -][\w .-]*")


def scenario_for(request: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a session that is opened with `request`.

    Invalid inputs fail in validation, an unknown template in rendering. Otherwise it is the bundled
    scenario with the same template.
    """
    if (error := _wrong_input(request)) is not None:
        return _failing(request, error, SessionState.VALIDATING)
    template = request["template_path"]
    found = (one for one in _scenarios() if one.request["template_path"] == template)
    if (scenario := next(found, None)) is None:
        error = Error("internal_error", f"copier.yml not found at {template}")
        return _failing(request, error, SessionState.VALIDATING, SessionState.RENDERING)
    if not any(isinstance(s, Enter) and s.state == SessionState.RENDERING for s in scenario.steps):
        # It fails for its own inputs, not for these.
        straight = along(CREATION_MACHINE.spine[1:], scenario.title)
        scenario = msgspec.structs.replace(scenario, steps=straight.steps)
    return adapted(scenario, request)


@cache
def known_equipment() -> list[str]:
    named = (equipment(scenario.request["equipment_id"]) for scenario in _scenarios())
    return sorted(chain.from_iterable(named))


@cache
def _scenarios() -> list[Scenario]:
    return [find_scenario(name) for name in bundled_scenarios()]


def _failing(request: Mapping[str, Any], error: Error, *states: SessionState) -> Scenario:
    steps: tuple[Step, ...] = (*(Enter(state=state) for state in states), Fail(error=error))
    kind, asked = request["kind"], dict(request)
    return Scenario(title="It fails", kind=kind, request=asked, steps=steps)


def _wrong_input(request: Mapping[str, Any]) -> Error | None:
    label, name = request["label"], request.get("project_name", "")
    if not label:
        return Error("validation_failed", "The label is empty.", "label")
    if len(label) > LABEL_LIMIT:
        return Error(
            "field_too_long", f"The label is longer than {LABEL_LIMIT} characters.", "label"
        )
    if request["equipment_id"] not in known_equipment():
        return Error("equipment_id_invalid", "There is no such equipment.", "equipment_id")
    if "project_name" in request and not _SAFE.fullmatch(name):
        message = "The name of the project cannot be that of a folder."
        return Error("unsafe_project_name", message, "project_name")
    return None

"""Variations of a scenario, so that a list of sessions looks real."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import msgspec

from exlab_gui.core.scenario.scenario import Enter, Scenario


def varied(scenario: Scenario, number: int) -> Scenario:
    """Return variation `number`, from 1, of `scenario`; every other one is faster."""
    old = scenario.request
    others = equipment(old["equipment_id"])
    other = others[(others.index(old["equipment_id"]) + number - 1) % len(others)]
    request = {**old, "equipment_id": other, "label": f"{old['label']}_{number:02}"}
    changed = adapted(scenario, request)
    return changed if number % 2 else hurried(changed)


def adapted(scenario: Scenario, request: Mapping[str, Any]) -> Scenario:
    """Return `scenario` opened with `request`, with the old names replaced everywhere."""
    text = msgspec.json.encode(scenario)
    for key in ("equipment_id", "project_name", "label"):
        old, new = scenario.request.get(key), request.get(key)
        if isinstance(old, str) and isinstance(new, str):
            text = text.replace(_inside(old), _inside(new))
    changed = msgspec.json.decode(text, type=Scenario)
    return msgspec.structs.replace(changed, request=dict(request))


def hurried(scenario: Scenario) -> Scenario:
    """Return `scenario` with delays only for plugins and operators, as in a real server."""
    steps = list(scenario.steps)
    for number, (previous, step) in enumerate(pairwise(scenario.steps), 1):
        if isinstance(step, Enter) and isinstance(previous, Enter) and step.emits is None:
            steps[number] = msgspec.structs.replace(step, after=0.0)
    return msgspec.structs.replace(scenario, steps=tuple(steps))


def equipment(name: str) -> list[str]:
    """Return the names of the four pieces of equipment of the same kind."""
    return [f"{name.rpartition('_')[0]}_{number:02}" for number in range(1, 5)]


def _inside(text: str) -> bytes:
    return msgspec.json.encode(text)[1:-1]

"""Scenarios made different from one another, so that a list of sessions looks like one."""

import msgspec

from exlab_gui.core.scenario.scenario import Enter, Scenario, Step


def varied(scenario: Scenario, number: int) -> Scenario:
    """Return variation `number`, from 1, of `scenario`: the same thing for another equipment.

    Its label is another one, too, wherever it is named. Every other variation is in a hurry.
    """
    text = msgspec.json.encode(scenario)
    for key, change in (("equipment_id", _equipment), ("label", _label)):
        if isinstance(old := scenario.request.get(key), str):
            text = text.replace(_inside(old), _inside(change(old, number)))
    changed = msgspec.json.decode(text, type=Scenario)
    return changed if number % 2 else hurried(changed)


def hurried(scenario: Scenario) -> Scenario:
    """Return `scenario` as it goes where nothing takes long but what plugins and operators do.

    States that follow one another with nothing between them follow within a moment, as in a real
    server: polling misses them.
    """
    steps = scenario.steps
    before: tuple[Step | None, ...] = (None, *steps)
    return msgspec.structs.replace(
        scenario,
        steps=tuple(
            msgspec.structs.replace(step, after=0.0) if _follows(step, previous) else step
            for step, previous in zip(steps, before, strict=False)
        ),
    )


def _follows(step: Step, previous: Step | None) -> bool:
    return isinstance(step, Enter) and isinstance(previous, Enter) and step.emits is None


def _equipment(name: str, number: int) -> str:
    stem, _, own = name.rpartition("_")
    return f"{stem}_{(int(own) + number - 2) % 4 + 1:02}" if own.isdecimal() else name


def _label(label: str, number: int) -> str:
    return f"{label}_{number:02}"


def _inside(text: str) -> bytes:
    return msgspec.json.encode(text)[1:-1]

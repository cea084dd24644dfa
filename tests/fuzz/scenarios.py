"""Scenarios of any bytes: refused in one sentence, or simulated as the machine allows."""

import json
from datetime import UTC, datetime
from random import Random

import msgspec

from exlab_gui.bundled_scenarios import bundled_scenarios
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.scenario.file import ScenarioError, parse_scenario
from exlab_gui.core.scenario.simulation import simulate
from exlab_gui.core.trace import Recording, new_header
from tests.fuzz import reference
from tests.helpers.mutations import SPLICES
from tests.helpers.mutations import mutated as mutated_recording

MAX_BYTES = 8_192
START = datetime(2026, 1, 31, 12, tzinfo=UTC)

_WORDS: tuple[bytes, ...] = (
    *(b'"do":"enter"', b'"do":"emit"', b'"do":"answer"', b'"do":"cancel"', b'"do":"fail"'),
    *(b'"do":"wait","seconds":4000', b'"after":1e300', b'"after":-1', b'"state":"failed"'),
    *(b'"inputs":{}', b'"discard_files":true', b'"error":{"code":"x"}', b'"kind":"project"'),
)
splices = (*SPLICES, *_WORDS)


def one(data: bytes) -> str:
    """Hold what has to hold for a scenario of these bytes, and return what it is."""
    try:
        scenario = parse_scenario(data, "x.json")
    except ScenarioError as error:
        said = str(error)
        if not said.isprintable() or not said.startswith("x.json"):
            raise AssertionError(said) from error
        return "refused"
    events = list(simulate(scenario, CREATION_MACHINE, START))
    again = parse_scenario(msgspec.json.encode(scenario), "x.json")
    assert again == scenario
    header = new_header(CREATION_MACHINE, "sim-1", "simulated", START, request=scenario.request)
    try:
        read = reference.read(b"".join(Recording(header, events).lines()))
    except reference.UnclearError:
        return "played, not compared"
    assert read is not None
    assert not read.bad
    assert {rule for _, rule in reference.judge(read.machine, read.events)} <= {"never_ended"}
    return "played"


def seeds() -> list[bytes]:
    return [
        json.dumps(json.loads(path.read_bytes()), indent=1).encode()
        for path in bundled_scenarios().values()
    ]


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with something done to it, for one a step moved, copied or left out."""
    if random.random() < 0.4:
        return mutated_recording(data, random)
    try:
        scenario = json.loads(data)
        steps = scenario["steps"]
        index = random.randrange(len(steps))
        match random.randrange(4):
            case 0:
                del steps[index]
            case 1:
                steps.insert(index, random.choice(steps))
            case 2:
                random.shuffle(steps)
            case _:
                key = random.choice([*steps[index]])
                steps[index][key] = random.choice([*CREATION_MACHINE.states, -1, 1e9, None, [], {}])
        return json.dumps(scenario).encode()
    except (ValueError, LookupError, TypeError, AttributeError):
        return mutated_recording(data, random)

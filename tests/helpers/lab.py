"""Recordings of the sessions of a whole lab, each told in full, for archives and statistics."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.emission import entry_envelope
from exlab_gui.core.protocol.envelopes import Envelope, Error, FailedEnvelope, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Origin, Resumed
from exlab_gui.core.protocol.form import EXAMPLES
from exlab_gui.core.trace import ENDING, Recording, new_header

EQUIPMENT = ("CONFOCAL_01", "XRD_01", "SEM_02", "NMR_03")
PLUGINS = ("sample_sheet", "lims_lookup", "calibration")
CODES = ("disk_space_insufficient", "template_load_error", "internal_error")
OPERATORS = ("m.okafor", "s.lindqvist", "Ö. Yılmaz")
FIRST = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
APART = timedelta(minutes=7)


def lab_recording(number: int, *, server: str = "http://10.0.0.4:8321") -> Recording:
    """Return recording `number` of a lab; the same number gives the same one."""
    random = Random(number)
    at = FIRST + number * APART
    equipment, operator = random.choice(EQUIPMENT), random.choice(OPERATORS)
    label = f"{equipment}/P-{number % 9}/Run_{number}"
    request = {
        "equipment_id": equipment,
        "project_short_id": f"P-{number % 9}",
        "run_label": f"Run_{number}",
        "operator": operator,
    }
    header = new_header(
        CREATION_MACHINE,
        label,
        server,
        at,
        session_id=str(UUID(int=random.getrandbits(128), version=4)),
        kind="run",
        request=request,
    )
    return Recording(header, list(_events(random, at)))


def write_lab(folder: Path, numbers: range) -> None:
    """Write the recordings of these `numbers` into `folder`, a folder per thousand."""
    for number in numbers:
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0 or number == numbers.start:
            place.mkdir(parents=True, exist_ok=True)
        path = place / f"{number:06}{ENDING}"
        path.write_bytes(b"".join(lab_recording(number).lines()))


def _events(random: Random, at: datetime) -> Iterator[Event]:
    state = "pending"
    yield Event(1, at, state, Origin.OBSERVED)
    seq = 1
    for following, envelope, cause, lasts in _way(random):
        at += timedelta(microseconds=round(1e6 * random.lognormvariate(0, 0.7) * lasts))
        seq += 1
        envelope = envelope or entry_envelope(CREATION_MACHINE, state, following, at)
        yield Event(seq, at, following, Origin.OBSERVED, envelope, cause)
        state = following


def _way(random: Random) -> Iterator[tuple[str, Envelope | None, Resumed | None, float]]:
    """Yield the states after the first, each with the seconds that the one before lasts."""
    yield "validating", None, None, 0.3
    yield "rendering", None, None, 0.8
    yield "plugin_pass", None, None, 1.2
    plugin = random.choice(PLUGINS)
    if random.random() < 0.5:
        yield "input_required", InputRequiredEnvelope(EXAMPLES[:2], "Which one?", plugin), None, 2.0
        yield "plugin_pass", None, Resumed({"sample_id": "S-1"}), 25.0
    ends = random.random()
    if ends < 0.1:
        error = Error(random.choice(CODES), "It did not work.")
        yield "failed", FailedEnvelope("running_plugins", error), None, 3.0
        return
    if ends < 0.15:
        yield "aborted", None, None, 4.0
        return
    yield "cache_write", None, None, 3.8
    yield "post_validate", None, None, 0.6
    yield "sync_queued", None, None, 0.9
    if ends < 0.99:
        yield "done", None, None, 0.4

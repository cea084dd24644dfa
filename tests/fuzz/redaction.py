"""Recordings of any bytes, redacted: no private word is left, and they are checked as before."""

import base64
import json
import os
import re
import unicodedata
from pathlib import Path
from random import Random
from urllib.parse import quote

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.rules.rule import Rule
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.protocol.wire import read_envelope
from exlab_gui.core.trace import Recording, TraceError, load
from exlab_gui.export.redaction.redact import redact
from tests.fuzz.recordings import mutated as mutated_recording
from tests.helpers.lab import lab_recording
from tests.helpers.mutations import SPLICES
from tests.helpers.mutations import seeds as short_recordings

MAX_BYTES = 8_192

SECRETS = ("Quillfeather", "Zsófia Kővári", "zq-4711-sample", "/srv/umbra/plate seven/x.csv")
"""Private words; those that a recording names in its header, and those that the user adds."""

_FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(os.environ.get("TMPDIR", "/tmp"))
_WIRE = re.compile(rb'"wire":"([A-Za-z0-9+/=]+)"')


def _spellings() -> list[bytes]:
    """Return the private words as they may be written in a text of JSON."""
    texts = [way(word) for word in SECRETS for way in (str, str.upper, str.lower, quote)]
    texts += [unicodedata.normalize("NFD", word) for word in SECRETS]
    texts += [f"the {word}'s" for word in SECRETS]
    written = [json.dumps(text, ensure_ascii=ascii_)[1:-1] for text in texts for ascii_ in (0, 1)]
    return [text.encode() for text in dict.fromkeys(written)]


SPELLINGS = _spellings()
splices = (*SPLICES, *SPELLINGS)


def one(data: bytes) -> str:
    """Hold what has to hold for the redacted file of a recording of these bytes."""
    path = _FOLDER / f"exlab-fuzz-redact-{os.getpid()}.exlab.jsonl"
    path.write_bytes(data)
    try:
        recording = load(path)
    except TraceError:
        return "refused"
    kept = redact(recording, more=SECRETS)
    written = b"".join(Recording(kept.header, kept.arrivals).lines())
    _assert_nothing_left(written)
    path.write_bytes(written)
    again = load(path)
    # What is wrong with a recording without events is that it has none.
    assert not again.problems or not again.events
    assert len(again.arrivals) == len(recording.arrivals)
    if not all(map(_is_told_in_full, recording.arrivals)):
        return "redacted, not compared"
    before = {(one.event_index, one.rule) for one in check(recording.machine, recording.events)}
    after = {(one.event_index, one.rule) for one in check(again.machine, again.events)}
    assert after <= before, after - before
    # A default that did not fit its field may be a text afterwards, which does.
    assert {rule for _, rule in before - after} <= {Rule.ODD_QUESTION}, before - after
    return "redacted" if written != data else "as it was"


def _is_told_in_full(event: Event) -> bool:
    """Whether the message of an event, if it is kept, says all that was understood of it."""
    return event.wire is None or read_envelope(event.wire)[0] == event.envelope


def _assert_nothing_left(written: bytes) -> None:
    lines = [json.loads(line) for line in written.splitlines()]
    lines[0].pop("machine", None)  # its names are nobody's
    texts = [json.dumps(lines, ensure_ascii=False)]
    texts += [base64.b64decode(wire).decode(errors="replace") for wire in _WIRE.findall(written)]
    for text in map(_folded, texts):
        for secret in SECRETS:
            assert _folded(secret) not in text, secret


def _folded(text: str) -> str:
    """Return `text` without case and marks."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def seeds() -> list[bytes]:
    """Return short recordings, and those of a lab in which private words stand."""
    header, *rest = b"".join(lab_recording(3).lines()).splitlines(keepends=True)
    told = json.loads(header)
    name, person, sample, path = SECRETS
    told["request"] |= {"operator": person, "run_label": name, "variables": {"sample": sample}}
    told["request"] |= {"template_path": path, "objective": f"{name} {sample} at {path}"}
    lab = json.dumps(told, ensure_ascii=False).encode() + b"\n" + b"".join(rest)
    return [*short_recordings(), b"".join(lab_recording(1).lines()), lab]


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with a private word in a text of an event, or something else done to it."""
    header, line_break, lines = data.partition(b"\n")
    texts = [found.end(1) for found in re.finditer(rb'"([^"\\]*)"', lines)]
    if texts and random.random() < 0.6:
        at = random.choice(texts)
        lines = lines[:at] + random.choice(SPELLINGS) + lines[at:]
        return header + line_break + lines
    return mutated_recording(data, random)

"""Recordings of any bytes: all readers agree, with one another and with the reference."""

import os
from io import BytesIO
from pathlib import Path
from random import Random

from exlab_gui.commands.check import check_file
from exlab_gui.commands.shared.report import to_json
from exlab_gui.core.analysis.session_analysis import SessionAnalysis
from exlab_gui.core.progress import no_progress
from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.trace import TraceError, load
from exlab_gui.export.exporter import Snapshot
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.theme.colours import LIGHT
from tests.fuzz import reference
from tests.helpers.mutations import SPLICES, seeds
from tests.helpers.mutations import mutated as mutated_recording

MAX_BYTES = 4_096
EXPORT_EVERY = 200
"""Of the recordings that can be shown, so many go through all exports: they take long."""

__all__ = ["MAX_BYTES", "mutated", "one", "seeds", "splices"]

splices = SPLICES

_FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(os.environ.get("TMPDIR", "/tmp"))
_count = 0


def one(data: bytes, *, exports: bool | None = None) -> str:
    """Hold what has to hold for a file of these bytes, and return what it is."""
    global _count
    path = _FOLDER / f"exlab-fuzz-{os.getpid()}.exlab.jsonl"
    path.write_bytes(data)
    checked = check_file(path)
    to_json(checked)
    try:
        expected = reference.read(data)
        compared = True
    except reference.UnclearError:
        compared = False
    try:
        recording = load(path)
    except TraceError as error:
        recording, refusal = None, str(error)
    if recording is None:
        assert refusal.isprintable()
        assert checked.error == refusal
        assert not compared or expected is None, f"refused: {refusal}"
        return "refused" if compared else "refused, not compared"
    assert checked.error is None
    assert not compared or expected is not None, "accepted"
    assert b"".join(recording.lines()) == data
    assert (checked.problems, checked.events) == (recording.problems, len(recording.events))
    assert all(problem.sentence.isprintable() for problem in recording.problems)
    analysis = SessionAnalysis(recording.machine, recording.events)
    analysis.close()
    found = [finding for findings in analysis.findings.values() for finding in findings]
    assert sorted(found) == sorted(checked.findings)
    if compared and expected:
        assert [sanitize(e.state, 80) for e in expected.events] == [
            e.state for e in recording.arrivals
        ]
        bad = [p.line for p in recording.problems if p.sentence != "The file holds no event."]
        assert bad == expected.bad
        rules = {(finding.event_index, str(finding.rule)) for finding in found}
        # The reference does not know where late messages belong.
        if recording.events is recording.arrivals:
            assert rules == reference.judge(expected.machine, expected.events)
    if recording.events:
        _count += 1
        if exports or (exports is None and _count % EXPORT_EVERY == 0):
            _export(Snapshot(recording, len(recording.events), LIGHT))
    kind = ("conforms", "violates", "unreadable in part")[checked.outcome]
    return kind if compared else f"{kind}, not compared"


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with something done to it; mostly the header stays as it is."""
    header, line_break, lines = data.partition(b"\n")
    if random.random() < 0.1:
        return mutated_recording(header, random) + line_break + lines
    return header + line_break + mutated_recording(lines, random)


def _export(snapshot: Snapshot) -> None:
    for exporter in EXPORTERS:
        if (reason := exporter.why_not(snapshot)) is not None:
            assert reason.isprintable()
            continue
        taken = exporter.take(snapshot, no_progress)
        if exporter.redacted:
            exporter.redacted(snapshot, no_progress)
        for form in exporter.formats:
            if not form.needs_qt:
                form.write(taken, BytesIO(), no_progress)

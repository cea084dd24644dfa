"""The result of ``check`` for one recording: as text, as JSON, and as an exit code."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.trace import Problem

CONFORMS, VIOLATES, UNREADABLE = 0, 1, 2  # exit codes


class Checked(NamedTuple):
    """The result for one file; `error` is set if nothing could be read.

    Of the findings, `left_out` are counted alone.
    """

    file: str
    events: int
    findings: Sequence[Finding]
    problems: Sequence[Problem]
    error: str | None = None
    violations: int = 0
    left_out: int = 0

    @property
    def outcome(self) -> int:
        """The exit code for this file alone."""
        if self.error or self.problems:
            return UNREADABLE
        return VIOLATES if self.violations else CONFORMS


def lines(checked: Checked) -> Iterator[str]:
    if checked.error:
        yield f"{checked.file}: unreadable: {checked.error}"
    for problem in checked.problems:
        yield f"{checked.file}: line {problem.line}: unreadable: {problem.sentence}"
    for found in checked.findings:
        yield (
            f"{checked.file}: event {found.seq}: {found.severity}: {found.rule}: {found.sentence}"
        )
    if checked.left_out:
        yield f"{checked.file}: {checked.left_out:,} more findings are left out here."


def to_json(checked: Checked) -> bytes:
    findings = [
        {
            "event": found.seq,
            "position": found.event_index,
            "severity": found.severity,
            "rule": found.rule,
            "sentence": found.sentence,
        }
        for found in checked.findings
    ]
    return msgspec.json.encode(
        {
            "file": checked.file,
            "conforms": checked.outcome == CONFORMS,
            "events": checked.events,
            "error": checked.error,
            "problems": [problem._asdict() for problem in checked.problems],
            "findings": findings,
            "findings_left_out": checked.left_out,
        }
    )


def summary(results: Sequence[Checked]) -> str:
    outcomes = [checked.outcome for checked in results]
    return (
        f"{len(outcomes)} checked: {outcomes.count(CONFORMS)} conform, "
        f"{outcomes.count(VIOLATES)} do not, {outcomes.count(UNREADABLE)} could not be read."
    )

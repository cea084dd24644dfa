"""The result of ``check`` for one recording: as text, as JSON, for GitHub, and as an exit code."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.text import json_text
from exlab_gui.core.trace import Problem

CONFORMS, VIOLATES, UNREADABLE = 0, 1, 2  # exit codes


class Checked(NamedTuple):
    """The result for one file; `error` is set if nothing could be read.

    Of the findings, `left_out` are counted alone. `line_numbers` has the lines of their events by
    the index. `seconds` is how long it took.
    """

    file: str
    events: int
    findings: Sequence[Finding]
    problems: Sequence[Problem]
    error: str | None = None
    violations: int = 0
    left_out: int = 0
    line_numbers: Mapping[int, int] = {}
    seconds: float = 0.0

    @property
    def first_violation(self) -> Finding | None:
        violations = (one for one in self.findings if one.severity is Severity.VIOLATION)
        return next(violations, None)

    @property
    def outcome(self) -> int:
        """The exit code for this file alone."""
        if self.error or self.problems:
            return UNREADABLE
        return VIOLATES if self.violations else CONFORMS


def lines(checked: Checked, *, numbered: bool = False) -> Iterator[str]:
    """Yield a line of text for each finding; if `numbered`, with the line of the file."""
    if checked.error:
        yield f"{checked.file}: unreadable: {checked.error}"
    for problem in checked.problems:
        yield f"{checked.file}: line {problem.line}: unreadable: {problem.sentence}"
    for found in checked.findings:
        number = checked.line_numbers.get(found.event_index) if numbered else None
        place = f"event {found.seq}" if number is None else f"line {number}: event {found.seq}"
        yield f"{checked.file}: {place}: {found.severity}: {found.rule}: {found.sentence}"
    if checked.left_out:
        yield f"{checked.file}: {checked.left_out:,} more findings are left out here."


def to_json(checked: Checked) -> bytes:
    findings = [
        {
            "event": found.seq,
            "position": found.event_index,
            "line": checked.line_numbers.get(found.event_index),
            "severity": found.severity,
            "rule": found.rule,
            "sentence": found.sentence,
        }
        for found in checked.findings
    ]
    return json_text.to_json(
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


def github_lines(checked: Checked) -> Iterator[str]:
    """Yield the commands by which GitHub Actions shows the findings at the lines of the file."""
    if checked.error:
        yield _annotation("error", checked.file, None, "unreadable", checked.error)
    for problem in checked.problems:
        yield _annotation("error", checked.file, problem.line, "unreadable", problem.sentence)
    for found in checked.findings:
        level = "error" if found.severity is Severity.VIOLATION else "notice"
        number = checked.line_numbers.get(found.event_index)
        sentence = f"Event {found.seq}: {found.sentence}"
        yield _annotation(level, checked.file, number, found.rule, sentence)
    if checked.left_out:
        more = f"{checked.left_out:,} more findings are left out here."
        yield _annotation("notice", checked.file, None, "left_out", more)


def _annotation(level: str, file: str, line: int | None, title: str, sentence: str) -> str:
    place = "" if line is None else f",line={line}"
    return f"::{level} file={_property(file)}{place},title={_property(title)}::{_data(sentence)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(results: Sequence[Checked]) -> str:
    outcomes = [checked.outcome for checked in results]
    return (
        f"{len(outcomes)} checked: {outcomes.count(CONFORMS)} conform, "
        f"{outcomes.count(VIOLATES)} do not, {outcomes.count(UNREADABLE)} could not be read."
    )

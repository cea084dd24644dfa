"""All that is known of one event, in lines of plain text that are safe to show."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.details import changes
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.meaning import Meaning, kind_meaning
from exlab_gui.core.protocol.events import Event, Resumed
from exlab_gui.core.text.describe import describe_in_full, reservation
from exlab_gui.core.text.durations import duration, time_of_day
from exlab_gui.core.text.log_columns import kind
from exlab_gui.core.text.question import answer
from exlab_gui.core.text.sanitize import MAX_NAME, MAX_SENTENCE, sanitize
from exlab_gui.core.text.translation import phrase

MAX_ANSWERS = 50
"""Further answers are counted only; the JSON has them all."""


class Fact(NamedTuple):
    name: str
    text: str
    meaning: Meaning | None = None


def event_facts(visits: StateHistory, index: int, findings: Sequence[Finding]) -> list[Fact]:
    """Return the facts about the event at `index`, of which the check found `findings`.

    What it says comes first, then what is wrong with it, what was answered and what it changed.
    """
    history, machine = visits.history, visits.machine
    event, before = history[index], history[index - 1] if index else None
    what = kind(event, machine)
    said = describe_in_full(event, before.state if before else None)
    facts = [
        Fact("Message", said, kind_meaning(what)),
        *_found(findings),
        *_answers(event),
        *_changed(visits, index),
        Fact("Time", _time(event, before)),
        Fact("State", event.state),
        Fact("Kind", what),
        Fact("Phase", sanitize(event.phase or "", MAX_NAME)),
        Fact("Known", _known(event)),
    ]
    return [fact for fact in facts if fact.text]


def _found(findings: Sequence[Finding]) -> Iterator[Fact]:
    for finding in findings:
        bad = finding.rule.is_problem
        yield Fact("Violation" if bad else "Note", finding.sentence, "failure" if bad else None)


def _answers(event: Event) -> Iterator[Fact]:
    if not isinstance(event.cause, Resumed):
        return
    answers = event.cause.answers
    for key in list(answers)[:MAX_ANSWERS]:
        text = sanitize(answer(answers[key]), MAX_SENTENCE, keep="\n") or phrase("No answer")
        yield Fact(phrase("Answer {key}", key=sanitize(key, MAX_NAME)), text)
    if (more := len(answers) - MAX_ANSWERS) > 0:
        yield Fact("Answers", phrase("{more:,} more are in the JSON.", more=more))


def _changed(visits: StateHistory, index: int) -> Iterator[Fact]:
    for name, before, after in changes(visits, index):
        yield Fact(
            phrase("{name} changed", name=phrase(name)),
            phrase(
                "{before} → {after}", before=before or phrase("none"), after=after or phrase("none")
            ),
        )


def _time(event: Event, before: Event | None) -> str:
    at = time_of_day(event.at, "milliseconds")
    if event.earliest is not None:
        at = phrase(
            "between {time} and {at}", time=time_of_day(event.earliest, "milliseconds"), at=at
        )
    return (
        at
        if before is None
        else phrase(
            "{at}, {time} after the event before", at=at, time=duration(event.at - before.at, 3)
        )
    )


def _known(event: Event) -> str:
    reserved = reservation(event)
    if not reserved or reserved == f"({event.origin})":
        return event.origin
    return phrase("{origin} {reserved}", origin=event.origin, reserved=reserved)

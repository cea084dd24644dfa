"""Checking whether a session obeys its machine, event by event (§4.7)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from exlab_gui.core.analysis.rules.messages import check_progress, check_question
from exlab_gui.core.analysis.rules.rule import Rule, Severity, Violation
from exlab_gui.core.analysis.rules.states import check_event, check_late
from exlab_gui.core.analysis.rules.times_and_numbers import check_order
from exlab_gui.core.machine import StateMachine
from exlab_gui.core.progress import CHUNK, Progress, no_progress
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Mark
from exlab_gui.core.text.sanitize import MAX_SENTENCE, sanitize
from exlab_gui.core.text.translation import phrase

_MOST_SOUND = 1_000
"""The cases that are kept for a machine: states and phases of a session may have any names."""


class Finding(NamedTuple):
    """A violation or a note about one event.

    `event_index` is the event's index in the history; `seq` is the event's own number.
    """

    event_index: int
    seq: int
    rule: Rule
    sentence: str

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def remark(self) -> str:
        """The sentence, marked with its severity."""
        mark = "⚠ {sentence}" if self.rule.is_problem else "Note: {sentence}"
        return phrase(mark, sentence=self.sentence)


@lru_cache(maxsize=32)
def sound_cases(_machine: StateMachine) -> set[tuple[object, ...]]:
    """Return the cases that were found to obey a machine in any session; checkers add to them."""
    return set()


class Checker:
    """Checks a session's events as they come; `violations` counts those that were found."""

    def __init__(self, machine: StateMachine) -> None:
        self.machine = machine
        self.violations = 0
        self._count = 0
        self._next_seq = 1
        self._state: str | None = None
        self._entered: set[str] = set()
        self._at = datetime.min.replace(tzinfo=UTC)

    def extend(self, events: Sequence[Event]) -> list[Finding]:
        """Check `events`, which follow those checked before, and return their findings."""
        found: list[Finding] = []
        sound = sound_cases(self.machine)
        state, next_seq, at = self._state, self._next_seq, self._at
        for index, event in enumerate(events, self._count):
            envelope = event.envelope
            case = state, event.state, event.origin, type(envelope), getattr(envelope, "phase", "")
            # All but a few of a million events pass here.
            if (
                case in sound
                and event.seq == next_seq
                and event.at >= at
                and event.mark is None
                and (type(envelope) is not ProgressEnvelope or envelope.current <= envelope.total)
                and (type(envelope) is not InputRequiredEnvelope)
            ):
                next_seq += 1
                if state != event.state:
                    state = event.state
                    self._entered.add(state)
            else:
                faults = list(self._examine(event, state, next_seq, at))
                found += (
                    Finding(index, event.seq, rule, sanitize(sentence, MAX_SENTENCE))
                    for rule, sentence in faults
                )
                is_sound = envelope is not None and event.mark is None and not faults
                if is_sound and len(sound) < _MOST_SOUND:
                    sound.add(case)
                next_seq = max(next_seq, event.seq + 1)
                # What has ended stays over.
                if event.enters(state) and state not in self.machine.terminal:
                    state = event.state
                    self._entered.add(state)
            at = event.at
        self._count += len(events)
        self._state, self._next_seq, self._at = state, next_seq, at
        self.violations += sum(finding.severity is Severity.VIOLATION for finding in found)
        return found

    def close(self) -> list[Finding]:
        """Check that the session ended, and return the findings."""
        if self._state is None or self._state in self.machine.terminal:
            return []
        sentence = sanitize(
            phrase("The session never ended: it was last in {state}.", state=self._state),
            MAX_SENTENCE,
        )
        return [Finding(self._count - 1, self._next_seq - 1, Rule.NEVER_ENDED, sentence)]

    def _examine(
        self, event: Event, state: str | None, next_seq: int, at: datetime
    ) -> Iterator[Violation]:
        """Yield every violation of `event`, which should have the number `next_seq`."""
        yield from check_order(event, next_seq, at)
        if event.mark is Mark.LATE:
            yield from check_late(self.machine, event, state, self._entered)
        else:
            yield from check_event(self.machine, event, state, after_gap=event.seq > next_seq)
        yield from check_progress(event)
        yield from check_question(event)


def check(
    machine: StateMachine, events: Sequence[Event], progress: Progress = no_progress
) -> list[Finding]:
    """Return the findings about `events`, a session's whole history."""
    checker = Checker(machine)
    found: list[Finding] = []
    for start in range(0, len(events), CHUNK):
        progress(start, len(events))
        found += checker.extend(events[start : start + CHUNK])
    return found + checker.close()

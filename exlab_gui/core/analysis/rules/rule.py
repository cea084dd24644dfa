"""What a rule is called, how severe it is to break it, and what is said of that."""

from enum import StrEnum


class Severity(StrEnum):
    """Whether a session with such a finding still conforms to its machine."""

    VIOLATION = "violation"
    NOTE = "note"


class Rule(StrEnum):
    """The rule that a finding is about."""

    ILLEGAL_TRANSITION = "illegal_transition"
    EVENT_AFTER_END = "event_after_end"
    UNKNOWN_STATE = "unknown_state"
    NEVER_ENTERED = "never_entered"
    WRONG_PHASE = "wrong_phase"
    WRONG_ENVELOPE = "wrong_envelope"
    TIME_BACKWARDS = "time_backwards"
    NUMBER_MISSING = "number_missing"
    NUMBER_REPEATED = "number_repeated"
    PROGRESS_BEYOND_TOTAL = "progress_beyond_total"
    NEVER_ENDED = "never_ended"
    STATES_SKIPPED = "states_skipped"
    ODD_QUESTION = "odd_question"

    @property
    def severity(self) -> Severity:
        notes = (Rule.NEVER_ENDED, Rule.STATES_SKIPPED, Rule.ODD_QUESTION)
        return Severity.NOTE if self in notes else Severity.VIOLATION

    @property
    def is_problem(self) -> bool:
        """Whether it counts as a problem: a violation, or what could not be understood."""
        return self.severity is Severity.VIOLATION or self is Rule.ODD_QUESTION


Violation = tuple[Rule, str]
"""A rule that does not hold, and the sentence that says why."""

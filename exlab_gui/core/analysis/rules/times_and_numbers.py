"""The rules that times run forwards, and numbers one by one."""

from collections.abc import Iterator
from datetime import datetime

from exlab_gui.core.analysis.rules.rule import Rule, Violation
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.durations import duration


def check_order(event: Event, expected: int, at: datetime) -> Iterator[Violation]:
    """Yield how `event` breaks the order: number `expected` comes next, and no time before `at`."""
    if event.seq > expected:
        missing = event.seq - expected
        which = (
            f"Number {expected} is"
            if missing == 1
            else f"{missing:,} numbers from {expected} on are"
        )
        yield Rule.NUMBER_MISSING, f"{which} missing before {event.seq}."
    elif event.seq < expected:
        yield (
            Rule.NUMBER_REPEATED,
            f"Number {event.seq} is repeated or late, not {expected}.",
        )
    if event.at < at:
        yield Rule.TIME_BACKWARDS, f"The time goes back by {duration(at - event.at, 6)}."

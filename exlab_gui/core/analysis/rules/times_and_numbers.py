"""The rules that times run forwards, and numbers one by one."""

from collections.abc import Iterator
from datetime import datetime

from exlab_gui.core.analysis.rules.rule import Rule, Violation
from exlab_gui.core.protocol.events import Event
from exlab_gui.core.text.durations import duration
from exlab_gui.core.text.translation import phrase


def check_order(event: Event, expected: int, at: datetime) -> Iterator[Violation]:
    """Yield how `event` breaks the order: number `expected` comes next, and no time before `at`."""
    if event.seq > expected:
        missing = event.seq - expected
        yield (
            Rule.NUMBER_MISSING,
            phrase(
                "Number {first} is missing before {seq}.",
                "{n:,} numbers from {first} on are missing before {seq}.",
                n=missing,
                first=expected,
                seq=event.seq,
            ),
        )
    elif event.seq < expected:
        yield (
            Rule.NUMBER_REPEATED,
            phrase(
                "Number {seq} is repeated or late, not {expected}.",
                seq=event.seq,
                expected=expected,
            ),
        )
    if event.at < at:
        yield (
            Rule.TIME_BACKWARDS,
            phrase("The time goes back by {time}.", time=duration(at - event.at, 6)),
        )

"""A session that goes on is a trace, of which each span is sent once, when it is known whole."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from exlab_gui.core.protocol.envelopes import Error, FailedEnvelope, PhaseEnvelope, ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.export.otlp.spans import Span, Trace
from exlab_gui.telemetry.feed import Feed
from tests.core.trace.kept import SHORT

ID = "5f0c8a1e-0d5b-4a4e-9f55-6d3f6a0f8a11"
HEADER = msgspec.structs.replace(
    SHORT.header,
    session_id=ID,
    source="http://lab:8321",
    request={"operator": "Ada"},
    programs={"exlab-wizard": "0.3"},
)
START = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
PENDING = Event(1, START, "pending", Origin.OBSERVED)
FAILURE = FailedEnvelope("validating_inputs", Error("disk_space_insufficient", "3 MB left."))


class Collected:
    """What was sent, and what is to be called later."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []
        self.later: list[Callable[[], object]] = []

    def put(self, trace: Trace) -> None:
        self.traces.append(trace)

    def call_later(self, _seconds: float, do: Callable[[], object]) -> None:
        self.later.append(do)

    @property
    def spans(self) -> list[Span]:
        return [span for trace in self.traces for span in trace.spans]

    @property
    def names(self) -> list[str]:
        return [span.name for span in self.spans]


@pytest.fixture
def collected() -> Collected:
    return Collected()


def after(seconds: float, number: int, state: str, *more: object) -> Event:
    return Event(number, START + timedelta(seconds=seconds), state, Origin.OBSERVED, *more)  # type: ignore[arg-type]


def feed_of(collected: Collected, *, operator: bool = False) -> Feed:
    return Feed(collected, collected.call_later, operator=operator)


def grow(feed: Feed, history: list[Event], events: Sequence[Event]) -> None:
    """Have the session grow by one event after the other."""
    for event in events:
        history.append(event)
        feed.take(ID, lambda: HEADER, history)


def test_a_visit_is_sent_when_it_has_ended(collected: Collected) -> None:
    """What goes on is not sent; the span of the session comes last, a while after the end."""
    feed, history = feed_of(collected), []
    grow(feed, history, [PENDING])
    assert collected.names == []
    grow(feed, history, [after(1, 2, "validating", PhaseEnvelope("validating_inputs", "x"))])
    assert collected.names == ["pending"]
    progress = ProgressEnvelope("validating_inputs", 1, 2)
    grow(feed, history, [after(2, 3, "validating", progress), after(3, 4, "failed", FAILURE)])
    assert collected.names == ["pending", "validating", "failed"]
    (end,) = collected.later
    end()
    assert collected.names[3:] == ["create"]
    end()
    feed.take(ID, lambda: HEADER, history)
    feed.close()
    assert len(collected.names) == 4
    *visits, root = collected.spans
    assert {span.trace_id for span in collected.spans} == {UUID(ID).bytes}
    assert {span.parent_id for span in visits} == {root.span_id}
    assert [event.name for event in visits[1].events] == ["phase", "progress"]
    assert root.status.name == visits[1].status.name == "ERROR"
    assert root.attributes["error.type"] == "disk_space_insufficient"
    assert root.end_ns - root.start_ns == 3 * 10**9


def test_the_reason_of_the_end_is_waited_for(collected: Collected) -> None:
    """If the server tells of plugins after the end, the session is sent with them, and at once."""
    feed, history = feed_of(collected), []
    explained = Explained((AppliedPlugin("sample_sheet", "failed"),))
    late = Event(3, START, "failed", Origin.OBSERVED, None, explained, mark=Mark.LATE)
    grow(feed, history, [PENDING, after(1, 2, "failed", FAILURE), late])
    assert collected.names == ["pending", "failed", "create"]
    assert collected.spans[-1].attributes["exlab.plugins.failed"] == ("sample_sheet",)


def test_closing_sends_what_has_ended(collected: Collected) -> None:
    """At the end of the program, sessions that are over are sent; one that goes on is not."""
    feed = feed_of(collected)
    grow(feed, [], [PENDING, after(1, 2, "aborted")])
    feed.take("other", lambda: HEADER, [PENDING])
    feed.close()
    assert collected.names == ["pending", "aborted", "create"]


def test_the_operator_is_named_only_if_asked_for(collected: Collected) -> None:
    """The server and this computer are named; the person is private."""
    for operator in (False, True):
        feed = feed_of(collected, operator=operator)
        grow(feed, [], [PENDING, after(1, 2, "aborted")])
        feed.close()
        root = collected.spans[-1]
        assert root.attributes.get("user.name") == ("Ada" if operator else None)
        assert collected.traces[-1].resource.items() >= {
            ("service.name", "exlab-wizard"),
            ("service.version", "0.3"),
            ("service.instance.id", "http://lab:8321"),
        }


def test_what_a_late_message_corrects_is_sent_again(collected: Collected) -> None:
    """The session goes on in the corrected history; visits that it left as they were are done."""
    feed, history = feed_of(collected), []
    grow(feed, history, [PENDING, after(1, 2, "validating"), after(5, 3, "rendering")])
    assert collected.names == ["pending", "validating"]
    corrected = [PENDING, after(1, 2, "validating"), after(3, 3, "rendering")]
    feed.take(ID, lambda: HEADER, corrected)
    assert collected.names == ["pending", "validating", "validating"]
    first, second = collected.spans[1:]
    assert first.span_id == second.span_id
    assert second.end_ns - first.end_ns == -2 * 10**9
    grow(feed, corrected, [after(7, 4, "plugin_pass")])
    assert collected.names[3:] == ["rendering"]

"""Beside its traces, a backend gets figures: how sessions ended, how long, and what waits now."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

pytest.importorskip("opentelemetry.proto.metrics.v1.metrics_pb2")

from exlab_gui.core.protocol.envelopes import Error, FailedEnvelope, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Origin
from exlab_gui.telemetry.connect import connect
from exlab_gui.telemetry.feed import Feed
from exlab_gui.telemetry.metrics import BOUNDS_S, Metrics
from exlab_gui.telemetry.sender import Sender
from tests.core.trace.kept import SHORT
from tests.telemetry.receiver import Receiver, receiving

START = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
HEADER = msgspec.structs.replace(SHORT.header, session_id="abc")
FAILURE = FailedEnvelope(None, Error("disk_space_insufficient"))
QUESTION = InputRequiredEnvelope((), "", "sample_sheet")


def event(number: int, seconds: float, state: str, envelope: Any = None) -> Event:
    return Event(number, START + timedelta(seconds=seconds), state, Origin.OBSERVED, envelope)


def never(_seconds: float, _do: Callable[[], object]) -> None:
    """Call nothing later."""


def named(receiver: Receiver) -> dict[str, Any]:
    """Return the metrics of the last request, by their names."""
    (of,) = receiver.metrics[-1].resource_metrics
    return {one.name: one for one in of.scope_metrics[0].metrics}


def test_what_is_counted() -> None:
    """A visit counts when it has ended, a session once, and what waits as long as it does."""
    metrics = Metrics()
    feed = Feed(Sink(), never, metrics=metrics)
    history = [event(1, 0, "pending"), event(2, 3, "input_required", QUESTION)]
    for _ in range(2):
        feed.take("abc", lambda: HEADER, history)
    waiting = metrics.figures()
    assert (waiting.waiting, waiting.going_on, waiting.ended) == (1, 1, {})
    history.append(event(3, 4, "failed", FAILURE))
    for _ in range(2):
        feed.take("abc", lambda: HEADER, history)
    figures = metrics.figures()
    assert (figures.waiting, figures.going_on) == (0, 0)
    assert figures.ended == {("failed", "disk_space_insufficient"): 1}
    assert {state: (of.visits, of.sum_s) for state, of in figures.times.items()} == {
        "pending": (1, 3.0),
        "input_required": (1, 1.0),
    }
    assert figures.times["pending"].buckets[BOUNDS_S.index(5)] == 1


class Sink:
    def put(self, _trace: object) -> None:
        """Drop it."""


def test_a_backend_gets_them() -> None:
    """They are sent at the end at the latest, as the official messages."""
    with receiving() as receiver:
        feed, sender = connect(receiver.url, never)
        history = [event(1, 0, "pending"), event(2, 3, "failed", FAILURE)]
        feed.take("abc", lambda: HEADER, history)
        feed.close()
        sender.close()
        metrics = named(receiver)
        (ended,) = metrics["exlab.sessions.ended"].sum.data_points
        known = {one.key: one.value.string_value for one in ended.attributes}
        assert (ended.as_int, known) == (
            1,
            {"exlab.outcome": "failed", "error.type": "disk_space_insufficient"},
        )
        (pending,) = metrics["exlab.state.duration"].histogram.data_points
        assert (pending.count, pending.sum, sum(pending.bucket_counts)) == (1, 3.0, 1)
        assert metrics["exlab.sessions.waiting"].gauge.data_points[0].as_int == 0
        assert {span.name for span in receiver.spans} == {"pending", "failed", "create"}


def test_they_are_sent_again_and_again() -> None:
    """Without any trace, too; a backend that takes none is asked once."""
    asked = threading.Semaphore(0)

    def body() -> bytes:
        asked.release()
        return b""

    with receiving() as receiver:
        sender = Sender(receiver.url, metrics=body, metrics_s=0.01)
        for _ in range(3):
            assert asked.acquire(timeout=5)
        sender.close()
        assert receiver.paths.count("/v1/metrics") >= 3
        receiver.answers = [404]
        receiver.paths.clear()
        receiver.headers.clear()
        sender = Sender(receiver.url, metrics=body, metrics_s=60)
        sender.close()
        sender = Sender(f"{receiver.url}/other/path", metrics=body, metrics_s=0.01)
        sender.close()
        assert len(receiver.headers) == 1

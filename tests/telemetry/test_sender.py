"""Traces reach the backend once, whatever that does; and whoever has them never waits."""

import socket
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

pytest.importorskip("opentelemetry.proto.trace.v1.trace_pb2")

from exlab_gui.export.otlp.spans import Span, Trace
from exlab_gui.sources.live.reconnect import Backoff
from exlab_gui.telemetry import sender as sender_module
from exlab_gui.telemetry.address import OtlpError, traces_url
from exlab_gui.telemetry.sender import Sender
from tests.telemetry.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def quick(url: str, **more: int) -> Sender:
    return Sender(url, backoff=Backoff(first_s=0.001, longest_s=0.01), gather_s=0.01, **more)


def trace(number: int, spans: int = 1) -> Trace:
    ids = (number * 1_000 + one for one in range(1, spans + 1))
    made = [
        Span(bytes(12) + number.to_bytes(4, "big"), one.to_bytes(8, "big"), b"", "create", 1, 2, {})
        for one in ids
    ]
    return Trace({"service.name": "exlab-wizard"}, made)


def arrived(receiver: Receiver) -> list[int]:
    return [int.from_bytes(span.span_id, "big") // 1_000 for span in receiver.spans]


def test_everything_arrives_in_order(receiver: Receiver) -> None:
    """Spans are sent together, not one by one, and all before the sender is closed."""
    sender = quick(receiver.url)
    for number in range(1, 2_001):
        sender.put(trace(number))
    sender.close()
    assert arrived(receiver) == [*range(1, 2_001)]
    assert (sender.sent, sender.waiting, sender.dropped, sender.problem) == (2_000, 0, 0, "")
    assert {*receiver.paths} == {"/v1/traces"}
    assert len(receiver.paths) < 20
    assert receiver.resources[0] == {"service.name": "exlab-wizard"}


def test_a_backend_that_fails_is_tried_again(receiver: Receiver) -> None:
    """Each trace arrives once, although the backend is overloaded now and then."""
    receiver.answers = [503, 429, 502, 200, 504]
    sender = quick(receiver.url)
    for number in range(1, 1_001):
        sender.put(trace(number))
    sender.close()
    assert sorted(arrived(receiver)) == [*range(1, 1_001)]
    assert sender.problem == ""


def test_a_backend_that_is_stopped_and_started_gets_everything() -> None:
    """What could not be sent waits until the backend is there again."""
    with receiving() as first:
        sender = quick(first.url)
        sender.put(trace(1))
        assert sender.flush(5)
    for number in range(2, 102):
        sender.put(trace(number))
    assert not sender.flush(0.05)
    assert sender.problem.startswith(first.url)
    with receiving() as second:
        sender.url = traces_url(second.url)
        sender.close()
        assert sorted(arrived(first) + arrived(second)) == [*range(1, 102)]


def test_nobody_waits_for_a_backend_that_does_not_answer(receiver: Receiver) -> None:
    """Traces are taken at once; if too many wait, the oldest are dropped, and counted."""
    receiver.may_answer.clear()
    sender = quick(receiver.url, max_waiting=100)
    sender.put(trace(1))
    assert receiver.asked.wait(5)
    began = time.monotonic()
    for number in range(2, 1_002):
        sender.put(trace(number))
    assert time.monotonic() - began < 0.5
    assert (sender.waiting, sender.dropped) == (100, 900)
    receiver.may_answer.set()
    sender.close()
    assert arrived(receiver) == [1, *range(902, 1_002)]
    assert sender.problem.endswith("900 spans were not sent.")


def test_the_end_is_not_put_off_for_long() -> None:
    """With nobody there, closing ends soon, and says what was not sent."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    sender = quick(f"http://127.0.0.1:{port}")
    sender.put(trace(1, spans=3))
    began = time.monotonic()
    sender.close(0.1)
    assert time.monotonic() - began < 2
    assert "refused" in sender.problem
    assert "Errno" not in sender.problem
    assert sender.problem.endswith("3 spans were not sent.")


def test_what_the_backend_refuses_is_told(receiver: Receiver) -> None:
    """A request that is wrong is not repeated; spans that are rejected are counted."""
    receiver.answers = [400]
    sender = quick(receiver.url)
    sender.put(trace(1))
    sender.close()
    assert sender.problem.startswith(f"{receiver.url}/v1/traces: 400 Bad Request; 1 spans are lost")
    receiver.rejected = 2
    sender = quick(receiver.url)
    sender.put(trace(2, spans=3))
    sender.close()
    assert "2 spans were rejected: too old" in sender.problem
    assert (sender.sent, sender.dropped) == (1, 2)


@pytest.mark.parametrize(
    "url", ["", "localhost:4318", "ftp://x", "http://", "http://x:0", "//x", "http://a b"]
)
def test_an_address_has_to_be_one(url: str) -> None:
    """Anything else is refused at once, in one sentence."""
    with pytest.raises(OtlpError, match="is not the address of a receiver"):
        traces_url(url)


def test_the_path_of_traces_is_added() -> None:
    """The address of a receiver is enough; another path is taken as it is."""
    assert traces_url("http://x:4318/") == "http://x:4318/v1/traces"
    assert traces_url("https://x/otlp/v1/traces?k=1") == "https://x/otlp/v1/traces?k=1"


def test_attempts_are_spread() -> None:
    """The delays grow, up to half a minute."""
    backoff = Backoff(longest_s=sender_module.LONGEST_RETRY_S)
    delays = [backoff.next_s() for _ in range(12)]
    assert max(delays) <= sender_module.LONGEST_RETRY_S
    assert all(b > a / 2 for a, b in pairwise(delays))


def test_keys_are_sent_along(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backend that wants a key gets it from the environment, as OpenTelemetry's own do it."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "Api-Key=a%20b, x-scope=lab")
    sender = quick(receiver.url)
    sender.put(trace(1))
    sender.close()
    assert receiver.headers[0].items() >= {("api-key", "a b"), ("x-scope", "lab")}


def test_a_password_is_told_to_nobody_else() -> None:
    """The address in a message has no name and no password."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    sender = quick(f"http://ada:secret@127.0.0.1:{port}")
    sender.put(trace(1))
    sender.close(0.05)
    assert sender.problem.startswith(f"http://127.0.0.1:{port}/v1/traces: ")
    assert "secret" not in sender.problem


def test_an_address_that_cannot_be_used_is_refused_at_once() -> None:
    """What HTTP does not take is told before anything is sent."""
    with pytest.raises(OtlpError, match="cannot be used"):
        Sender("http://127.0.0.1\x7f:4318")

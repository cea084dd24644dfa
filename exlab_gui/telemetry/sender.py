"""Sending traces and metrics over HTTP, without ever holding up who has them."""

import gzip
import os
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from exlab_gui.core.text.sanitize import sanitize
from exlab_gui.core.text.translation import phrase
from exlab_gui.export.otlp.spans import Trace
from exlab_gui.sources.live.reconnect import Backoff
from exlab_gui.telemetry.address import OtlpError, headers, metrics_url, traces_url, without_user

if TYPE_CHECKING:
    import httpx

MAX_WAITING = 50_000
"""The spans that wait at most; if the backend takes none for so long, the oldest are dropped."""

MAX_BATCH = 512
"""The spans of a request."""

METRICS_S = 15.0
"""How often metrics are sent."""

GATHER_S = 0.5
"""How long spans are gathered before they are sent together."""

TIMEOUT_S = 10.0
LONGEST_RETRY_S = 30.0
LAST_S = 5.0
"""How long the end of the program is put off to send what is left."""

_TRY_AGAIN = frozenset((408, 429, 502, 503, 504))
_NO_METRICS = frozenset((404, 405, 501))
_ERRNO = re.compile(r"\A\[Errno -?\d+\] ")
_ENVIRONMENT = "OTEL_EXPORTER_OTLP_HEADERS"
_HEADERS = {"content-type": "application/x-protobuf", "content-encoding": "gzip"}


class Sender:
    """Sends traces to the backend at `url`, in a thread of its own, until `close`.

    `put` never waits. `metrics` gives the body of a request with metrics, which are sent beside.
    The headers of OTEL_EXPORTER_OTLP_HEADERS are sent along. A request that fails is tried again,
    with exponential backoff and jitter.

    `problem` is the sentence why spans wait or were lost, empty if none is.

    Raises OtlpError if `url` is none, or the packages of the extra are not installed.
    """

    def __init__(
        self,
        url: str,
        *,
        metrics: Callable[[], bytes] | None = None,
        metrics_s: float = METRICS_S,
        backoff: Backoff | None = None,
        max_waiting: int = MAX_WAITING,
        gather_s: float = GATHER_S,
    ) -> None:
        self.url = traces_url(url)
        self.problem = ""
        self.sent = 0
        self.dropped = 0
        self._max_waiting = max_waiting
        self._gather_s = gather_s
        self._backoff = backoff or Backoff(longest_s=LONGEST_RETRY_S)
        self._waiting: deque[Trace] = deque()
        self._count = 0  # of the spans that wait
        self._changed = threading.Condition()
        self._is_sending = False
        self._closing = False
        self._until = float("inf")
        self._metrics = metrics
        self._metrics_s = metrics_s
        self._metrics_due = time.monotonic() + metrics_s
        self._client = _client(self.url)
        self._thread = threading.Thread(target=self._run, name="otlp", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """The number of spans that are not sent yet."""
        return self._count

    def put(self, trace: Trace) -> None:
        """Have the spans of `trace` sent. If too many wait, the oldest are dropped."""
        with self._changed:
            self._waiting.append(trace)
            self._count += len(trace.spans)
            while self._count > self._max_waiting and len(self._waiting) > 1:
                lost = len(self._waiting.popleft().spans)
                self._count -= lost
                self.dropped += lost
            self._changed.notify()

    def flush(self, seconds: float) -> bool:
        """Wait so long until everything is sent or dropped; return whether it is."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not self._waiting and not self._is_sending, seconds
            )

    @property
    def is_at_work(self) -> bool:
        """Whether its thread is there: after `end`, until nothing more is sent."""
        return self._thread.is_alive()

    def end(self, last_s: float = LAST_S) -> None:
        """Send what is left for `last_s` seconds at most; this does not wait for it."""
        with self._changed:
            self._closing = True
            self._until = time.monotonic() + last_s
            self._changed.notify()

    def close(self, last_s: float = LAST_S) -> None:
        """Send what is left for `last_s` seconds at most, and wait for that."""
        self.end(last_s)
        self._thread.join(last_s + TIMEOUT_S)
        lost = self._count + self.dropped
        if lost:
            are = "1 span was" if lost == 1 else f"{lost:,} spans were"
            self.problem = f"{self.problem} {are} not sent.".strip()

    def _run(self) -> None:
        with self._client:
            self._send_all()

    def _send_all(self) -> None:
        from exlab_gui.telemetry.protobuf import encode

        while (batch := self._next()) is not None:
            self._send_metrics()
            if not batch:
                continue
            body = gzip.compress(encode(batch), 5)
            spans = sum(len(trace.spans) for trace in batch)
            while not self._post(body, spans):
                if not self._pause(self._backoff.next_s()):
                    self._return(batch)
                    return
            self._backoff.reset()
            with self._changed:
                self._is_sending = False
                self._changed.notify_all()
        self._send_metrics(last=True)

    def _next(self) -> list[Trace] | None:
        """Wait for traces and return some of them; None if there is nothing more to send.

        There is none if metrics are due.
        """
        with self._changed:
            while not self._waiting:
                if self._closing:
                    return None
                due_s = None if self._metrics is None else self._metrics_due - time.monotonic()
                if due_s is not None and due_s <= 0:
                    return []
                self._changed.wait(due_s)
            if self._count < MAX_BATCH and not self._closing:
                self._changed.wait(self._gather_s)
            batch, spans = [], 0
            while self._waiting and spans < MAX_BATCH:
                trace = self._waiting.popleft()
                spans += len(trace.spans)
                batch.append(trace)
            self._count -= spans
            self._is_sending = True
            return batch

    def _return(self, batch: list[Trace]) -> None:
        with self._changed:
            self._waiting.extendleft(reversed(batch))
            self._count += sum(len(trace.spans) for trace in batch)

    def _post(self, body: bytes, spans: int) -> bool:
        """Send a request; return whether that is settled, or has to be tried again."""
        import httpx

        from exlab_gui.telemetry.protobuf import rejected

        try:
            answer = self._client.post(self.url, content=body, headers=_HEADERS)
        except httpx.HTTPError as error:
            self._say(_ERRNO.sub("", str(error)) or type(error).__name__)
            return False
        if answer.status_code in _TRY_AGAIN:
            self._say(_said(answer))
            wait_s = answer.headers.get("retry-after", "")
            if wait_s.isdecimal():
                self._pause(min(float(wait_s), LONGEST_RETRY_S))
            return False
        if not answer.is_success:
            self.dropped += spans
            self._say(f"{_said(answer)}; {spans:,} spans are lost")
            return True
        refused, why = rejected(answer.content)
        self.sent += spans - refused
        self.dropped += refused
        self.problem = ""
        if refused:
            self._say(f"{refused:,} spans were rejected: {why or 'no reason given'}")
        return True

    def _send_metrics(self, *, last: bool = False) -> None:
        """Send metrics if they are due. They are sums: what fails is made up for by the next."""
        import httpx

        url = metrics_url(self.url)
        if self._metrics is None or (time.monotonic() < self._metrics_due and not last):
            return
        self._metrics_due = time.monotonic() + self._metrics_s
        if url is None or time.monotonic() > self._until:
            return
        try:
            answer = self._client.post(
                url, content=gzip.compress(self._metrics()), headers=_HEADERS
            )
        except httpx.HTTPError:
            return  # the next traces tell why
        if answer.status_code in _NO_METRICS:
            self._metrics = None  # such as a backend for traces alone

    def _pause(self, seconds: float) -> bool:
        """Wait before the next attempt; return whether there may be one."""
        end = time.monotonic() + seconds
        with self._changed:
            while (now := time.monotonic()) < min(end, self._until):
                self._changed.wait(min(end, self._until) - now)
            return time.monotonic() < self._until

    def _say(self, why: str) -> None:
        self.problem = sanitize(f"{without_user(self.url)}: {why}.", 500)


def _client(url: str) -> "httpx.Client":
    try:
        import httpx

        from exlab_gui.telemetry import protobuf
    except ImportError:
        raise OtlpError(
            phrase('OpenTelemetry needs more packages: pip install "exlab-gui[otlp]".')
        ) from None
    del protobuf  # it is there when it is needed
    try:
        httpx.URL(url)
        return httpx.Client(timeout=TIMEOUT_S, headers=headers(os.environ.get(_ENVIRONMENT, "")))
    except (httpx.InvalidURL, ValueError) as error:
        raise OtlpError(f"{without_user(url)} or {_ENVIRONMENT} cannot be used: {error}.") from None


def _said(answer: "httpx.Response") -> str:
    return f"{answer.status_code} {answer.reason_phrase}".strip()

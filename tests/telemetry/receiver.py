"""A receiver of OpenTelemetry's traces, which reads them as the official messages."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2 as metrics_service
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as service


class Receiver:
    """Takes traces at `url`; the next requests are answered with the statuses in `answers`."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.metrics: list[Any] = []
        self.resources: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answers: list[int] = []
        self.rejected = 0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.headers.append(dict(self.headers))
                receiver.asked.set()
                receiver.may_answer.wait(10)
                status = receiver.answers.pop(0) if receiver.answers else 200
                answer = service.ExportTraceServiceResponse()
                if status == 200:
                    assert self.headers["content-type"] == "application/x-protobuf"
                    receiver.take(gzip.decompress(body), self.path)
                    answer.partial_success.rejected_spans = receiver.rejected
                    answer.partial_success.error_message = "too old" if receiver.rejected else ""
                said = answer.SerializeToString()
                self.send_response(status)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, body: bytes, path: str) -> None:
        self.paths.append(path)
        if path == "/v1/metrics":
            self.metrics.append(metrics_service.ExportMetricsServiceRequest.FromString(body))
            return
        request = service.ExportTraceServiceRequest.FromString(body)
        for of in request.resource_spans:
            known = {one.key: one.value.string_value for one in of.resource.attributes}
            self.resources.append(known)
            for scope in of.scope_spans:
                self.spans.extend(scope.spans)

    def close(self) -> None:
        self.may_answer.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    try:
        yield receiver
    finally:
        receiver.close()

"""Traces as OTLP in Protobuf, which every backend takes over HTTP."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from exlab_gui.export.otlp.json_lines import INTERNAL, SCOPE
from exlab_gui.export.otlp.spans import Attributes, Span, Trace, Value

_PROTO = "opentelemetry.proto"
# The classes of these modules are made when they are imported: no checker knows their types.
_collector: Any = import_module(f"{_PROTO}.collector.trace.v1.trace_service_pb2")
_common: Any = import_module(f"{_PROTO}.common.v1.common_pb2")
_resource: Any = import_module(f"{_PROTO}.resource.v1.resource_pb2")
_trace: Any = import_module(f"{_PROTO}.trace.v1.trace_pb2")
_protobuf: Any = import_module("google.protobuf.message")


def encode(traces: Sequence[Trace]) -> bytes:
    """Return the body of a request that exports `traces`."""
    request = _collector.ExportTraceServiceRequest(
        resource_spans=[
            _trace.ResourceSpans(
                resource=_resource.Resource(attributes=_attributes(trace.resource)),
                scope_spans=[
                    _trace.ScopeSpans(
                        scope=_common.InstrumentationScope(**SCOPE), spans=map(_span, trace.spans)
                    )
                ],
            )
            for trace in traces
        ]
    )
    body: bytes = request.SerializeToString()
    return body


def rejected(body: bytes) -> tuple[int, str]:
    """Return how many spans the response `body` says were rejected, and why."""
    try:
        partial = _collector.ExportTraceServiceResponse.FromString(body).partial_success
    except _protobuf.DecodeError:  # some receivers answer in words
        return 0, ""
    return partial.rejected_spans, partial.error_message


def _span(span: Span) -> Any:
    return _trace.Span(
        trace_id=span.trace_id,
        span_id=span.span_id,
        parent_span_id=span.parent_id,
        name=span.name,
        kind=INTERNAL,
        start_time_unix_nano=span.start_ns,
        end_time_unix_nano=span.end_ns,
        attributes=_attributes(span.attributes),
        events=[
            _trace.Span.Event(
                time_unix_nano=event.time_ns,
                name=event.name,
                attributes=_attributes(event.attributes),
            )
            for event in span.events
        ],
        dropped_events_count=span.dropped_events,
        links=[
            _trace.Span.Link(trace_id=link.trace_id, span_id=link.span_id) for link in span.links
        ],
        status=_trace.Status(code=int(span.status), message=span.message),
    )


def _attributes(attributes: Attributes) -> list[Any]:
    return [_common.KeyValue(key=key, value=_value(value)) for key, value in attributes.items()]


def _value(value: Value) -> Any:
    match value:
        case bool():
            return _common.AnyValue(bool_value=value)
        case int():
            return _common.AnyValue(int_value=value)
        case float():
            return _common.AnyValue(double_value=value)
        case str():
            return _common.AnyValue(string_value=value)
    return _common.AnyValue(array_value=_common.ArrayValue(values=map(_value, value)))

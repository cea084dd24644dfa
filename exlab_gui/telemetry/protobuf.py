"""Traces and metrics as OTLP in Protobuf, which every backend takes over HTTP."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from exlab_gui.export.otlp.json_lines import INTERNAL, SCOPE
from exlab_gui.export.otlp.spans import Attributes, Span, Trace, Value
from exlab_gui.telemetry.metrics import BOUNDS_S, Figures

_PROTO = "opentelemetry.proto"
# The classes of these modules are made when they are imported: no checker knows their types.
_collector: Any = import_module(f"{_PROTO}.collector.trace.v1.trace_service_pb2")
_metrics_collector: Any = import_module(f"{_PROTO}.collector.metrics.v1.metrics_service_pb2")
_metrics: Any = import_module(f"{_PROTO}.metrics.v1.metrics_pb2")
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


def encode_metrics(figures: Figures, known: Attributes) -> bytes:
    """Return the body of a request that exports `figures` of what has the attributes `known`."""
    span = {"start_time_unix_nano": figures.since_ns, "time_unix_nano": figures.now_ns}
    number, cumulative = _metrics.NumberDataPoint, _metrics.AGGREGATION_TEMPORALITY_CUMULATIVE
    ended = [
        number(as_int=count, attributes=_attributes(_of_end(*end)), **span)
        for end, count in figures.ended.items()
    ]
    times = [
        _metrics.HistogramDataPoint(
            count=of.visits,
            sum=of.sum_s,
            bucket_counts=of.buckets,
            explicit_bounds=BOUNDS_S,
            attributes=_attributes({"exlab.state": state}),
            **span,
        )
        for state, of in figures.times.items()
    ]
    now = {"time_unix_nano": figures.now_ns}
    metrics = [
        _metrics.Metric(
            name="exlab.sessions.ended",
            unit="{session}",
            description="Sessions that have ended, by outcome",
            sum=_metrics.Sum(
                data_points=ended, aggregation_temporality=cumulative, is_monotonic=True
            ),
        ),
        _metrics.Metric(
            name="exlab.state.duration",
            unit="s",
            description="Dwell times by state",
            histogram=_metrics.Histogram(data_points=times, aggregation_temporality=cumulative),
        ),
        _metrics.Metric(
            name="exlab.sessions.waiting",
            unit="{session}",
            description="Sessions that wait for an answer now",
            gauge=_metrics.Gauge(data_points=[number(as_int=figures.waiting, **now)]),
        ),
        _metrics.Metric(
            name="exlab.sessions.open",
            unit="{session}",
            description="Sessions that go on now",
            gauge=_metrics.Gauge(data_points=[number(as_int=figures.going_on, **now)]),
        ),
    ]
    request = _metrics_collector.ExportMetricsServiceRequest(
        resource_metrics=[
            _metrics.ResourceMetrics(
                resource=_resource.Resource(attributes=_attributes(known)),
                scope_metrics=[
                    _metrics.ScopeMetrics(
                        scope=_common.InstrumentationScope(**SCOPE), metrics=metrics
                    )
                ],
            )
        ]
    )
    body: bytes = request.SerializeToString()
    return body


def _of_end(outcome: str, error_code: str) -> Attributes:
    known = {"exlab.outcome": outcome, "error.type": error_code}
    return {name: text for name, text in known.items() if text}


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

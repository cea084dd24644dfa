"""Traces as OTLP JSON Lines: a line per session, each the spans of a trace."""

from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from exlab_gui import __version__
from exlab_gui.core.trace import Header, Recording
from exlab_gui.export.batch.sessions import Sessions, Summaries
from exlab_gui.export.otlp.spans import (
    Attributes,
    Span,
    SpanEvent,
    Trace,
    Value,
    resource,
    span_events,
    spans,
    trace_id,
)

SCOPE = {"name": "exlab-gui", "version": __version__}

INTERNAL = 1
"""The kind of a span that is neither a request nor the answer to one, by OpenTelemetry's number."""


def write_otlp(sessions: Sessions, file: BinaryIO) -> None:
    """Write a line for each of `sessions`."""
    file.writelines(msgspec.json.encode(to_json(trace)) + b"\n" for trace in traces(sessions))


def traces(sessions: Sessions) -> Iterator[Trace]:
    """Yield the trace of each session; one with several recordings is one trace."""
    found = Summaries()
    headers: dict[bytes, Header] = {}
    events: dict[bytes, list[SpanEvent]] = {}
    for recording in sessions:
        trace = trace_id(found.add(recording))
        headers.setdefault(trace, recording.header)
        events.setdefault(trace, []).extend(_events(recording))
    summaries = found.joined()
    forks = {session.label: trace_id(session) for session in summaries}
    for session in summaries:
        trace = trace_id(session)
        own = sorted(events.get(trace, ()), key=lambda event: event.time_ns)
        yield Trace(
            resource(session, headers[trace].programs),
            spans(session, own, forks, operator=sessions.operator),
        )


def to_json(trace: Trace) -> dict[str, Any]:
    """Return the traces data of OTLP that hold `trace`: ids in hex, large numbers as texts."""
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": _attributes(trace.resource)},
                "scopeSpans": [{"scope": SCOPE, "spans": [_span(span) for span in trace.spans]}],
            }
        ]
    }


def _events(recording: Recording) -> Iterator[SpanEvent]:
    return span_events(recording.events, recording.machine)


def _span(span: Span) -> dict[str, Any]:
    said: dict[str, Any] = {
        "traceId": span.trace_id.hex(),
        "spanId": span.span_id.hex(),
        "name": span.name,
        "kind": INTERNAL,
        "startTimeUnixNano": str(span.start_ns),
        "endTimeUnixNano": str(span.end_ns),
        "attributes": _attributes(span.attributes),
        "status": {"code": int(span.status)},
    }
    if span.parent_id:
        said["parentSpanId"] = span.parent_id.hex()
    if span.message:
        said["status"]["message"] = span.message
    if span.events:
        said["events"] = [
            {
                "timeUnixNano": str(event.time_ns),
                "name": event.name,
                "attributes": _attributes(event.attributes),
            }
            for event in span.events
        ]
    if span.dropped_events:
        said["droppedEventsCount"] = span.dropped_events
    if span.links:
        said["links"] = [
            {"traceId": link.trace_id.hex(), "spanId": link.span_id.hex()} for link in span.links
        ]
    return said


def _attributes(attributes: Attributes) -> list[dict[str, Any]]:
    return [{"key": key, "value": _value(value)} for key, value in attributes.items()]


def _value(value: Value) -> dict[str, Any]:
    match value:
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value)}
        case float():
            return {"doubleValue": value}
        case str():
            return {"stringValue": value}
    return {"arrayValue": {"values": [_value(one) for one in value]}}

"""Recordings become traces that the official messages can hold."""

import base64
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from exlab_gui.core.protocol.envelopes import ProgressEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.trace import Fork, Recording
from exlab_gui.export.batch.sessions import Sessions
from exlab_gui.export.otlp.json_lines import write_otlp
from exlab_gui.export.otlp.spans import MAX_EVENTS
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT

ID = "5f0c8a1e-0d5b-4a4e-9f55-6d3f6a0f8a11"
START = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def kept(folder: Path, name: str, *events: Event, **header: object) -> Path:
    path = folder / f"{name}.exlab.jsonl"
    save(path, Recording(msgspec.structs.replace(SHORT.header, label=name, **header), events))
    return path


def traces(*paths: Path, **more: bool) -> list[dict[str, Any]]:
    """Return the lines of the file, parsed."""
    file = io.BytesIO()
    write_otlp(Sessions(paths, **more), file)
    return [msgspec.json.decode(line) for line in file.getvalue().splitlines()]


def spans(trace: dict[str, Any]) -> list[dict[str, Any]]:
    (of,) = trace["resourceSpans"]
    (scope,) = of["scopeSpans"]
    found: list[dict[str, Any]] = scope["spans"]
    return found


def attributes(of: dict[str, Any]) -> dict[str, Any]:
    return {one["key"]: next(iter(one["value"].values())) for one in of["attributes"]}


def test_a_session_is_a_trace(tmp_path: Path) -> None:
    """Its span has the id of the session, and holds a span per visit; twice, it is the same."""
    path = kept(tmp_path, "a", *SHORT.events, session_id=ID)
    (trace,) = traces(path)
    root, *visits = spans(trace)
    assert {span["traceId"] for span in spans(trace)} == {UUID(ID).hex}
    assert {span["parentSpanId"] for span in visits} == {root["spanId"]}
    assert [span["name"] for span in visits] == [
        *("pending", "validating", "rendering", "plugin_pass", "failed")
    ]
    assert len({span["spanId"] for span in spans(trace)}) == 6
    assert attributes(root)["exlab.outcome"] == "failed"
    assert "user.name" not in attributes(root)
    assert attributes(spans(traces(path, operator=True)[0])[0])["user.name"] == "Ada"
    assert traces(path) == [trace]


def test_what_was_not_observed_is_marked(tmp_path: Path) -> None:
    """A span begins at the latest time; the earliest, and how long it lasted, are attributes."""
    doubted = Event(2, at(2), "validating", Origin.OBSERVED, earliest=at(1), mark=Mark.GAP)
    path = kept(tmp_path, "a", Event(1, at(0), "pending", Origin.OBSERVED), doubted)
    root, pending, validating = spans(traces(path)[0])
    assert attributes(validating)["exlab.known"] == "unobserved"
    assert attributes(validating)["exlab.start.earliest"] == at(1).isoformat()
    told = attributes(pending)
    assert (told["exlab.dwell.least_ms"], told["exlab.dwell.most_ms"]) == (1000.0, 2000.0)
    assert (
        attributes(root)["exlab.unfinished"] is attributes(validating)["exlab.unfinished"] is True
    )
    assert root["status"] == {"code": 0}


def test_a_fork_is_linked(tmp_path: Path) -> None:
    """The trace of a fork leads to that of the session whose history it begins with."""
    pending = Event(1, at(0), "pending", Origin.OBSERVED)
    first = kept(tmp_path, "first", pending, session_id=ID)
    fork = kept(tmp_path, "fork", pending, fork=Fork("first", 1))
    alone = kept(tmp_path, "alone", pending, fork=Fork("elsewhere", 1))
    (root, _), (forked, _), (other, _) = map(spans, traces(first, fork, alone))
    assert forked["links"] == [{"traceId": root["traceId"], "spanId": root["spanId"]}]
    assert "links" not in other
    assert attributes(other)["exlab.fork.of"] == "elsewhere"


def test_of_very_many_events_the_first_are_told(tmp_path: Path) -> None:
    """Further ones are counted."""
    progress = ProgressEnvelope("validating_inputs", 1, 2)
    events = [Event(n, at(n), "validating", Origin.OBSERVED, progress) for n in range(2, 302)]
    path = kept(tmp_path, "a", Event(1, at(0), "pending", Origin.OBSERVED), *events)
    *_, validating = spans(traces(path)[0])
    assert len(validating["events"]) == MAX_EVENTS
    assert validating["droppedEventsCount"] == 300 - MAX_EVENTS


def test_the_official_messages_hold_it(tmp_path: Path) -> None:
    """Each line is the data of a trace by the official description, and each id has its length."""
    proto = pytest.importorskip("opentelemetry.proto.trace.v1.trace_pb2")
    from google.protobuf import json_format

    late = Event(1, datetime(2900, 1, 1, tzinfo=UTC), "pending", Origin.OBSERVED)
    for trace in traces(kept(tmp_path, "a", *SHORT.events), kept(tmp_path, "b", late)):
        for span in spans(trace):
            # OTLP has ids in hex, where Protobuf's JSON has base64.
            for key, length in (("traceId", 16), ("spanId", 8), ("parentSpanId", 8)):
                if key in span:
                    raw = bytes.fromhex(span[key])
                    assert len(raw) == length
                    span[key] = base64.b64encode(raw).decode()
        json_format.ParseDict(trace, proto.TracesData())

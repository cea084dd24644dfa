"""Whatever a server sends, nothing is interpreted, nothing breaks, and watching goes on."""

import msgspec
import pytest

from exlab_gui.core.text.event_lines import EventLines
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.malformed import RUBBISH, rubbish
from tests.helpers.live import in_state, listen, source_of, until, watching


async def test_rubbish_in_the_stream_is_kept_and_listening_goes_on(demo):
    """All that reaches the socket is in the history; a message beyond the limit is refused."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        task = listen(source)
        await until(lambda: source.info.connection.startswith("Listening"), source)
        session.step()
        sent = [rubbish(name) for name in RUBBISH if name != "too_large"]
        for message in sent:
            session.send(message)
        session.send(rubbish("too_large"))
        session.run_to("done")
        await task
        assert source.observed.state == "done"
        kept = [event for event in source.history if event.wire is not None]
        read = [event for event in source.history if event.envelope is not None]
        assert len(kept) + len([e for e in read if e.wire is None]) >= len(sent)
        assert source.info.problems
        assert all(len(problem) < 300 and problem.isprintable() for problem in source.info.problems)
        lines = [EventLines(source.machine).line(event, None) for event in source.history]
        assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize("only", ["GET /api/v1/operations", "GET /api/v1/sessions"])
async def test_rubbish_for_answers_is_told_and_watching_goes_on(demo, only):
    """An answer that makes no sense changes nothing, is told, and the next one counts."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        demo.conduct = Conduct(only=only, rubbish=RUBBISH, times=len(RUBBISH))
        subjects = (server, source)
        await until(lambda: server.problems or source.info.problems, *subjects)
        session.run_to("done")
        await in_state(source, "done")
        said = [*server.problems, *source.info.problems]
        assert all(len(problem) < 400 and problem.isprintable() for problem in said)


HOSTILE = {
    "html": "<b onload=alert(1)>&amp;",
    "ansi": "\x1b[31mred",
    "bidi": "\u202egnp.exe",
    "nul": "a\x00b",
    "long": "x" * 10_000_000,
    "number": 2**70,
    "list": [[]],
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize(
    "answer",
    [
        {"session_id": "s", "state": ...},
        {"session_id": ..., "state": "rendering"},
        {"session_id": "s", "state": "failed", "error": ...},
        {"session_id": "s", "state": "failed", "error": {"code": ..., "message": ...}},
        {"session_id": "s", "state": "done", "result": ...},
        {"session_id": "s", "state": "done", "result": {"path": ...}},
        {"session_id": "s", "state": "input_required", "pending_input": ...},
        {
            "session_id": "s",
            "state": "input_required",
            "pending_input": {
                "fields": [{"id": ..., "label": ..., "hint": ...}],
                "reason": ...,
                "plugin": ...,
            },
        },
        {"operations": [{"id": ..., "state": ..., "run_label": ..., "started_at": ...}]},
        {"operations": ...},
    ],
    ids=lambda answer: "-".join(answer),
)
async def test_every_field_of_an_answer(demo, answer, value):
    """Hostile text, in whatever field, ends up as plain text in one line, or as a problem."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        body = msgspec.json.encode(filled(answer, value))
        path = "GET /api/v1/operations" if "operations" in answer else "GET /api/v1/sessions/"
        count = len(demo.requests)
        demo.conduct = Conduct(only=path, raw=(body,), times=1)
        session.run_to("done")
        await in_state(source, "done")
        assert len(demo.requests) > count
        lines = [EventLines(source.machine).line(event, None) for event in source.history]
        said = [
            *lines,
            *server.problems,
            *source.info.problems,
            server.notice,
            source.info.connection,
        ]
        assert all(len(line) < 700 and line.isprintable() for line in said)


def filled(shape, value):
    """Return `shape` with `value` in each place that is left open."""
    match shape:
        case dict():
            return {key: filled(part, value) for key, part in shape.items()}
        case list():
            return [filled(part, value) for part in shape]
    return value if shape is ... else shape

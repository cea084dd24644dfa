"""What a server sends, of any bytes: answers, messages of the event stream, in any order.

An input has parts between record separators. The first byte of each says what it is: ``m`` a
message of the stream, ``s`` a snapshot, ``e`` one after the end of the stream, ``o`` the list of
sessions, ``h`` the server's health, ``r`` a refusal, ``d`` the details of a run, ``t`` the tree of
runs, ``u`` the state of the setup; ``l`` a loss, ``q`` a question that is asked again, ``a`` an
answer that the server took, ``c`` a cancel, ``b`` a clock that is set back.
"""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

import msgspec

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Mark, Origin
from exlab_gui.core.protocol.form import answers_to_send, rules, wrong_answers
from exlab_gui.core.text.event_lines import EventLines
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.trace import Recording, new_header
from exlab_gui.core.trace.line import decode_event, encode_event
from exlab_gui.sources.live import responses
from exlab_gui.sources.live.endings.run_details import read_run
from exlab_gui.sources.live.errors import NotUnderstoodError
from exlab_gui.sources.live.history import ObservedHistory
from exlab_gui.sources.live.observation import Observation, observe
from exlab_gui.sources.live.polling.runs_on_disk import read_tree
from tests.fuzz import reference
from tests.helpers.mutations import SPLICES
from tests.helpers.mutations import mutated as mutated_recording

MAX_BYTES = 2_048
"""Long enough for a session of twenty messages; longer ones reach nothing else."""

MAX_PARTS = 24
SEPARATOR = b"\x1e"
START = datetime(2026, 1, 31, 12, tzinfo=UTC)
LONGEST_LINE = 2_000


def one(data: bytes) -> str:
    """Hold what has to hold for a server that sends this, and return what came of it."""
    observed: ObservedHistory | None = None
    opened: datetime | None = None
    at, told, understood = START, 0, 0
    for part in data.split(SEPARATOR)[:MAX_PARTS]:
        kind, body = part[:1], part[1:]
        at += timedelta(seconds=-3600 if kind == b"b" else 1)
        told += 1
        if kind in (b"h", b"o", b"r", b"d", b"t", b"u"):
            opened = _read(kind, body) or opened
            continue
        if kind in (b"s", b"e"):
            with suppress(NotUnderstoodError):
                snapshot = responses.read_snapshot(body)
                understood += 1
                observation = observe(CREATION_MACHINE, snapshot)
                if observed is None:
                    observed = ObservedHistory(CREATION_MACHINE, observation, at, opened)
                else:
                    exact = kind == b"e"
                    observed.take_observation(
                        observation, at - timedelta(seconds=1), at, exact=exact
                    )
                for name in snapshot.misunderstood:
                    observed.add_problem(f"The server's {name} could not be understood.")
            continue
        if observed is None:
            first = Observation(CREATION_MACHINE.initial)
            observed = ObservedHistory(CREATION_MACHINE, first, at, opened)
        if kind == b"l":
            observed.note_loss()
        elif kind == b"q" and observed.question:
            observed.take_repeated_question(at)
        elif kind == b"a" and observed.question:
            observed.note_answers(_answer(observed.question))
        elif kind == b"c":
            observed.note_cancel(discard_files=bool(body))
        else:
            observed.take_message(body, at)
            _assert_understood(body, observed)
    if observed is None:
        return "nothing observed"
    _assert_sound(observed)
    return "understood in part" if understood or not observed.problems else "not understood"


def parts_of(data: bytes) -> int:
    """Return how many messages and answers an input has."""
    return min(data.count(SEPARATOR) + 1, MAX_PARTS)


def _read(kind: bytes, body: bytes) -> datetime | None:
    """Return when the last listed session was opened, if that is what `body` tells."""
    with suppress(NotUnderstoodError):
        if kind == b"h":
            health = responses.read_health(body)
            assert all(concern.isprintable() for concern in health.concerns)
        elif kind == b"o":
            listing = responses.read_operations(body)
            assert listing.misunderstood >= 0
            starts = [session.started for session in listing.operations]
            assert all(responses.is_usable_id(session.id) for session in listing.operations)
            return starts[-1] if starts else None
        elif kind == b"d":
            explained = read_run(body).explained
            event = Event(1, START, "done", Origin.OBSERVED, cause=explained, mark=Mark.LATE)
            assert decode_event(encode_event(event)) == event
        elif kind == b"t":
            assert all(made.name.isprintable() for made in read_tree(body))
        elif kind == b"u":
            responses.read_missing(body)
        else:
            assert str(responses.read_refusal(body, 500)).isprintable()
    return None


def _answer(question: InputRequiredEnvelope) -> dict[str, object]:
    """Return what is sent if an operator submits the form as it is."""
    today = START.date()
    held = {field.id: rules(field.type).initial(field, today) for field in question.fields}
    wrong = wrong_answers(question.fields, held)
    assert wrong.keys() <= held.keys()
    answers = answers_to_send(question.fields, held)
    msgspec.json.encode(answers)
    return answers


def _assert_understood(body: bytes, observed: ObservedHistory) -> None:
    """Hold that a message is understood if, and only if, it has the shape of the contract."""
    event = observed.arrivals[-1]
    match _expected(body):
        case True:
            assert event.envelope is not None, body
        case False:
            assert event.envelope is None, body
            assert event.wire == body


@lru_cache(50_000)
def _expected(body: bytes) -> bool | None:
    """Return whether a message is to be understood; None if the contract leaves it open."""
    try:
        said = reference.parse(body)
    except reference.BadError:
        return False
    except reference.UnclearError:
        return None
    if not reference.is_envelope(said):
        return False
    known = CREATION_MACHINE.told_by(said.get("phase") or said["kind"]) is not None
    return True if known else None


def _assert_sound(observed: ObservedHistory) -> None:
    history = observed.arrivals
    lines = EventLines(CREATION_MACHINE)
    before = None
    for number, event in enumerate(history, 1):
        assert event.seq == number
        assert before is None or before.at <= event.at
        assert event.earliest is None or event.earliest < event.at
        assert sanitize(event.state, MAX_NAME) == event.state
        assert decode_event(encode_event(event)) == event
        line = lines.line(event, before)
        assert line.isprintable()
        assert len(line) < LONGEST_LINE
        before = event
    assert all(problem.isprintable() for problem in observed.problems)
    header = new_header(CREATION_MACHINE, "live", "http://127.0.0.1:1", history[0].at)
    found = {(f.event_index, str(f.rule)) for f in check(CREATION_MACHINE, history)}
    with suppress(reference.UnclearError):
        read = reference.read(b"".join(Recording(header, history).lines()))
        assert read is not None
        assert not read.bad
        assert found == reference.judge(read.machine, read.events)


@lru_cache(1)
def seeds() -> list[bytes]:
    """Return what a server sends in a few sessions."""
    phase = '{"kind":"phase","phase":"%s","at":"2026-01-31T12:00:00Z"}'
    field = {"id": "a", "label": "A", "type": "choice", "required": True, "options": ["x", "y"]}
    asked = {"kind": "input_required", "fields": [field], "reason": "?", "plugin": "p"}
    odd = asked | {
        "fields": [{"name": 7, "type": "number", "default": 1.5, "options": [1, "1"]}, 3]
    }
    listed = {"id": "5f0c", "state": "rendering", "started_at": "2026-01-31T11:59:00Z"}
    error = {"code": "internal_error", "message": "m", "field": "f", "details": {"errors": [1]}}

    def snapshot(state: str, **more: object) -> str:
        return json.dumps({"session_id": "5f0c", "state": state, "next_action": "none", **more})

    way = ("validating_inputs", "rendering_template", "running_plugins")
    rest = ("writing_cache", "validating_post_creation", "queueing_nas_sync")
    between = '{"kind":"progress","phase":"running_plugins","current":1,"total":2}'
    warning = '{"kind":"warning","phase":"queueing_nas_sync","message":"m"}'
    done = '{"kind":"done","result":{"path":"/a","sync_status":"pending","blocked":false}}'
    failed = json.dumps({"kind": "failed", "phase": "running_plugins", "error": error})
    conversations: list[list[str]] = [
        [f"s{snapshot('pending')}", *(f"m{phase % name}" for name in way), f"m{between}"],
        ["m" + phase % way[0], f"s{snapshot('plugin_pass')}", "m" + phase % way[1], f"m{failed}"],
        [*(f"m{phase % name}" for name in way), f"m{json.dumps(asked)}", "a", "m" + phase % way[2]],
        [f"s{snapshot('input_required', pending_input=odd)}", "q", "a", f"s{snapshot('aborted')}"],
        [f"o{json.dumps({'operations': [listed, 7]})}", f"s{snapshot('rendering')}", "b", "l"],
        [*(f"m{phase % name}" for name in rest), f"m{warning}", f"m{done}", f"e{snapshot('done')}"],
        [f"s{snapshot('failed', error=error)}", f"s{snapshot('done', result={'path': '/a'})}"],
        ["c1", f"s{snapshot('aborted', error={'code': 'cancelled', 'discard_files': True})}"],
        ['h{"status":"ok","version":"0.1","schema_versions":{"creation_json":"2.0"}}', "m\xff"],
        [f"r{json.dumps({'error': error})}", 'm{"kind": "lims",  "x": [1]}', f"m{json.dumps(odd)}"],
    ]
    plugin = {"plugin": "p", "status": "failed", "exit_code": 1, "isolation": {"duration_ms": 5}}
    run = {"path": "/a/b", "sync_status": "pending", "readme": "x", "plugins_applied": [plugin, 7]}
    run["template"] = {"name": "t", "version": 1}
    made = {"path": "/a/b", "name": "b", "sync_status": "pending", "has_creation_json": True}
    project = {"name": "p", "path": "/a", "runs": [made], "test_runs": [made, None]}
    tree = {"equipment": [{"id": "e", "projects": [project]}]}
    conversations += [
        [f"d{json.dumps(run)}", f"t{json.dumps(tree)}", 'u{"missing":["lims",{"x":[]}]}'],
    ]
    return [SEPARATOR.join(part.encode("latin-1") for part in parts) for parts in conversations]


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with a part moved, or something done to its bytes."""
    parts = data.split(SEPARATOR)
    match random.randrange(8):
        case 0:
            parts.insert(random.randrange(len(parts) + 1), random.choice(parts))
        case 1:
            random.shuffle(parts)
        case 2:
            parts += random.choice(seeds()).split(SEPARATOR)
        case 3:
            index = random.randrange(len(parts))
            parts[index] = random.choice([b"m", b"s", b"e", b"o"]) + parts[index][1:]
        case _:
            index = random.randrange(len(parts))
            parts[index] = mutated_recording(parts[index], random)
    return SEPARATOR.join(parts)


_PHASES = filter(None, CREATION_MACHINE.phases.values())
splices = (*SPLICES, *(b'"%s"' % word.encode() for word in (*CREATION_MACHINE.states, *_PHASES)))

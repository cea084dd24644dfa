"""What was redacted is nowhere in the recording any more, and the rest is as it was."""

import time
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import (
    DoneEnvelope,
    Error,
    FailedEnvelope,
    InputRequiredEnvelope,
    WarningEnvelope,
)
from exlab_gui.core.protocol.events import Event, Origin, Resumed
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.protocol.wire import read_envelope
from exlab_gui.core.trace import Fork, Recording, load, new_header
from exlab_gui.export.recording import save
from exlab_gui.export.redaction.redact import private_words, redact
from tests.core.trace.kept import SHORT, file_bytes

AT = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def recorded(*envelopes, cause=None, wire=None, **request):
    """Return a recording of events with `envelopes`, and one with `cause` and `wire`."""
    events = [
        Event(seq, AT, "plugin_pass", Origin.OBSERVED, envelope)
        for seq, envelope in enumerate(envelopes, 1)
    ]
    events.append(Event(len(events) + 1, AT, "plugin_pass", Origin.OBSERVED, None, cause, wire))
    header = new_header(CREATION_MACHINE, "live-1", "http://127.0.0.1:8321", AT, request=request)
    return Recording(header, events)


def warning(text):
    """Return a warning that says `text`."""
    return WarningEnvelope("running_plugins", text)


def text(of):
    """Return what the file of a recording holds, as text."""
    return file_bytes(of).decode()


def said(of):
    """Return what the warnings of a recording say."""
    return [event.envelope.message for event in of.events if event.kind == "warning"]


names = st.text("qwxyzQWXYZéß_ ", min_size=5, max_size=12).filter(
    lambda text: sum(map(str.isalpha, text)) >= 4
)


@given(
    st.lists(names, min_size=6, max_size=6, unique_by=str.lower), st.text(" ,.:'\"<", max_size=3)
)
def test_private_words_appear_nowhere(words, around):
    """Operator, path, labels and answers are gone, from free text and unknown messages too."""
    operator, folder, label, answer, field, option = (word.strip() for word in words)
    everything = around.join(["", operator, folder, label, answer.upper(), field, option, ""])
    question = Field("sample_id", field, "choice", True, option, (option, "fast"), everything)
    kept = redact(
        recorded(
            InputRequiredEnvelope((question,), everything, "sample_sheet"),
            warning(everything),
            FailedEnvelope(
                None, Error("internal_error", everything, None, [{everything: everything}])
            ),
            DoneEnvelope({"path": f"/srv/{folder}", "blocked": False, "more": everything}),
            cause=Resumed({"sample_id": answer, "also": [option, {"deep": everything}]}),
            wire=msgspec.json.encode({"kind": "lims", "operator": operator, "text": everything}),
            operator=operator,
            label=label,
            template_path=f"{folder}/template",
            objective=everything,
        )
    )
    for word in (operator, folder, label, answer, field, option):
        assert word.lower() not in text(kept).lower()


def test_the_same_words_have_the_same_placeholder():
    """A placeholder stands for the same words everywhere, whatever their case."""
    kept = redact(
        recorded(
            warning("ada lovelace and Grace"), operator="Ada Lovelace", variables={"who": "Grace"}
        )
    )
    assert said(kept) == ["[operator 1] and [answer 1]"]
    assert kept.header.request == {"operator": "[operator 1]", "variables": {"who": "[answer 1]"}}


@pytest.mark.parametrize(
    ("message", "redacted"),
    [
        ("Lovelace, that is Ada.", "[operator 1], that is [operator 1]."),
        ("Adamant", "Adamant"),
        ("Run_7 is locked", "[path 1] is locked"),
        ("see /home/ada/x.txt, or ~/y.", "see [path 2], or [path 3]."),
        (r"no C:\lab\x.csv or \\nas\lab", "no [path 2] or [path 3]"),
        ("and/or 3/4 of http://127.0.0.1:8321/api?a=b", "and/or 3/4 of [address 1]"),
        ("S1 and S11 and xS1", "[answer 1] and S11 and xS1"),
        ("S-0042b", "[answer 2]b"),
        ("12345 or 1", "[answer 3] or 1"),
    ],
)
def test_what_gives_a_private_word_away_is_replaced_too(message, redacted):
    """Parts of names and of paths, and paths that only a message has, are replaced."""
    kept = redact(
        recorded(
            warning(message),
            cause=Resumed({"a": "S1", "b": "S-0042", "c": 12345, "d": True, "e": None, "f": ""}),
            operator="Ada Lovelace",
            path="Equipment_1/Run_7",
        )
    )
    assert said(kept) == [redacted]


def test_answers_that_are_no_text_are_replaced_in_place():
    """A number, a truth value and whatever is in lists are private as answers, null is not."""
    cause = Resumed({"n": 7, "yes": True, "list": [1.5, None, {"x": "y"}], "none": None, "no": ""})
    assert redact(recorded(cause=cause)).events[0].cause.answers == {
        "n": "[answer 1]",
        "yes": "[answer 2]",
        "list": ["[answer 3]", None, {"x": "[answer 4]"}],
        "none": None,
        "no": "",
    }


def test_what_the_machine_names_stays():
    """States, phases, kinds, codes and times stay where they are private words too."""
    kept = Recording(
        msgspec.structs.replace(SHORT.header, label="plugin_pass", request={"operator": "failed"}),
        [
            *SHORT.events[:-1],
            msgspec.structs.replace(
                SHORT.events[-1],
                envelope=FailedEnvelope("running_plugins", Error("internal_error", "failed")),
                cause=Resumed({"a": "internal_error", "b": "rendering_template", "c": "simulated"}),
            ),
        ],
    )
    redacted = redact(kept)
    assert [event.state for event in redacted.events] == [event.state for event in kept.events]
    assert redacted.events[-1].envelope == FailedEnvelope(
        "running_plugins", Error("internal_error", "[operator 1]")
    )
    assert redacted.header.machine == kept.header.machine
    assert check(redacted.machine, redacted.events) == check(kept.machine, kept.events)


def test_a_message_that_is_no_text_is_left_out():
    """Nobody can tell what is in a message that is not text, or not JSON: it is removed."""
    for message in (b"\xffAda", b"{Ada", b'{"op":"Jos\\u00e9", x}', b"Sm9zw6k="):
        assert redact(recorded(wire=message)).events[0].wire == b"[removed]"


def test_words_that_the_user_adds_are_replaced_too():
    """What is in `more` is replaced like a word that was found."""
    kept = redact(recorded(warning("Miller and MILLER'S mice")), ["miller", "mice"])
    assert said(kept) == ["[word 1] and [word 1]'S [word 2]"]


def test_what_is_replaced_is_known_beforehand():
    """Each private word is listed once, as it was first found, with its placeholder."""
    kept = recorded(warning("ada at /x/y.txt"), operator="Ada Lovelace", label="ADA LOVELACE")
    assert private_words(kept) == [
        ("Ada Lovelace", "[operator 1]"),
        ("live-1", "[label 1]"),
        ("http://127.0.0.1:8321", "[server 1]"),
        ("/x/y.txt", "[path 1]"),
    ]


def test_what_is_not_known_to_be_harmless_is_replaced():
    """A field that this program does not know, a source, an id and a version may tell of people."""
    message = {"kind": "lims", "assigned": ["Grace", 7], "at": "soon", "more": {"message": "Hi"}}
    kept = recorded(wire=msgspec.json.encode(message), ward="B 7")
    header = msgspec.structs.replace(
        kept.header,
        source="http://grace-pc.lab.example.org:8321",
        session_id="grace-1",
        programs={"exlab-gui": "0.1.0", "python": "3.12 (/home/grace/venv)"},
        fork=Fork("P-17/grace", 1),
    )
    redacted = redact(Recording(header, kept.events))
    assert msgspec.json.decode(redacted.events[0].wire) == {
        "kind": "lims",
        "assigned": ["[value 2]", "[value 3]"],
        "at": "[value 4]",
        "more": {"message": "[value 5]"},
    }
    assert redacted.header.request == {"ward": "[value 1]"}
    assert redacted.header.programs == {"exlab-gui": "0.1.0", "python": "[version 1]"}
    assert redacted.header.source.startswith("[server ")
    assert redacted.header.fork == Fork("[label 2]", 1)
    assert "grace" not in text(redacted)


def test_it_takes_as_long_for_each_of_many_words():
    """Four times as many paths take about four times as long, not sixteen times."""

    def seconds(count):
        kept = recorded(*(warning(f"no /data/run_{n}/x_{n * 7}.raw: quota") for n in range(count)))
        begun = time.process_time()
        redact(kept)
        return time.process_time() - begun

    assert min(seconds(1_000) for _ in range(2)) < 10 * min(seconds(250) for _ in range(2))


def test_what_stands_too_deep_is_left_out():
    """Whatever is nested deeper than any form or result is removed."""
    nested = "Ada"
    for _ in range(300):
        nested = [nested]
    kept = redact(recorded(DoneEnvelope({"deep": nested})))
    assert "Ada" not in text(kept)
    assert "[removed]" in text(kept)


def test_what_could_not_be_read_is_left_out(tmp_path):
    """Unreadable and unknown lines, and fields that are not known, are not in the redacted file."""
    data = file_bytes(SHORT).replace(b'{"seq":4', b'{"note":"Ada"}\n{"se Ada\n{"by":"Ada","seq":4')
    (tmp_path / "a").write_bytes(data)
    kept = redact(load(tmp_path / "a"))
    assert "Ada" not in text(kept)
    save(tmp_path / "b", kept)
    assert load(tmp_path / "b").events == SHORT.events


def test_what_was_found_out_after_the_end_is_redacted():
    """How each plugin ended stays; what it touched, the README and the server's log do not."""
    plugin = AppliedPlugin("checksums", "failed", "1.2.0", 3, 120, ("/data/Films/secret.csv",))
    log = ("2026-01-31T12:00:00Z [ERROR] Ms Lindqvist has no key",)
    explained = Explained((plugin,), "pending", "/data/Films/README.md", "films 2", log)
    redacted = redact(recorded(cause=explained))
    kept = redacted.events[-1].cause
    assert (kept.plugins[0].plugin, kept.plugins[0].status) == ("checksums", "failed")
    assert (kept.plugins[0].exit_code, kept.plugins[0].duration_ms) == (3, 120)
    assert not any(word in text(redacted) for word in ("Films", "films", "secret", "Lindqvist"))
    assert msgspec.json.decode(msgspec.json.encode(redacted.events[-1]), type=Event)


def test_an_odd_question_is_redacted():
    """What is shown of it is what its redacted message says."""
    message = (
        b'{"kind":"input_required","fields":[{"id":"tube","type":"rack","default":["S-0042"]}],'
        b'"reason":"No tube for S-0042.","plugin":"sheet"}'
    )
    question, _ = read_envelope(message)
    of = recorded(wire=message)
    of.events[-1] = msgspec.structs.replace(of.events[-1], envelope=question)
    redacted = redact(of, more=["S-0042"])
    assert "S-0042" not in text(redacted)
    assert "S-0042" not in repr(redacted.events)
    assert redacted.events[-1].envelope == read_envelope(redacted.events[-1].wire)[0]


@pytest.mark.parametrize("more", [{}, {"unit": "K"}])
def test_a_question_stays_one_that_a_plugin_may_ask(more):
    """A default of no text is left out: its placeholder would be found to be of another type."""
    fields = [
        {"id": "day", "label": "Day", "type": "date", "default": "2026-03-04"},
        {"id": "dry", "label": "Dry", "type": "boolean", "default": True},
        {"id": "note", "label": "Note", "type": "string", "default": "cold"},
    ]
    asked = {"kind": "input_required", "reason": "?", "plugin": "p"}
    wire = msgspec.json.encode(asked | {"fields": [field | more for field in fields]})
    envelope = read_envelope(wire)[0]
    start = Event(1, AT, "input_required", Origin.OBSERVED, envelope, wire=wire if more else None)
    header = new_header(CREATION_MACHINE, "live-1", "http://127.0.0.1:8321", AT)
    kept = redact(Recording(header, [start]))
    (event,) = kept.events
    assert [field.default for field in event.envelope.fields] == [None, None, "[answer 3]"]
    assert "2026-03-04" not in text(kept)
    assert not [one for one in check(CREATION_MACHINE, kept.events) if one.rule == "odd_question"]

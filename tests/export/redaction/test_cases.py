"""Ways in which private words were left in redacted files, each with the words that must go."""

import base64
import io
import json
from html import unescape

import pytest

from exlab_gui.core.trace import load
from exlab_gui.export.redaction.redact import redact
from exlab_gui.export.report.page import write_report
from exlab_gui.theme.colours import LIGHT
from tests.core.trace.kept import SHORT, file_bytes

HEADER = json.loads(file_bytes(SHORT).split(b"\n")[0]) | {"created": "2026-03-17T09:30:00Z"}
VALIDATING = {"at": "2026-03-17T09:30:01Z", "state": "validating", "origin": "observed"}
DECOMPOSED = "e\u0301", "u\u0301n\u0303"
ANSWERS = {
    "sample_id": "S-0042",
    "n": 12345,
    "b": True,
    "list": ["alpha", "beta"],
    "o": {"inner": "gamma", "deep": {"x": "delta"}},
}
PHASE = {"kind": "phase", "phase": "validating_inputs", "at": "x"}
ANSWERED = {"envelope": PHASE, "cause": {"cause": "resumed", "answers": ANSWERS}}


def asked(**field):
    return {
        "state": "input_required",
        "envelope": {
            "kind": "input_required",
            "fields": [{"type": "choice", "required": True, **field}],
            "reason": field["hint"],
            "plugin": "plugin_okafor",
        },
    }


def of(operator, *said, words, **request):
    """Return the case of an operator, warnings that were said, and what must not be left."""
    return {"request": {"operator": operator, **request}}, said, words


def raw(header, *lines, words):
    """Return the case of a header and events."""
    return header, lines, words


OKAFOR = {"request": {"operator": "okafor"}}
PEOPLE = ("user", "owner", "email", "author", "username", "created_by", "name", "person", "boss")
WINDOWS = r"C:\Users\Mary Okafor\Documents\Heart 48\run.txt"

CASES = {
    "short surname": of(
        "Bo Li", "Li has none", "li@lab.org was told", "bli is out", words="Li has|li@lab|bli"
    ),
    "dotted login": of("m.okafor", "Okafor has no permission", words="Okafor"),
    "login with underscores": of("mary_okafor", "Okafor has", "Mary is away", words="Okafor|Mary"),
    "mail as login": of("mary.okafor@lab.org", "Okafor has", "mary is", words="Okafor|mary is"),
    "login in camel case": of("MaryOkafor", "Okafor has", "mary is", words="Okafor|mary"),
    "other order": of(
        "Mary Okafor", "okafor.mary is", "mokafor has", "OkaforM", words="okafor|mary"
    ),
    "Turkish": of(
        "İpek Işık", "İpek has", "Işık is away", "işık", "ipek", words="İpek|Işık|ipek|isik"
    ),
    "sharp s": of("Groß", "GROSS has no permission", "gross", words="gross"),
    "umlauts": of("Jürgen Müller", "juergen.mueller has", "muller", words="mueller|muller|juergen"),
    "decomposed": of(
        "José Núñez", f"Jos{DECOMPOSED[0]} has", f"N{DECOMPOSED[1]}ez", words="Jos|N\u0301|ez"
    ),
    "Windows path with spaces": of(
        "x", f"Cannot write {WINDOWS}", f"{WINDOWS} of /a/b", words="Okafor|Documents|Heart"
    ),
    "path with spaces": of(
        "x", "Cannot write /Users/Mary Okafor/Heart 48/run.txt", words="Okafor|Heart"
    ),
    "apostrophe": of("x", "No '/Users/Mary O'Brien/Heart'", words="Brien|Heart"),
    "file address": of(
        "x",
        "See file:///home/mokafor/heart.txt",
        "smb://nas/Mary/Heart",
        "//nas/lab/Mary",
        r"\\nas\lab\Mary",
        words="mokafor|Mary|heart",
    ),
    "quoted path": of(
        "x", 'Cannot write "/home/mary okafor/heart data/x.csv"', words="okafor|heart"
    ),
    "path of a shell": of(
        "x",
        r"%USERPROFILE%\Mary\x",
        "$HOME/okafor/x",
        "~mary/okafor/x",
        "path=/home/mary/x",
        "path:/home/mary/y",
        "(/home/mary/z)",
        "mary/heart/run.csv",
        r"data\mary\heart.csv",
        words="okafor|mary|heart",
    ),
    "percent encoded": of(
        "Mary Okafor",
        "GET /x?label=Heart%2048&op=Mary%20Okafor",
        "heart+48",
        "%4Fkafor",
        "Mary%2520Okafor",
        words="Heart%2048|heart+48|Okafor|%4Fkafor|mary",
        label="Heart 48",
    ),
    "HTML encoded": of("Mary Okafor", "&#79;kafor", "Oka&shy;for", words="kafor|Oka&"),
    "escaped": of("José", r"Jos\u00e9 is away", words="Jos"),
    "label in parts": of(
        "x",
        "Heart-48hpf-GFP is there",
        "zebraheart",
        "Zebra  Heart",
        "ZEBRA_HEART",
        words="48hpf|zebraheart|Zebra|ZEBRA_HEART",
        label="Heart_48hpf_GFP",
        project_name="Zebra Heart",
    ),
    "label of a fork": raw(
        {"fork": {"of": "LCMS_01/P-17/Heart_secret", "seq": 1}, "label": "fork-1"},
        words="Heart_secret",
    ),
    "session id": raw({"session_id": "Heart-secret-okafor", **OKAFOR}, words="secret|okafor"),
    "address of the server": raw(
        {"source": "http://mary-okafor-pc.lab.example.org:8321", **OKAFOR}, words="mary|lab.example"
    ),
    "path as source": raw({"source": r"C:\Users\Mary Okafor\x"}, words="Okafor|Mary"),
    "programs": raw({"programs": {"python": "3.12 (/home/okafor/venv)"}}, words="okafor"),
    "equipment and project": of(
        "x",
        *("LCMS_SECRET is busy", "P-SECRET", "Find secret gene", "LIMS-SECRET"),
        words="LCMS_SECRET|P-SECRET|secret gene|LIMS-SECRET",
        equipment_id="LCMS_SECRET",
        project_short_id="P-SECRET",
        objective="Find secret gene",
        lims_project="LIMS-SECRET",
    ),
    "answers": raw(
        {},
        *("S-0042 again", "s0042", "sample S_0042"),
        ANSWERED,
        words="S-0042|s0042|S_0042",
    ),
    "answers in lists and objects": raw(
        {},
        *("12345 of alpha", "gamma and delta", "beta!", "12,345", "12345.0"),
        ANSWERED,
        words="12345|alpha|gamma|delta|beta|12,345",
    ),
    "unknown keys": raw(
        {},
        {"envelope": {"kind": "hint", **dict.fromkeys(PEOPLE, "Okafor"), "email": "mary@lab.org"}},
        words="Okafor|mary@",
    ),
    "question": raw(
        OKAFOR,
        asked(
            id="okafor_id",
            label="Sample of Okafor",
            options=["okafor", "other"],
            default="okafor",
            hint="ask okafor",
        ),
        words="okafor",
    ),
    "options": raw(
        {},
        asked(id="a", label="L", options=["Secret-A", "Secret-B"], hint="Is it Secret-A?"),
        words="Secret-A",
    ),
    "field and code of an error": raw(
        OKAFOR,
        {
            "state": "failed",
            "envelope": {
                "kind": "failed",
                "phase": None,
                "error": {
                    "code": "no_home_of_okafor",
                    "message": "m",
                    "field": "okafor",
                    "details": {"okafor": 1, "x": "Zebra"},
                },
            },
        },
        words="okafor|zebra",
    ),
    "phase": raw(
        OKAFOR, {"mark": "late", "envelope": {**PHASE, "phase": "okafor"}}, words="okafor"
    ),
    "state": raw(OKAFOR, {"state": "okafor"}, {"state": "for Zebra"}, words="okafor|zebra"),
    "kind": raw(OKAFOR, {"envelope": {"kind": "hint_okafor", "x": 1}}, words="okafor"),
    "key that is no name": raw(
        {}, {"envelope": {"kind": "x", "Mary Okafor": 1}}, words="mary|kafor"
    ),
    "message that is no JSON": raw(
        {"request": {"operator": "José"}},
        {"wire": base64.b64encode(b'{"op":"Jos\\u00e9", x}').decode()},
        {"wire": base64.b64encode(base64.b64encode("José".encode())).decode()},
        words="Jos\\u00e9|Sm9z",
    ),
    "other blanks": of(
        "Mary  Okafor",
        *("Mary Okafor did", "mary\u00a0okafor", "Mary_Okafor", "MaryOkafor"),
        words="okafor|mary",
    ),
    "one letter": of("A", "A did it. B.", words="A did| B.", label="B"),
    "initials": of("M.O.", "MO signed", "M.O. signed", "mo", words="MO signed|M.O."),
    "lines that cannot be read": raw(
        OKAFOR, {"seq": "okafor"}, {"origin": "okafor"}, words="okafor"
    ),
    "label of the header": raw(
        {
            "label": "EQ1/P17/Heart_48hpf",
            "request": {"equipment_id": "EQ1", "project_short_id": "P17"},
        },
        *("Heart_48hpf is there", "P17 is there", "EQ1/P17"),
        words="Heart_48hpf|P17|EQ1",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_no_private_word_is_left(tmp_path, name):
    """Neither the redacted report nor the redacted recording has it in any case of letters."""
    header, told, words = CASES[name]
    lines = [HEADER | header, {"seq": 1, **VALIDATING, "state": "pending"}]
    for seq, line in enumerate(told, 2):
        if isinstance(line, str):
            message = {"kind": "warning", "phase": "validating_inputs", "message": line}
            line = {"envelope": message}
        lines.append({"seq": seq, **VALIDATING, **line})
    path = tmp_path / "a.exlab.jsonl"
    path.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", "utf-8"
    )
    redacted = redact(load(path))
    report = io.StringIO()
    write_report(report, redacted, LIGHT)
    for kept in (unescape(report.getvalue()), file_bytes(redacted).decode()):
        assert [word for word in words.split("|") if word.lower() in kept.lower()] == []

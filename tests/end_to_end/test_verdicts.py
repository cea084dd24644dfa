"""The window and each command read and judge the same bytes in the same way."""

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from exlab_gui.cli import main
from exlab_gui.core.analysis.rules.rule import Severity
from exlab_gui.core.trace import TraceError, TraceReader, load
from exlab_gui.export.exporter import Snapshot
from exlab_gui.export.report.exports import EXPORTER as REPORT
from exlab_gui.testing import assert_conforms
from exlab_gui.theme.colours import LIGHT
from exlab_gui.window.monitor_window import MonitorWindow
from tests.core.trace.kept import SHORT, file_bytes
from tests.helpers.mutations import mutants, mutated, seeds

GOOD = file_bytes(SHORT)
HEADER, FIRST, SECOND, *_ = LINES = GOOD.splitlines(keepends=True)

JUMP = b'{"seq":2,"at":"2026-01-31T12:00:01Z","state":"done","origin":"%s"%s}\n'
DEEP = b'{"x":' + b"[" * 900 + b"]" * 900

CONFORMS, VIOLATES, UNREADABLE = 0, 1, 2
CASES = {
    "good": (GOOD, CONFORMS),
    "blank at the end": (GOOD + b" ", CONFORMS),
    "return at the end": (GOOD + b"\r", CONFORMS),
    "empty lines": (GOOD.replace(b"\n", b"\n \n\r\n"), CONFORMS),
    "returns": (GOOD.replace(b"\n", b"\r\n"), CONFORMS),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD, CONFORMS),
    "no last line break": (GOOD[:-1], CONFORMS),
    "unknown key": (GOOD.replace(b'{"seq":2', b'{"x":[1],"seq":2'), CONFORMS),
    "key twice": (GOOD.replace(b'{"seq":2', b'{"seq":9,"seq":2'), CONFORMS),
    "other line": (GOOD + b'{"bookmark":1}\n', CONFORMS),
    "unknown mark": (GOOD.replace(b'{"seq":2', b'{"mark":"x","seq":2'), CONFORMS),
    "late": (HEADER + FIRST + JUMP % (b"simulated", b',"mark":"late"'), VIOLATES),
    "late, seen": (HEADER + FIRST + JUMP % (b"observed", b',"mark":"late"'), VIOLATES),
    "result": (HEADER + FIRST + JUMP % (b"simulated", b',"mark":"result"'), VIOLATES),
    "loss": (HEADER + FIRST + JUMP % (b"simulated", b',"mark":"loss"'), VIOLATES),
    "gap": (HEADER + FIRST + JUMP % (b"simulated", b',"mark":"gap"'), VIOLATES),
    "gap backwards": (GOOD.replace(b'"rendering"', b'"pending"'), VIOLATES),
    "unknown mark hides nothing": (HEADER + FIRST + JUMP % (b"simulated", b',"mark":[]'), VIOLATES),
    "header only": (HEADER, UNREADABLE),
    "header, then a blank": (HEADER + b" ", UNREADABLE),
    "header, then lines": (HEADER + b"\n\n\n", UNREADABLE),
    "two in a line": (HEADER + FIRST[:-1] + SECOND + b"\n", UNREADABLE),
    "one in two lines": (GOOD.replace(b'{"seq":2', b'{\n"seq":2'), UNREADABLE),
    "not UTF-8": (GOOD.replace(b'{"seq":2', b'{"x":"\xff","seq":2'), UNREADABLE),
    "key not UTF-8": (GOOD.replace(b'{"seq":2', b'{"x\xff":1,"seq":2'), UNREADABLE),
    "NUL": (GOOD + b"\x00", UNREADABLE),
    "NUL line": (GOOD + b"\x00\n", UNREADABLE),
    "NaN": (GOOD.replace(b'{"seq":2', b'{"x":NaN,"seq":2'), UNREADABLE),
    "mark further on": (GOOD.replace(b'{"seq":2', b'\xef\xbb\xbf{"seq":2'), UNREADABLE),
    "nested": (GOOD.replace(b'{"seq":2', DEEP + b',"seq":2'), UNREADABLE),
    "long": (GOOD.replace(b'{"seq":2', b'{"x":"' + b"x" * 600_000 + b'","seq":2'), UNREADABLE),
    "begun in year 1": (GOOD.replace(b'"created":"2026', b'"created":"0001'), UNREADABLE),
    "nothing": (b"", UNREADABLE),
}  # fmt: skip


def run(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(map(str, args)))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.exit_code, done.stdout


def checked(path: Path) -> tuple[int, dict]:
    code, said = run("check", path, "--json")
    return code, json.loads(said)


def conforms(path: Path) -> bool:
    """Return what a test that uses the plugin finds."""
    try:
        assert_conforms(path)
    except (AssertionError, TraceError):
        return False
    return True


def assert_one_verdict(path: Path) -> int:
    """Hold that everything that needs no window agrees with ``check``, and return its code."""
    code, said = checked(path)
    problems = [f"line {p['line']:,}: {p['sentence']}" for p in said["problems"]]
    assert (code == UNREADABLE) == bool(said["error"] or problems)
    assert run("coverage", path)[0] == (UNREADABLE if code == UNREADABLE else 0)
    assert run("check", path)[0] == run("check", path, path)[0] == code
    assert conforms(path) == (code == CONFORMS)
    makes_test = run("make-test", path, "-o", "-")[0] == 0
    assert not (makes_test and code)
    if said["error"]:
        return code
    recording = load(path)
    assert [str(problem) for problem in recording.problems] == problems
    with TraceReader(path, exact=False) as reader:
        events = [event for block in reader for event in block]
    assert (events, reader.problems) == (recording.arrivals, recording.problems)
    assert len(recording.events) == said["events"]
    assert b"".join(recording.lines()) == path.read_bytes()
    if events:
        report = path.with_suffix(".html")
        REPORT.write(report, Snapshot(recording, len(recording.events), LIGHT))
        sound = "The session conforms to its state machine." in report.read_text("utf-8")
        violations = [f for f in said["findings"] if f["severity"] == Severity.VIOLATION]
        assert sound == (not violations)
    return code


@pytest.mark.parametrize("name", CASES)
def test_each_oddity_has_one_verdict(name: str, tmp_path: Path) -> None:
    """What is a blank, what ends a line, what is no event: all agree, and it is as written here."""
    data, code = CASES[name]
    path = tmp_path / "a.exlab.jsonl"
    path.write_bytes(data)
    assert assert_one_verdict(path) == code


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_to_a_file(tmp_path: Path, random: Random) -> None:
    """Whatever is done to its bytes, everything that reads it finds the same in them."""
    path = tmp_path / "a.exlab.jsonl"
    path.write_bytes(mutated(random.choice(seeds()), random))
    assert_one_verdict(path)


def test_the_window_agrees(window: MonitorWindow, qtbot: QtBot, tmp_path: Path) -> None:
    """It shows as many events, the same findings and problems; or the error, and opens nothing."""
    cases = [*(data for data, _ in CASES.values()), *mutants(Random(5), 8)]
    for number, data in enumerate(cases):
        path = tmp_path / f"case-{number}.exlab.jsonl"
        path.write_bytes(data)
        before = window.session
        window.recordings.open(path)
        qtbot.waitUntil(lambda: not window.context.jobs.busy)
        _, said = checked(path)
        if said["error"] or not said["events"]:
            assert window.session is before
            why = said["error"] or said["problems"][0]["sentence"]
            assert window.panes.messages.text.endswith(why)
            continue
        session = window.session
        assert session.count == said["events"]
        problems = [f"line {p['line']:,}: {p['sentence']}" for p in said["problems"]]
        assert list(session.info.problems) == problems
        assert (
            (problems[0] in window.panes.messages.text)
            if problems
            else not window.panes.messages.text
        )
        found = {
            (f.event_index, f.rule, f.sentence) for fs in session.findings.values() for f in fs
        }
        assert found == {(f["position"], f["rule"], f["sentence"]) for f in said["findings"]}
        window.session_actions.close()

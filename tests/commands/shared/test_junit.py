"""CI systems are told what a check found."""

from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

from click.testing import CliRunner

from exlab_gui.cli import main
from exlab_gui.commands.shared.junit import JUNIT
from exlab_gui.commands.shared.report import Checked
from exlab_gui.core.analysis.conformance import Finding
from exlab_gui.core.analysis.rules.rule import Rule
from exlab_gui.core.progress import no_progress
from exlab_gui.core.trace import Problem
from exlab_gui.export.recording import save
from tests.core.trace.kept import SHORT

MISSING = Finding(2, 4, Rule.NUMBER_MISSING, "Number 3 is missing before 4.")
OPEN = Finding(6, 7, Rule.NEVER_ENDED, "The session never ended: it was last in plugin_pass.")
RESULTS = [
    Checked("good", 8, [], []),
    Checked("open", 7, [OPEN], []),
    Checked("dropped", 7, [MISSING, MISSING], [], None, 2, 0, {2: 4}, 0.25),
    Checked("cut", 7, [MISSING], [Problem(9, 1700, "The last line is cut off.")], None, 1),
    Checked("picture", 0, [], [], "This is a PNG picture, not a recording."),
]


def junit_xml(results):
    file = BytesIO()
    JUNIT.write(results, file, no_progress)
    return file.getvalue()


def cases(xml):
    """Return what the report has for each recording: name, outcome, type, message and text."""
    return [
        (case.get("name"), said.tag, said.get("type"), said.get("message"), said.text)
        for case in ElementTree.fromstring(xml).iter("testcase")
        for said in case
    ]


def test_each_recording_is_a_test_case():
    """A violation is a failure, what could not be read an error, and a note neither."""
    missing = "event 4: violation: number_missing: Number 3 is missing before 4."
    cut = "cut: line 9: unreadable: The last line is cut off."
    picture = "picture: unreadable: This is a PNG picture, not a recording."
    note = f"open: event 7: note: never_ended: {OPEN.sentence}"
    failed = f"dropped: line 4: {missing}\ndropped: line 4: {missing}"
    assert cases(junit_xml(RESULTS)) == [
        ("good", "system-out", None, None, None),
        ("open", "system-out", None, None, note),
        ("dropped", "failure", "number_missing", f"{MISSING.sentence} (1 more violation)", failed),
        ("cut", "error", "unreadable", cut, f"{cut}\ncut: {missing}"),
        ("picture", "error", "unreadable", picture, picture),
    ]


def test_the_sums_are_those_of_the_cases():
    """The suite counts its cases, failures and errors."""
    for element in ("testsuites", "testsuite"):
        suite = next(ElementTree.fromstring(junit_xml(RESULTS)).iter(element))
        assert [suite.get(key) for key in ("tests", "failures", "errors")] == ["5", "1", "2"]


def test_each_case_tells_how_long_it_took_and_where_it_failed():
    """Readers that demand times and a host find them; a failure names its file and line."""
    xml = ElementTree.fromstring(junit_xml(RESULTS))
    suite = xml.find("testsuite")
    datetime.fromisoformat(suite.get("timestamp"))
    assert suite.get("hostname")
    assert (xml.get("time"), suite.get("time")) == ("0.250", "0.250")
    dropped = suite.findall("testcase")[2]
    assert {key: dropped.get(key) for key in ("file", "line", "time")} == {
        "file": "dropped",
        "line": "4",
        "time": "0.250",
    }


def test_any_name_is_no_harm_to_the_report():
    """A name with characters that XML cannot hold leaves the report readable."""
    assert cases(junit_xml([Checked("a\x00<b>.jsonl", 8, [], [])]))[0][0] == "a\\x00<b>.jsonl"


def test_the_command_writes_it(tmp_path):
    """--junit writes the report beside what is printed."""
    save(tmp_path / "good", SHORT)
    report = tmp_path / "report.xml"
    done = CliRunner().invoke(main, ["check", str(tmp_path / "good"), "--junit", str(report)])
    assert done.exit_code == 0
    assert [case[:2] for case in cases(report.read_bytes())] == [
        (str(tmp_path / "good"), "system-out")
    ]

"""A report is one page that shows all of a session, and nothing else."""

import io
import re
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.envelopes import Error, FailedEnvelope, WarningEnvelope
from exlab_gui.core.protocol.events import Cancelled, Event, Mark, Origin, Reported
from exlab_gui.core.protocol.explained import AppliedPlugin, Explained
from exlab_gui.core.trace import Fork, Problem, Recording
from exlab_gui.export.redaction.redact import redact
from exlab_gui.export.report import facts, log
from exlab_gui.export.report import page as report_page
from exlab_gui.export.report.page import write_report
from exlab_gui.theme.colours import DARK, LIGHT
from tests.core.trace.kept import SHORT, recording

VOID = {"meta", "br", "hr", "img", "input", "link"}
HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(1)> & \"'\x00\x1b[2J"


class Page(HTMLParser):
    """What a page holds: its elements, the rows of its tables, and the text of each section."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.rows, self.sections = [], {}, {}
        self._open, self._section = [], None
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self.rows.setdefault(self._section, []).append([])
        if tag in ("td", "th"):
            self.rows[self._section][-1].append("")
        if tag == "h2":
            self._section = ""

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        if self._open[-1:] == ["h2"]:
            self._section += data
        elif {"td", "th"} & set(self._open):
            self.rows[self._section][-1][-1] += data
        self.sections[self._section] = self.sections.get(self._section, "") + data


def html_of(of, colours=LIGHT):
    """Return the report on a recording."""
    file = io.StringIO()
    write_report(file, of, colours)
    return file.getvalue()


def with_events(*events):
    """Return a recording of these events."""
    return Recording(SHORT.header, list(events))


def test_a_report_shows_all_of_a_session():
    """There is a row for each event and for each state, and the whole machine is drawn."""
    page = Page(html_of(SHORT))
    assert [row[0] for row in page.rows["Log"][1:]] == [str(event.seq) for event in SHORT.events]
    assert [row[3:6] for row in page.rows["Log"][1:]] == [
        [
            event.state,
            event.kind,
            getattr(event.envelope, "phase", None) or CREATION_MACHINE.phase(event.state) or "",
        ]
        for event in SHORT.events
    ]
    assert [row[0] for row in page.rows["Time"][1:]] == [
        *("pending", "validating", "rendering", "plugin_pass", "failed")
    ]
    ids = {attributes.get("id") for _, attributes in page.elements}
    assert {f"state_{state}" for state in CREATION_MACHINE.states} <= ids
    assert {f"edge_{a}__{b}" for a, b in CREATION_MACHINE.edges} <= ids
    assert ["exlab-gui", SHORT.header.programs["exlab-gui"]] in page.rows["Versions"]
    assert "conforms to its state machine" in page.sections["Findings"]


def test_a_title_is_short():
    """The tab of a browser gets at most 70 characters, as validators want; the page says all."""
    header = msgspec.structs.replace(SHORT.header, label="ab" * 40)
    page = html_of(Recording(header, SHORT.events))
    title = page[page.index("<title>") + len("<title>") : page.index("</title>")]
    assert len(title) == 70
    assert f"<h1>Session {header.label}</h1>" in page


def test_findings_lead_to_their_events():
    """Each finding has a row, with a link to that of its event, and the way taken shows it."""
    events = [*SHORT.events[:3], msgspec.structs.replace(SHORT.events[3], state="done")]
    page = Page(html_of(with_events(*events)))
    findings = check(CREATION_MACHINE, events)
    assert [row[2:] for row in page.rows["Findings"][1:]] == [
        [finding.rule, finding.sentence] for finding in findings
    ]
    ids = {attributes.get("id") for _, attributes in page.elements}
    links = {attributes["href"] for tag, attributes in page.elements if tag == "a"}
    assert links == {"#event-3"}
    assert {"event-3", "edge_validating__done"} <= ids


def test_a_report_needs_nothing_else():
    """The page has no script, loads nothing, and says so to the browser."""
    html = html_of(SHORT)
    page = Page(html)
    assert not {"script", "link", "img", "iframe", "object", "base"} & {t for t, _ in page.elements}
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith("#")
        assert not {"src", "xlink:href", "action"} & attributes.keys()
    assert not re.search(r"url\(|@import", html)
    policies = [a["content"] for t, a in page.elements if a.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


@given(st.sampled_from([HOSTILE, *HOSTILE.split()]), st.integers(0, 5))
def test_whatever_a_recording_says_is_plain_text(text, place):
    """Text from outside is shown, and means nothing to the browser."""
    event = msgspec.structs.replace(
        SHORT.events[2], envelope=WarningEnvelope("validating_inputs", text)
    )
    header = msgspec.structs.replace(SHORT.header, label=text, source=text, fork=Fork(text, 1))
    kept = Recording(
        header,
        [*SHORT.events[:2], event, msgspec.structs.replace(event, state=text)],
        [Problem(3, 100, text)],
    )
    page = Page(html_of(kept))
    assert not {"script", "img"} & {tag for tag, _ in page.elements}


def test_what_was_not_observed_is_told_as_a_range():
    """Times and shares that are known as ranges are ranges, and the log says what was inferred."""
    start = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
    told = (
        (0, "pending", Origin.OBSERVED, None, None),
        (1, "validating", Origin.INFERRED, 0, None),
        (1, "rendering", Origin.OBSERVED, 0, None),
        (4, "done", Origin.OBSERVED, 3, Mark.GAP),
    )
    events = [
        Event(
            number,
            start + timedelta(seconds=second),
            state,
            origin,
            earliest=None if since is None else start + timedelta(seconds=since),
            mark=mark,
        )
        for number, (second, state, origin, since, mark) in enumerate(told, 1)
    ]
    page = Page(html_of(with_events(*events)))
    assert page.rows["Time"][1:] == [
        ["pending", "0–1.000 s", "0.0% to 25.0%"],
        ["validating", "0–1.000 s", "0.0% to 25.0%"],
        ["rendering", "2.000–4.000 s", "50.0% to 100.0%"],
        ["done", "0–1.000 s", "0.0% to 25.0%"],
    ]
    assert "validating 0–1.000 s (inferred)" in page.sections["Time"]
    assert page.rows["Log"][2][-1].endswith("(inferred)")
    assert "were not observed" in page.rows["Log"][4][-1]


def test_absurd_times_are_no_error():
    """A session of thousands of years, and one that began in the year 1, has a report."""
    begin, end = (datetime(year, 3, 17, tzinfo=UTC) for year in (1971, 4900))
    header = msgspec.structs.replace(
        SHORT.header, created=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
    )
    events = [
        Event(1, begin, "pending", Origin.OBSERVED),
        Event(2, end, "aborted", Origin.OBSERVED),
    ]
    page = Page(html_of(Recording(header, events)))
    assert "begun 0001-01-01 00:00:00.000+14:00" in page.sections[None]
    assert page.rows["Time"][1][2] == "100.0%"


def test_a_fork_and_what_is_incomplete_are_marked():
    """The report says where a fork began, and what of the file could not be read."""
    header = msgspec.structs.replace(SHORT.header, fork=Fork("c0ffee", 17))
    problem = Problem(9, 1234, "The last line is cut off.")
    text = Page(html_of(Recording(header, SHORT.events, [problem]))).sections[None]
    assert "A fork: up to event 17, the history is that of c0ffee." in text
    assert "Incomplete. Line 9: The last line is cut off." in text


def test_a_recording_without_events_has_a_report():
    """Where there is no event, the page says what there is to say."""
    page = Page(html_of(with_events()))
    assert "0 events" in page.sections[None]
    assert "Log" not in page.sections


def test_of_a_long_log_the_middle_is_left_out(monkeypatch):
    """A log that is too long for a browser shows its beginning and its end, and says so."""
    monkeypatch.setattr(log, "MAX_EVENTS", 4)
    monkeypatch.setattr(report_page, "MAX_VISITS", 2)
    monkeypatch.setattr(report_page, "MAX_FINDINGS", 1)
    monkeypatch.setattr(facts, "MAX_FINDINGS", 1)
    events = [msgspec.structs.replace(event, seq=event.seq * 3) for event in SHORT.events]
    page = Page(html_of(with_events(*events)))
    assert [row[0] for row in page.rows["Log"][1:]] == [
        *("3", "6", "… 4 events are left out here …", "21", "24")
    ]
    assert len(page.rows["Findings"]) == 2
    assert "and 7 more" in page.sections["Findings"]
    assert not [a for _, a in page.elements if a.get("class") == "bar"]


def test_a_report_has_the_colours_it_is_given():
    """The page and its diagram are drawn in the colours of the theme."""
    assert DARK.window in html_of(SHORT, DARK)
    assert LIGHT.window not in html_of(SHORT, DARK)


def test_a_redacted_recording_makes_a_redacted_report():
    """What was redacted is nowhere in the page."""
    kept = recording("validating", "failed")
    private = msgspec.structs.replace(
        kept.events[2], envelope=WarningEnvelope("validating_inputs", "Lovelace was here.")
    )
    kept = Recording(
        msgspec.structs.replace(kept.header, request={"operator": "Ada Lovelace"}),
        [*kept.events[:2], private, *kept.events[3:]],
    )
    assert "Lovelace" in html_of(kept)
    assert "Lovelace" not in html_of(redact(kept))


def test_why_a_session_ended_so():
    """Plugins, findings and the server's log have a section of their own, in plain text."""
    plugins = (AppliedPlugin("notes", "failed", exit_code=3), AppliedPlugin(HOSTILE, "success"))
    done = Event(2, SHORT.events[-1].at, "done", Origin.OBSERVED, cause=Reported(result={}))
    explained = msgspec.structs.replace(
        done, seq=3, cause=Explained(plugins, log=("one", "two")), mark=Mark.LATE
    )
    page = Page(html_of(with_events(SHORT.events[0], done, explained)))
    assert page.rows["How it ended"][1] == ["Plugin", "⚠ notes: failed, exit code 3"]
    assert page.rows["How it ended"][2] == ["Server log", "onetwo"]
    assert "script" not in {tag for tag, _ in page.elements}
    assert "How it ended" not in Page(html_of(with_events(*SHORT.events[:2]))).sections


def test_what_became_of_the_files():
    """A cancelled session says whether its folder was discarded; one that goes on has no end."""
    cancelled = Event(2, SHORT.events[-1].at, "aborted", Origin.OBSERVED, cause=Cancelled(True))
    page = Page(html_of(with_events(SHORT.events[0], cancelled)))
    (row,) = page.rows["How it ended"]
    assert row == ["aborted", "cancelled: the partly made folder is discarded"]


def test_a_report_begins_with_who_what_where_and_why():
    """The first table has the operator, the run, the place, the outcome, the duration and why."""
    request = {"operator": "Ada", "equipment_id": "CONFOCAL_01", "run_label": "Heart"}
    header = msgspec.structs.replace(
        SHORT.header,
        request=request,
        kind="run",
        source="http://lab:8321",
        programs={"exlab-wizard": "0.3"},
    )
    failed = msgspec.structs.replace(
        SHORT.events[-1],
        envelope=FailedEnvelope("running_plugins", Error("disk_space_insufficient", "3 MB left.")),
    )
    page = Page(html_of(Recording(header, [*SHORT.events[:-1], failed])))
    assert dict(page.rows[None]) == {
        "Operator": "Ada",
        "Run": "run · Heart",
        "Equipment": "CONFOCAL_01",
        "Server": "http://lab:8321 (exlab-wizard 0.3)",
        "Outcome": "failed",
        "Why": "disk_space_insufficient: 3 MB left.",
        "Duration": "7.0 s",
    }
    going_on = Page(html_of(with_events(*SHORT.events[:2])))
    assert dict(going_on.rows[None])["Outcome"] == "not known: last in validating"
    assert dict(going_on.rows[None])["Duration"].endswith("up to the last event")


def test_an_end_that_was_not_observed_is_marked():
    """The outcome says if it was inferred, or if what led to it is not known."""
    pending, last = SHORT.events[0], SHORT.events[-1]
    for how, said in (
        ({"origin": Origin.INFERRED}, "failed (inferred)"),
        ({"mark": Mark.GAP}, "failed (what led to it is not known)"),
    ):
        end = msgspec.structs.replace(last, seq=2, **how)
        page = Page(html_of(with_events(pending, end)))
        assert dict(page.rows[None])["Outcome"] == said


def test_every_finding_leads_to_a_row(monkeypatch):
    """Of a long log, the events with a listed finding stay."""
    monkeypatch.setattr(log, "MAX_EVENTS", 2)
    odd = msgspec.structs.replace(SHORT.events[4], seq=9)
    page = Page(html_of(with_events(*SHORT.events[:4], odd, *SHORT.events[5:])))
    ids = {attributes.get("id") for _, attributes in page.elements}
    links = {a["href"].removeprefix("#") for tag, a in page.elements if tag == "a"}
    assert "event-4" in links
    assert links <= ids
    gaps = [row[0] for row in page.rows["Log"] if "left out" in row[0]]
    assert sum(int(gap.split()[1]) for gap in gaps) + len(page.rows["Log"]) - len(gaps) - 1 == 8


def test_a_report_is_made_for_phones_and_for_paper():
    """The page is as wide as the screen; a dark one is printed in the colours of paper."""
    file = io.StringIO()
    write_report(file, SHORT, DARK, paper=LIGHT)
    page = Page(file.getvalue())
    names = [a.get("content") for tag, a in page.elements if a.get("name") == "viewport"]
    assert names == ["width=device-width, initial-scale=1"]
    _, printed = file.getvalue().rsplit("@media print", 1)
    assert f"--text: {LIGHT.text};" in printed
    assert f'svg [fill="{DARK.surface}"] {{ fill: {LIGHT.surface}; }}' in printed
    assert "size: A4" in file.getvalue()

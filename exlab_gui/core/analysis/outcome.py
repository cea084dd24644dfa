"""Why a session waits or ended so, in plain text for the window and the report."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from exlab_gui.core.analysis.status import pending_question, session_meaning
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.meaning import Meaning
from exlab_gui.core.protocol.envelopes import Error, as_text
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.text.describe import describe, plugin_text
from exlab_gui.core.text.question import asked_for
from exlab_gui.core.text.sanitize import MAX_NAME, sanitize
from exlab_gui.core.text.translation import joined, phrase

MAX_LINES = 20
"""Of more lines, the bad ones first, the rest is counted; `MAX_LENGTH` characters of each stay."""

MAX_LENGTH = 300
MAX_LOG = 1_500
MAX_FINDINGS = 100
MAX_FILES = 20

_LOG = "Server log"
_MAX_REASON = 160  # characters of why a session is blocked, in its headline
_MOST_FAILED = 3  # plugins in a headline


class Line(NamedTuple):
    """One thing that is known of the end: what it is, and what it says.

    `is_bad`: something is not as it should be.
    """

    name: str
    text: str
    is_bad: bool = False


class Headline(NamedTuple):
    """What is most worth knowing of a session: a name, the text, and what it means."""

    name: str
    text: str
    meaning: Meaning | None = None


NO_RESULT = Headline("Result", "none yet")


def headline(visits: StateHistory, position: int | None = None, waits_for: str = "") -> Headline:
    """Return why a session waits at `position` (None: now), failed or is blocked, or its result.

    `waits_for` names what a session that is not over waits for, if that is known otherwise.
    """
    machine, end = visits.machine, visits.entered(position)
    if end.state not in machine.terminal:
        if (asked := pending_question(visits, position)) is not None:
            return Headline("Waits for", asked_for(asked) or phrase("an answer"), "input")
        return Headline("Waits for", waits_for) if waits_for else NO_RESULT
    said = describe(end)
    if machine.emits(end.state) == "failed":
        return Headline("Error", said, "failure")
    if end.error is not None:
        return Headline("Reason", said, "aborted")
    if (end.result or {}).get("blocked") is True:
        bad = [f"{line.name} {line.text}" for line in outcome(visits, position) if line.is_bad]
        return Headline("Blocked", sanitize("; ".join(bad) or said, _MAX_REASON), "warning")
    if session_meaning(visits, position) == "flawed":
        plugins = (visits.explanation(position) or Explained()).plugins
        failed = [plugin_text(plugin) for plugin in plugins if plugin.failed]
        return Headline("Plugin failed", joined((*failed[:_MOST_FAILED], said), "; "), "flawed")
    return Headline("Result", said)


def outcome(visits: StateHistory, position: int | None = None) -> list[Line]:
    """Return what is known of the end of a session, if it is over at `position`.

    What is bad comes first.
    """
    end = visits.entered(position)
    if end.state not in visits.machine.terminal:
        return []
    explained = visits.explanation(position) or Explained()
    lines = [*_error(end.error), *_result(end.result or {}, explained), *_explanation(explained)]
    lines.sort(key=lambda line: not line.is_bad)
    more = lines[MAX_LINES:]
    if more:
        lines = [
            *lines[:MAX_LINES],
            Line("More", phrase("{more:,} more are in the JSON of the event.", more=len(more))),
        ]
    return [_safe(line) for line in lines]


def _safe(line: Line) -> Line:
    limit = MAX_LOG if line.name == _LOG else MAX_LENGTH
    return Line(sanitize(line.name, MAX_NAME), sanitize(line.text, limit, keep="\n"), line.is_bad)


def _error(error: Error | None) -> Iterator[Line]:
    if error is None:
        return
    details = error.details
    if isinstance(details, Mapping):
        yield from (Line(str(key), as_text(value)) for key, value in details.items())
    elif details is not None:
        yield Line("Details", as_text(details))
    if error.trace_id is not None:
        yield Line("Trace id", error.trace_id)


def _result(result: Mapping[str, Any], explained: Explained) -> Iterator[Line]:
    blocked = result.get("blocked") is True
    # An ordinary status stands with the result.
    status = explained.sync_status or (result.get("sync_status") if blocked else None)
    if status is not None:
        yield Line("Sync", as_text(status).replace("_", " "), blocked)
    findings = result.get("findings")
    for finding in findings[:MAX_FINDINGS] if isinstance(findings, list) else ():
        yield Line("Finding", _finding(finding), blocked)


def _finding(finding: Any) -> str:
    if not isinstance(finding, Mapping):
        return as_text(finding)
    said = {key: as_text(value) for key, value in finding.items() if value not in (None, "")}
    rule = " ".join(said[key] for key in ("tier", "rule") if key in said)
    about = said.get("offending_path") or said.get("run_path")
    text = ": ".join(filter(None, (rule, said.get("rule_detail"))))
    return f"{text} ({about})" if about else text or as_text(finding)


def _explanation(explained: Explained) -> Iterator[Line]:
    for plugin in explained.plugins:
        files = "".join(f"\n{file}" for file in plugin.files[:MAX_FILES]) if plugin.failed else ""
        yield Line("Plugin", joined((plugin_text(plugin), files), ""), plugin.failed)
    if explained.template is not None:
        yield Line("Template", explained.template)
    if explained.readme is not None:
        yield Line("README", explained.readme)
    if explained.log:
        yield Line(_LOG, "\n".join(explained.log), True)

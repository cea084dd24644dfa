"""A session as a Mermaid sequence diagram."""

import pytest

from exlab_gui.core.progress import no_progress
from exlab_gui.core.protocol.envelopes import Error as Why
from exlab_gui.core.protocol.envelopes import FailedEnvelope, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Event, Origin, Resumed
from exlab_gui.core.trace import Recording
from exlab_gui.export.sequence import mermaid_lines
from tests.core.trace.kept import SHORT
from tests.helpers.strategies import START


def lines(*events):
    recording = Recording(SHORT.header, [*events])
    return [line.strip() for line in mermaid_lines(recording, no_progress)][5:]


def event(seq, state, **more):
    return Event(seq, START, state, Origin.OBSERVED, **more)


def test_questions_answers_and_states_are_drawn():
    """Messages are arrows; each state that is entered is a note on the session."""
    asked = InputRequiredEnvelope((), "Which?", "copy")
    assert lines(
        event(1, "pending"),
        event(2, "input_required", envelope=asked),
        event(3, "plugin_pass", cause=Resumed({})),
    ) == [
        "operator->>session: opened",
        "note over session: pending",
        "plugin->>operator: copy: Which? ()",
        "note over session: input_required",
        "operator->>plugin: resumed: no answers",
        "note over session: plugin_pass",
    ]


def test_no_text_is_taken_for_mermaid():
    """Characters of its language are written as codes, and line breaks are none."""
    why = FailedEnvelope(None, Why("internal_error", "a; b #1 <br>\nend"))
    (arrow, _) = lines(event(5, "failed", envelope=why))
    assert arrow == "session->>operator: internal_error: a#59; b #35;1 #60;br#62;\\nend"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('%%{init: {"theme": "forest"}}%%', '#37;#37;{init: {"theme": "forest"}}#37;#37;'),
        ("wrap: it", "#119;rap: it"),
        ("nowrap: it", "no#119;rap: it"),
        ("style a:b; c", "#115;tyle a:b#59; c"),
        ("classDef a:b; c", "#99;lassDef a:b#59; c"),
        ("$$x$$", "#36;#36;x#36;#36;"),
        ("  ", "–"),
    ],
)
def test_nothing_that_mermaid_looks_for_before_it_parses_is_left(text, label):
    """Directives, words for the layout, codes that it cuts off, formulas; and no empty text."""
    (note,) = lines(event(1, text))[1:]
    assert note == f"note over session: {label}"


def test_a_recording_is_drawn_whole():
    """There is a line at least for each event, after those of the lanes."""
    assert len([*mermaid_lines(SHORT, no_progress)]) >= len(SHORT.events) + 5

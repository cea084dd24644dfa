"""A session as a Mermaid sequence diagram."""

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


def test_a_recording_is_drawn_whole():
    """There is a line at least for each event, after those of the lanes."""
    assert len([*mermaid_lines(SHORT, no_progress)]) >= len(SHORT.events) + 5

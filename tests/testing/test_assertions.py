"""What a test holds of a session, and what it is told where that does not hold."""

from pathlib import Path

import pytest

from exlab_gui.core.protocol.envelopes import Error
from exlab_gui.core.session import Session, SessionStore
from exlab_gui.core.trace import Recording, load
from exlab_gui.export.recording import save
from exlab_gui.testing import assert_causes, assert_conforms, assert_emitted, assert_visited
from tests.core.trace.kept import SHORT

EMITTED = ["phase", "progress", "phase", "progress", "phase", "progress", "failed"]


@pytest.fixture
def session() -> Session:
    """Return a session that failed while it rendered."""
    store = SessionStore()
    session = store.open("run")
    for state in ("validating", "rendering"):
        store.transition(session.session_id, state)
    store.fail(session.session_id, Error("disk_full", "12 MB are left", details={"left": [12]}))
    return session


def test_a_sound_session_conforms(session: Session, tmp_path: Path) -> None:
    """However it is held: as a session, a recording, or a file."""
    save(tmp_path / "kept.exlab.jsonl", SHORT)
    for one in (session, SHORT, tmp_path / "kept.exlab.jsonl", str(tmp_path / "kept.exlab.jsonl")):
        assert_conforms(one)


def test_a_session_that_breaks_a_rule_is_shown_with_the_place() -> None:
    """The failure has the first violation, what would have been legal, and the walk."""
    events = list(SHORT.events)
    broken = Recording(SHORT.header, [*events[:3], *events[5:]])
    with pytest.raises(AssertionError) as told:
        assert_conforms(broken)
    first, legal, *walk = str(told.value).splitlines()
    assert first.startswith("Event 6 breaks a rule, number_missing: ")
    assert legal == "From validating, these were legal: rendering, failed, aborted."
    assert [line for line in walk if line.startswith("→")] == [walk[4]]
    assert "plugin_pass" in walk[4]


def test_a_file_that_is_cut_off_does_not_conform(tmp_path: Path) -> None:
    """What cannot be read may have broken any rule."""
    path = tmp_path / "cut.exlab.jsonl"
    path.write_bytes(b"".join(SHORT.lines())[:-20])
    assert load(path).problems
    with pytest.raises(AssertionError, match="Line 9 of the recording: The last line is cut off"):
        assert_conforms(path)


def test_states_are_looked_for_in_their_order(session: Session) -> None:
    """Others may lie between them, unless it is to be exactly these."""
    assert_visited(session)
    assert_visited(session, "pending", "failed")
    assert_visited(session, "pending", "validating", "rendering", "failed", exactly=True)


@pytest.mark.parametrize(
    ("states", "exactly", "said"),
    [
        (("rendering", "validating"), False, "did not enter validating after rendering."),
        (("done",), False, "The session did not enter done."),
        (("pending", "rendering"), True, "entered validating where rendering was expected."),
        (("pending",), True, "entered validating where nothing more was expected."),
        (
            ("pending", "validating", "rendering", "failed", "done"),
            True,
            "did not enter done after failed.\nFrom failed, these were legal: nothing: the session "
            "was over.",
        ),
    ],
)
def test_what_was_not_visited_is_told(
    session: Session, states: tuple[str, ...], exactly: bool, said: str
) -> None:
    """The failure names the first difference, and shows the walk."""
    with pytest.raises(AssertionError) as told:
        assert_visited(session, *states, exactly=exactly)
    assert said in str(told.value)
    assert "rendering → failed" not in said
    assert "disk_full: 12 MB are left" in str(told.value)


def test_envelopes_are_compared_as_far_as_they_are_said(session: Session) -> None:
    """By kind, or by any part, at any depth."""
    assert_emitted(session, ["phase", "phase", "failed"])
    assert_emitted(SHORT, EMITTED)
    assert_emitted(
        session,
        [
            {"phase": "validating_inputs"},
            {},
            {"kind": "failed", "error": {"code": "disk_full", "details": {"left": [12]}}},
        ],
    )


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (["phase", "progress", "failed"], 'Envelope 2 is not the expected one: kind is "phase"'),
        (["phase", "phase"], "There are 3 envelopes, not 2; the first further one:"),
        (
            ["phase", "phase", "failed", "done"],
            "There are 3 envelopes, not 4; the first missing one:",
        ),
        (["phase", "phase", {"error": {"code": "x"}}], 'error.code is "disk_full", not "x"'),
        (["phase", "phase", {"error": {"field": "x"}}], "error has no field"),
        (["phase", "phase", {"error": {"details": {"left": []}}}], "left has 1 entries, not 0"),
        (["phase", "phase", {"error": {"details": {"left": [True]}}}], "left[0] is 12, not true"),
    ],
)
def test_what_was_not_emitted_is_told(session: Session, expected: list[object], said: str) -> None:
    """The failure names the first difference, what was legal there, and shows the walk."""
    with pytest.raises(AssertionError) as told:
        assert_emitted(session, expected)
    text = str(told.value)
    assert said in text
    assert "these were legal: " in text
    assert "The walk:\n" in text


def test_causes_are_compared_as_far_as_they_are_said() -> None:
    """What an operator answered, or did about the files; not what came of itself."""
    store = SessionStore()
    asked = store.open("run")
    for state in ("validating", "rendering", "plugin_pass", "input_required"):
        store.transition(asked.session_id, state)
    assert_causes(asked, [])
    store.resume(asked.session_id, {"sample_id": "S-1", "calibrated": True})
    store.cancel(asked.session_id, discard_files=True)
    resumed = {"cause": "resumed", "answers": {"sample_id": "S-1"}}
    assert_causes(asked, [resumed, {"cause": "cancelled", "discard_files": True}])
    with pytest.raises(AssertionError, match="There are 2 causes, not 1; the first further one"):
        assert_causes(asked, [resumed])
    with pytest.raises(AssertionError, match=r'answers\.sample_id is "S-1", not "S-2"'):
        assert_causes(asked, [{"answers": {"sample_id": "S-2"}}, {}])

"""A test drives the window by nothing but what the plugin gives it."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from exlab_gui.app import open_window
from exlab_gui.bundled_scenarios import find_scenario
from exlab_gui.core.protocol.envelopes import Error, InputRequiredEnvelope
from exlab_gui.core.protocol.events import Cancelled, Resumed
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.scenario.scenario import Enter, Scenario
from exlab_gui.core.trace import Recording, load
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.replay import ReplaySource
from exlab_gui.testing import NotPossibleError, assert_conforms, assert_emitted, assert_visited
from exlab_gui.testing.driver import SessionMonitor
from exlab_gui.testing.lifecycle import fresh_settings
from exlab_gui.theme.theme import Theme
from tests.core.trace.kept import SHORT
from tests.helpers import spec

ASKING = Scenario(
    title="Asks", steps=tuple(Enter(s, after=0.0) for s in spec.WAYS["input_required"])
)

ANSWERS = {
    "sample_id": "S-0042 → µ",
    "instrument_mode": "fast",
    "run_date": "2031-02-28",
    "calibrated": True,
    "remarks": 'cold "tube"\nGröße \\ 😀',
}


def test_the_window_is_fresh(session_monitor: SessionMonitor) -> None:
    """It shows a session that has just been opened, and offers what the program brings."""
    assert session_monitor.state == "pending"
    assert session_monitor.legal == spec.FOLLOWING["pending"]
    assert [row.detail for row in session_monitor.log] == ["opened"]


def test_a_session_is_stepped(session_monitor: SessionMonitor) -> None:
    """Each step is one click; the window tells of it at once."""
    for state in ("validating", "rendering", "failed"):
        session_monitor.go_to(state)
        assert session_monitor.state == state
        assert session_monitor.legal == spec.FOLLOWING[state]
    assert [row.state for row in session_monitor.log] == [
        "pending",
        "validating",
        "rendering",
        "failed",
    ]


def test_what_is_not_legal_raises_with_the_reason_that_the_window_shows(
    session_monitor: SessionMonitor,
) -> None:
    """Neither a step nor a walk, an answer nor a play is made that the window does not offer."""
    monitor = session_monitor
    with pytest.raises(NotPossibleError, match="done is reached only from sync_queued"):
        monitor.go_to("done")
    with pytest.raises(NotPossibleError, match="a state never goes to itself"):
        monitor.walk_to("pending")
    with pytest.raises(NotPossibleError, match="does not wait for input"):
        monitor.answer(sample_id="S-1")
    with pytest.raises(NotPossibleError, match="did you mean"):
        monitor.go_to("validatin")
    with pytest.raises(NotPossibleError, match="Nothing is playing"):
        monitor.pause()
    assert len(monitor.log) == 1
    monitor.walk_to("aborted")
    with pytest.raises(NotPossibleError, match="The session is over"):
        monitor.cancel()
    with pytest.raises(NotPossibleError, match="The session is over"):
        monitor.fail()


def test_a_session_walks(session_monitor: SessionMonitor) -> None:
    """The menu of a button leads along the shortest way."""
    session_monitor.walk_to("sync_queued")
    assert [row.state for row in session_monitor.log] == ["pending", *spec.WAYS["sync_queued"]]


def test_a_question_is_answered(session_monitor: SessionMonitor) -> None:
    """All five types of field are filled in by keys, whatever is written there."""
    session_monitor.walk_to("input_required")
    session_monitor.answer(**ANSWERS)
    assert session_monitor.state == "plugin_pass"
    assert session_monitor.session.history[-1].cause == Resumed(ANSWERS)


def test_any_option_is_chosen(session_monitor: SessionMonitor) -> None:
    """An option is chosen by what it is, also if the list shows it in other characters."""
    options = ("plain", "\u2028sep", "\r\nCRLF", " spaces ")
    asked = InputRequiredEnvelope((Field("class", "Class", "choice", options=options),), "?", "x")
    *way, last = spec.WAYS["input_required"]
    steps = (*map(Enter, way), Enter(last, emits=asked))
    for option in options:
        session_monitor.play(Scenario(title="T", steps=steps))
        session_monitor.wait_for("input_required")
        session_monitor.answer(**{"class": option})
        assert session_monitor.session.history[-1].cause == Resumed({"class": option})


NOT_TAKEN: list[tuple[dict[str, str | bool], str]] = [
    ({}, "sample_id: Required"),
    ({"sample_id": "S-1", "instrument_mode": "slow"}, "instrument_mode: 'slow' is not among"),
    ({"sample_id": "S-1", "run_date": "soon"}, "run_date: 'soon' is not a date"),
    ({"sample_id": True}, "sample_id: True is no text"),
    ({"sample_id": "a\nb"}, "sample_id: .* cannot be typed here"),
    ({"remarks": "\x00"}, "remarks: .* cannot be typed"),
    ({"sampleid": "S-1"}, 'did you mean "sample_id"'),
]


def test_what_the_form_does_not_take_raises(session_monitor: SessionMonitor) -> None:
    """The session goes on waiting, and the test is told what is wrong with which field."""
    session_monitor.walk_to("input_required")
    for inputs, reason in NOT_TAKEN:
        with pytest.raises(NotPossibleError, match=reason):
            session_monitor.answer(**inputs)
        assert session_monitor.state == "input_required"


@pytest.mark.parametrize("discard", [True, False])
def test_a_session_is_cancelled(session_monitor: SessionMonitor, discard: bool) -> None:
    """The dialog's box says what becomes of the folder."""
    session_monitor.go_to("validating")
    session_monitor.cancel(discard_files=discard)
    assert session_monitor.session.history[-1].cause == Cancelled(discard)


def test_a_session_fails(session_monitor: SessionMonitor) -> None:
    """The dialog takes what is said of the error, and keeps its own words for the rest."""
    session_monitor.go_to("validating")
    session_monitor.fail(code="disk_full", field="path")
    error = session_monitor.session.history[-1].error
    assert error == Error("disk_full", "The simulated session was told to fail.", "path")


def test_an_error_that_cannot_be_typed_raises(session_monitor: SessionMonitor) -> None:
    """The dialog is closed, and the session goes on."""
    session_monitor.go_to("validating")
    for said in ({"code": "\x00"}, {"message": "two\nlines"}):
        with pytest.raises(NotPossibleError, match="cannot be typed"):
            session_monitor.fail(**said)
    session_monitor.go_to("rendering")


@pytest.mark.parametrize(
    "scenario",
    [
        "happy_path",
        find_scenario("happy_path"),
        {
            "format": "exlab-scenario",
            "version": 1,
            "title": "Short",
            "steps": [{"do": "enter", "state": "failed"}],
        },
    ],
    ids=["name", "value", "mapping"],
)
def test_a_scenario_is_played(
    session_monitor: SessionMonitor, scenario: str | Scenario | dict[str, object]
) -> None:
    """It is chosen in the list, the speed is set, and the play goes on while the test waits."""
    session_monitor.play(scenario, speed=16)
    session_monitor.wait_for("failed" if isinstance(scenario, dict) else "done")
    assert not session_monitor.session.playing
    assert_conforms(session_monitor.session)


def test_what_was_passed_while_waiting_counts(session_monitor: SessionMonitor) -> None:
    """A state that was left again before the test looked was entered all the same."""
    states = ("validating", "rendering", "plugin_pass")
    session_monitor.play(
        Scenario(title="Quick", steps=tuple(Enter(state=state, after=0.0) for state in states))
    )
    session_monitor.wait_for("rendering")
    session_monitor.wait_for("plugin_pass")


def test_what_passed_before_the_wait_counts(session_monitor: SessionMonitor) -> None:
    """All since the last action does, each in its order; what was before does not."""
    session_monitor.play(ASKING)
    session_monitor.wait_until(lambda: session_monitor.state == "input_required")
    session_monitor.wait_for("validating")
    session_monitor.wait_for("rendering")
    with pytest.raises(TimeoutError, match="validating was not entered, and now never will be"):
        session_monitor.wait_for("validating")
    session_monitor.answer(sample_id="S-1", instrument_mode="fast")
    with pytest.raises(TimeoutError, match="rendering was not entered"):
        session_monitor.wait_for("rendering")


@pytest.mark.parametrize(
    ("goal", "state", "why"),
    [
        ("aborted", "done", "No legal path leads there from aborted"),
        ("cache_write", "pending", "No legal path leads there from cache_write"),
        ("validating", "rendering", "Nothing is playing"),
    ],
)
def test_waiting_ends_when_it_is_in_vain(
    session_monitor: SessionMonitor, goal: str, state: str, why: str
) -> None:
    """The message tells where the session stands, and its log."""
    session_monitor.walk_to(goal)
    with pytest.raises(TimeoutError, match=f"now never will be. {why}") as told:
        session_monitor.wait_for(state, timeout=1000)
    assert f"sim-1 is in {goal}, not playing" in str(told.value)
    assert f"→ {goal}" in str(told.value)


def test_waiting_ends_in_time(session_monitor: SessionMonitor) -> None:
    """Where too little happens the test goes on, and fails with what there was."""
    session_monitor.play("happy_path", speed=0.25)
    with pytest.raises(TimeoutError, match="done was not entered within 0 s"):
        session_monitor.wait_for("done", timeout=0)
    with pytest.raises(TimeoutError, match="Patience was not fulfilled within 0 s"):
        session_monitor.wait_until(lambda: False, timeout=0, what="Patience")


def test_envelopes_are_waited_for(session_monitor: SessionMonitor) -> None:
    """By kind, or by a part; the first one since the last action is returned."""
    session_monitor.play("asks_once")
    asked = session_monitor.wait_for_envelope({"kind": "input_required", "plugin": "sample_sheet"})
    assert asked["reason"] == "SampleSheet.csv has no tube for lane 2."
    assert session_monitor.wait_for_envelope("progress")["current"] == 1
    session_monitor.cancel()
    with pytest.raises(TimeoutError, match="was not emitted, and now never will be"):
        session_monitor.wait_for_envelope("done")


def test_unknown_names_are_told(session_monitor: SessionMonitor) -> None:
    """With the name that may be meant: no assertion passes or fails for a slip of the pen."""
    with pytest.raises(ValueError, match='did you mean "failed"'):
        assert_visited(session_monitor, "faild")
    with pytest.raises(ValueError, match='did you mean "failed"'):
        session_monitor.wait_for("faild")
    with pytest.raises(TypeError, match="are a list"):
        assert_emitted(session_monitor, "phase")
    with pytest.raises(NotPossibleError, match='"None" is not a state'):
        session_monitor.go_to(None)  # type: ignore[arg-type]
    assert repr(session_monitor) == "<SessionMonitor of sim-1, which is in pending>"


def test_a_play_is_paused_and_stepped(session_monitor: SessionMonitor) -> None:
    """What a scenario does next is done at once, one thing at a time."""
    session_monitor.play("happy_path", speed=0.25)
    session_monitor.pause()
    before = len(session_monitor.log)
    session_monitor.step()
    assert len(session_monitor.log) == before + 1
    with pytest.raises(ValueError, match="3 is not among"):
        session_monitor.play(speed=3)


async def test_coroutine_tests_drive_it_too(session_monitor: SessionMonitor) -> None:
    """Other tasks go on while a coroutine test waits in the driver, and while it awaits."""
    ticks = []

    async def tick() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
            ticks.append(session_monitor.state)

    ticking = asyncio.ensure_future(tick())
    session_monitor.play("happy_path")
    session_monitor.wait_for("rendering")
    assert len(ticks) == 3
    await ticking
    session_monitor.wait_for("done")
    assert asyncio.current_task() is not None


def test_a_session_is_saved(session_monitor: SessionMonitor, tmp_path: Path) -> None:
    """Through the file dialog, over what was there; the recording is that of the session."""
    path = tmp_path / "kept.exlab.jsonl"
    path.write_text("something else")
    session_monitor.walk_to("done")
    assert session_monitor.save(path) == path
    assert list(load(path).events) == list(session_monitor.session.history)
    assert_visited(path, "pending", *spec.WAYS["done"], exactly=True)


@pytest.mark.parametrize("name", ["zebrafish_heart_48hpf_gfp_run_0001_" * 5, "x" * 200])
def test_a_session_is_saved_whatever_its_file_is_called(
    session_monitor: SessionMonitor, tmp_path: Path, name: str
) -> None:
    """A name that the window has to break into lines is waited for, too."""
    path = tmp_path / f"{name}.exlab.jsonl"
    assert session_monitor.save(path) == path
    assert len(load(path).events) == 1


def test_what_cannot_be_saved_raises(session_monitor: SessionMonitor, tmp_path: Path) -> None:
    """The window's own message says why."""
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):  # as root
        tmp_path = Path("/proc")
    with pytest.raises(NotPossibleError, match=r"kept\.exlab\.jsonl"):
        session_monitor.save(tmp_path / "kept.exlab.jsonl")


def test_a_file_is_kept_if_it_cannot_be_replaced(
    session_monitor: SessionMonitor, tmp_path: Path
) -> None:
    """It still holds what was there, whatever the window complains of."""
    names = ("diagram.foo", 'with "quotes".svg')
    for name in names[:1] if sys.platform == "win32" else names:  # which has no such names
        (tmp_path / name).write_text("kept")
        with pytest.raises(NotPossibleError):
            session_monitor.save_as("actionExportDiagram", tmp_path / name)
        assert (tmp_path / name).read_text() == "kept"


def test_the_path_that_was_written_is_returned(
    session_monitor: SessionMonitor, tmp_path: Path
) -> None:
    """A name without an ending gets one; a recording goes on after it began."""
    saved = session_monitor.save(tmp_path / "plain")
    assert saved == tmp_path / "plain.exlab.jsonl"
    recorded = session_monitor.save_as("actionRecord", tmp_path / "recorded")
    session_monitor.go_to("validating")
    assert [len(load(path).events) for path in (saved, recorded)] == [1, 2]


def test_two_windows_are_driven_side_by_side(
    session_monitor: SessionMonitor, tmp_path: Path, qapp: QApplication
) -> None:
    """Each driver looks in its own window."""
    theme = Theme(qapp, "light")
    other = SessionMonitor(open_window(fresh_settings(tmp_path), theme, None))
    other.window.show()
    other.go_to("validating")
    session_monitor.go_to("aborted")
    assert (other.state, session_monitor.state) == ("validating", "aborted")
    other.window.close()
    other.window.deleteLater()
    theme.deleteLater()


def test_a_session_is_saved_as_a_test(session_monitor: SessionMonitor, tmp_path: Path) -> None:
    """The Trace menu writes a test that goes the same way."""
    session_monitor.go_to("validating")
    path = session_monitor.save_as("actionSaveTest", tmp_path / "test_kept.py")
    assert "session_monitor.go_to('validating')" in path.read_text("utf-8")


def test_what_makes_no_test_is_refused_with_the_reason(session_monitor: SessionMonitor) -> None:
    """The window says why, and asks for no file."""
    events = [*SHORT.events[:3], *SHORT.events[5:]]
    broken = SessionModel(ReplaySource("broken", Recording(SHORT.header, events)))
    session_monitor.window.session_actions.add(broken)
    with pytest.raises(NotPossibleError, match=r"No test can be made .*: Its event 6 breaks"):
        session_monitor.save_as("actionSaveTest", "/test_broken.py")

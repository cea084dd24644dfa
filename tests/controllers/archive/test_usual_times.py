"""What is usual comes from the archive, as soon as that has it."""

from statistics import quantiles

import pytest
from msgspec import structs
from PySide6.QtWidgets import QLabel

from exlab_gui.archive.opening import kept_index
from exlab_gui.core.analysis.dwell_times import UsualTime
from exlab_gui.core.analysis.summary import summarize
from exlab_gui.core.trace import ENDING, Recording
from exlab_gui.export.recording import save
from exlab_gui.testing.lifecycle import close_window
from tests.helpers.lab import lab_recording, write_lab
from tests.helpers.live_window import connect, opened, until
from tests.helpers.names import find

COUNT = 5


@pytest.fixture
async def live(demo, open_window, tmp_path, monkeypatch):
    """Return a window that watches a server, with an archive that has some sessions."""
    monkeypatch.setenv("EXLAB_ARCHIVE_INDEX", str(tmp_path / "index"))
    write_lab(tmp_path / "archive", range(COUNT))
    kept_index(tmp_path / "archive").update()
    opened(demo)
    window = open_window(archive=tmp_path / "archive")
    await connect(demo)
    yield window
    await close_window(window)


async def test_the_usual_time_of_a_live_session_is_that_of_the_archive(demo, live):
    """Though it is the only open session; its state says which one."""
    sessions = [summarize(one.header, one.events) for one in map(lab_recording, range(COUNT))]
    for session in live.sessions.open_sessions:
        if session.traits.is_archived:
            live.session_actions.show(session)
    state = live.session.state
    times = [
        visit.dwell.middle.total_seconds()
        for one in sessions
        for visit in one.visits
        if visit.visit.state == state and visit.dwell
    ]
    usual = str(UsualTime(*quantiles(times, n=4, method="inclusive")))
    await until(lambda: find(QLabel, "usualTimeLabel").text() == usual)


async def test_what_was_recorded_since_counts(live):
    """When the archive was read again, for whatever reason, the figures are of all of it."""
    times = live.usual_times
    await until(lambda: times._times)
    before = times._times
    write_lab(live.archive_keeping.folder, range(COUNT, 2 * COUNT))
    live.archive_history.archive.update()
    await until(lambda: times._times != before)


async def test_the_usual_time_of_a_recording_is_that_of_the_archive(live, tmp_path):
    """As that of a live session; one of a simulated session is compared with its like only."""
    times = live.usual_times
    await until(lambda: times._times)
    kept = lab_recording(COUNT)
    simulated = structs.replace(kept.header, source="simulated")
    for recording, is_known in (
        (kept, True),
        (Recording(simulated, kept.events), False),
    ):
        path = tmp_path / f"{is_known}{ENDING}"
        save(path, recording)
        shown = live.session
        live.recordings.open(path)
        await until(lambda before=shown: live.session is not before)
        live.session.go_to(2)
        usual = times.of(live.session)
        assert usual == (times._times["validating"] if is_known else None)

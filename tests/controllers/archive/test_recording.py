"""Live sessions are in the archive without anybody's doing, and only these."""

import os
from contextlib import suppress

import pytest
from PySide6.QtWidgets import QPushButton, QSpinBox

from exlab_gui.archive.removal import Bounds
from exlab_gui.controllers.stream_choice import EVENT_STREAMS, HERE
from exlab_gui.core.trace import ENDING, TraceError, load
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.widgets.history.bounds_dialog import DAYS, MEBIBYTES, kept_bounds
from exlab_gui.widgets.message_bar import MessageBar
from tests.helpers.live_window import connect, opened, trigger, until
from tests.helpers.names import find


@pytest.fixture
def archive(tmp_path):
    return tmp_path / "archive"


@pytest.fixture
async def live(demo, open_window, archive):
    """Return a window with an archive that watches a server, which has one session."""
    opened(demo)
    window = open_window(archive=archive)
    await connect(demo)
    yield window
    await close_window(window)


def files(archive):
    return sorted(archive.rglob(f"*{ENDING}"))


def events(archive):
    """Return how many events each file has that is not just being made."""
    counts = []
    for path in files(archive):
        with suppress(TraceError):
            counts.append(len(load(path).events))
    return sorted(count for count in counts if count)


async def test_a_live_session_is_recorded_to_its_end(demo, live, archive):
    """Every event that the window has seen is in its file; the window's own session is not."""
    session = opened(demo)
    await until(lambda: len(files(archive)) == 2)
    demo.do(lambda _: session.run_to("done"))
    shown = live.servers._servers[demo.url].sessions[session.session_id]
    await until(lambda: shown.visits.state() == "done" and shown.count in events(archive))
    kept = [load(path) for path in files(archive)]
    (one,) = (one for one in kept if one.header.session_id == session.session_id)
    assert one.events == shown.history[: len(one.events)]
    assert one.events[-1].state == "done"
    assert len(kept) == 2


@pytest.mark.parametrize("streams", [False, True])
async def test_closing_its_row_does_not_end_the_recording(
    demo, open_window, archive, settings, streams
):
    """A session goes on being observed as before, and is recorded to its end."""
    settings.keep(EVENT_STREAMS, {HERE: streams})
    session = opened(demo)
    window = open_window(archive=archive)
    await connect(demo)
    shown = window.session
    await until(lambda: events(archive) and shown.source.streaming is streams)
    trigger("actionCloseSession")
    assert shown.is_closed
    demo.do(lambda _: session.run_to("done"))
    source = shown.source
    await until(lambda: source.history[-1].state == "done")
    if streams:  # the list may tell of a state sooner than the stream
        await until(lambda: all(one.envelope or one.cause for one in source.history[1:]))
    await until(lambda: len(source.arrivals) in events(archive))
    (kept,) = (load(path) for path in files(archive))
    assert kept.events[-1].state == "done"
    assert kept.events == list(source.history)
    await close_window(window)


async def test_what_is_closed_is_let_go_if_nothing_is_recorded(
    demo, open_window, archive, settings
):
    """Its event stream is read no longer, neither for the window nor for the archive."""
    settings.keep(EVENT_STREAMS, {HERE: True})
    opened(demo)
    window = open_window(archive=archive)
    await connect(demo)
    shown = window.session
    await until(lambda: shown.source.streaming)
    trigger("actionCloseSession")
    assert shown.source.listening
    trigger("actionArchive")
    await until(lambda: not shown.source.streaming)
    trigger("actionReopenSession")
    await until(lambda: shown.source.streaming)
    await close_window(window)


async def test_it_is_told_once(demo, live, archive, open_window):
    """The first time that something is recorded, the window says where, and how to stop it."""
    bar = live.findChild(MessageBar)
    for told in (True, False):
        bar.show_info("Other news")
        live.archive_keeping.look()
        assert bar.text == "Other news"
        bar.dismiss()
        live.archive_keeping.look()
        assert (str(archive) in bar.text) is told
        if told:
            assert "90 days" in bar.text
            assert "Server menu" in bar.text
    assert live.settings.text("archive/told") == "yes"


async def test_it_can_be_switched_off_and_stays_so(demo, live, archive, open_window):
    """Nothing is recorded from then on, also in the next window; switched on, all of it is."""
    await until(lambda: events(archive) == [1])
    trigger("actionArchive")
    session = opened(demo)
    demo.do(lambda _: session.run_to("rendering"))
    (server,) = live.servers._servers.values()
    await until(lambda: session.session_id in server.sessions)
    shown = server.sessions[session.session_id]
    await until(lambda: shown.visits.state() == "rendering")
    assert events(archive) == [1]
    assert live.settings.text("archive/record") == "no"
    trigger("actionArchive")
    await until(lambda: shown.count in events(archive))


def test_the_switch_says_why_it_does_nothing(window):
    """A window of a test has no archive, so that it leaves nothing with the user."""
    action = window.actions_by_name["actionArchive"]
    assert not action.isEnabled()
    assert not action.isChecked()
    assert action.statusTip() == "This window has no archive"


async def test_the_user_is_told_if_nothing_can_be_recorded(demo, open_window, archive):
    """The session goes on; as soon as it is possible, all of it is recorded."""
    archive.write_bytes(b"in the way")
    opened(demo)
    window = open_window(archive=archive)
    await connect(demo)
    keeping = window.archive_keeping
    await until(lambda: keeping._writer.problem)
    keeping.look()
    bar = window.findChild(MessageBar)
    assert bar.text.startswith("Live sessions are not kept in the archive: ")
    archive.unlink()
    keeping.look()
    await until(lambda: not keeping._writer.problem)
    keeping.look()
    assert bar.text == "Live sessions are recorded again. Nothing is missing."
    await until(lambda: events(archive) == [1])
    await close_window(window)


@pytest.mark.parametrize(
    ("kept", "bounds"),
    [("0", (1, 10)), ("1e12", (36_500, 10_000_000)), ("much", (90, 1024)), ("200", (200, 200))],
)
def test_whatever_is_kept_is_within_the_limits(settings, kept, bounds):
    """No archive is emptied because of what stands in a file."""
    settings.keep(DAYS, kept)
    settings.keep(MEBIBYTES, kept)
    assert kept_bounds(settings) == Bounds(bounds[0], bounds[1] * 2**20)


async def test_the_limits_can_be_chosen(live, archive):
    """They are kept; what is beyond them is removed at once, but not what is being recorded."""
    await until(lambda: events(archive) == [1])
    old = archive / f"old{ENDING}"
    old.write_bytes(files(archive)[0].read_bytes())
    os.utime(old, (0, 10**9))
    trigger("actionArchiveLimits")
    find(QSpinBox, "boundsDays").setValue(7)
    find(QSpinBox, "boundsSize").setValue(50)
    find(QPushButton, "endConfirm").click()
    assert kept_bounds(live.settings) == Bounds(7, 50 * 2**20)
    await until(lambda: not old.exists())
    assert events(archive) == [1]

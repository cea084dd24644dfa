"""Listening from the first sight on: each session's exact walk, and who else takes its events."""

import asyncio
from datetime import timedelta

import pytest

from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.protocol.events import Mark, Origin
from exlab_gui.sources.commands import Listen
from exlab_gui.sources.live import connection_state
from exlab_gui.sources.live.listening import listeners
from exlab_gui.sources.live.listening.readers import has_no_other_reader
from exlab_gui.sources.live.transport import event_stream
from tests.helpers import spec
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.live import PATIENCE_S, source_of, states, until, watching


@pytest.mark.parametrize(
    ("version", "is_known"),
    [("0.1", True), ("0.1.0", True), ("v0.1.7", True), ("0.2.0", False), ("0.10", False)]
    + [(other, False) for other in ("", "1.1.0", "0.1x", "0.1_0", "x0.1", "0." + "1" * 5000)],
)
def test_only_known_versions_have_no_other_reader(version, is_known):
    """What nobody has looked at may read its event streams itself."""
    assert has_no_other_reader(version) is is_known


async def test_each_session_is_listened_to_from_its_first_sight(demo):
    """However late that is, its walk is exact, and where it failed is told."""
    before = demo.open("internal_error", held=True)
    before.run_to("failed")
    async with watching(demo.url, streams=None) as server:
        failed = await source_of(server, before)
        session = demo.open("happy_path", held=True)
        source = await source_of(server, session)
        await until(lambda: source.streaming, source, server)
        session.run_to("done")
        for one, end in ((failed, "failed"), (source, "done")):
            await until(lambda one=one: one.observed.is_over and not one.listening, one)
            way = spec.WAYS["plugin_pass"] if end == "failed" else spec.WAYS["done"][:-1]
            assert states(one) == ["pending", *way, end]
            assert not [e for e in one.history[1:] if e.origin is Origin.INFERRED or e.after_gap]


async def test_more_sessions_than_streams(demo, monkeypatch):
    """Those without a stream are polled; each gets one when there is room."""
    monkeypatch.setattr(listeners, "MOST", 2)
    sessions = [demo.open("happy_path", held=True) for _ in range(5)]
    async with watching(demo.url, streams=True) as server:
        sources = [await source_of(server, session) for session in sessions]
        await until(lambda: sum(one.streaming for one in sources) == 2, *sources)
        for session in sessions:
            session.run_to("cache_write")
        for one in sources:
            await until(lambda one=one: one.observed.state == "cache_write", one)
        for session in sessions:
            session.run_to("done")
        for one in sources:
            await until(lambda one=one: one.observed.is_over and not one.listening, one)


async def test_streams_are_taken_up_and_given_up(demo):
    """One choice goes for all sessions of the server, at once; what is closed takes no events."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        assert not source.listening
        server.choose_streams(True)
        await until(lambda: source.streaming, source, server)
        server.choose_streams(False)
        await until(lambda: not source.listening, source)
        session.run_to("rendering")
        await until(lambda: source.observed.state == "rendering", source)
        assert source.info.connection.startswith("Watching")
        server.choose_streams(None)
        await until(lambda: source.streaming, source, server)
        assert "ExLab-Wizard 0.1.0 itself does not read" in source.info.connection


async def test_nothing_is_lost_between_two_streams(demo):
    """Whoever leaves the streams in the middle of events and comes back has all of them."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url, streams=True) as server:
        source = await source_of(server, session)
        for state in spec.WAYS["done"]:
            await until(lambda: source.streaming, source, server)
            session.run_to(state)  # on its way while the stream is closed
            server.choose_streams(False)
            await until(lambda: not source.listening, source)
            server.choose_streams(True)
            await until(lambda state=state: source.observed.state == state, source)
        await until(lambda: source.observed.is_over and not source.listening, source)
    assert states(source) == ["pending", *spec.WAYS["done"]]
    assert not [e for e in source.history if e.origin is Origin.INFERRED or e.after_gap]
    assert not [e for e in source.arrivals if e.mark is Mark.LOSS]


async def test_what_one_program_leaves_is_there_for_the_next(demo):
    """A window that is closed and opened again has, in all, every message once."""
    session = demo.open("happy_path", held=True)
    way, kept = spec.WAYS["done"], []
    for state in (way[2], way[4], "done"):
        async with watching(demo.url, streams=True) as server:
            source = await source_of(server, session)
            await until(lambda source=source: source.streaming, source, server)
            session.run_to(state)  # on its way when the program ends
        kept += [event.envelope for event in source.arrivals if event.envelope is not None]
    async with watching(demo.url, streams=True) as server:  # what was not sent in time
        source = await server.find(session.session_id)
        await until(lambda: source.observed.is_over and not source.listening, source)
        kept += [event.envelope for event in source.arrivals if event.envelope is not None]
    told = [one.phase if one.kind == "phase" else one.kind for one in kept]
    assert told == [CREATION_MACHINE.phase(state) for state in way]


async def test_the_list_tells_that_a_silent_session_is_still_there(demo):
    """Its time goes on, and an end that the stream does not tell lies after the last list."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with watching(demo.url, streams=True) as server:
        source = await source_of(server, session)
        source.shown = False
        await until(lambda: source.streaming and source.observed.caught_up, source)
        entered = source.history[-1].at
        async with asyncio.timeout(PATIENCE_S):
            while source.observed.confirmed - entered < timedelta(seconds=0.2):
                await server.client.operations()
        session.cancel(discard_files=True)
        await until(lambda: source.observed.is_over, source)
        end = source.history[-1]
        assert end.state == "aborted"
        assert end.earliest - entered >= timedelta(seconds=0.2)


async def test_a_stream_that_is_refused_leaves_polling(demo):
    """A session goes on to be seen where no event stream can be opened."""
    demo.conduct = Conduct(only="WS ", status=503)
    session = demo.open("happy_path", held=True)
    async with watching(demo.url, streams=True) as server:
        source = await source_of(server, session)
        session.run_to("rendering")
        await until(lambda: source.observed.state == "rendering", source)


async def test_two_monitors_notice_each_other(demo, monkeypatch):
    """A session that goes on while its stream is silent, or skips states, has another reader."""
    monkeypatch.setattr(event_stream, "QUIET_S", 0.05)
    session = demo.open("happy_path", held=True)
    async with watching(demo.url, streams=True) as one, watching(demo.url, streams=True) as other:
        sources = [await source_of(server, session) for server in (one, other)]
        for source in sources:
            await until(lambda source=source: source.streaming, source)
        for state in spec.WAYS["sync_queued"]:
            session.run_to(state)
            for source in sources:
                await until(lambda s=source, state=state: s.observed.state == state, source)
        assert one.shares_streams or other.shares_streams
        alerted = sources[0] if one.shares_streams else sources[1]
        assert "each event reaches only one of you" in alerted.info.connection


async def test_who_is_gone_is_told_of_no_longer(demo, monkeypatch):
    """A window that was closed a minute ago takes no events any more: nothing is said of it."""
    monkeypatch.setattr(connection_state, "SHARED_FOR", timedelta(seconds=0.1))
    session = demo.open("happy_path", held=True)
    async with watching(demo.url, streams=True) as server:
        source = await source_of(server, session)
        await until(lambda: source.streaming, source)
        server.note_shared_stream()
        assert "or did until just now" in source.info.connection
        assert "each event reaches only one of you" in source.info.connection
        await until(lambda: not server.shares_streams, source, server)
        assert source.info.connection == "Listening to the session's event stream."


async def test_alone_nobody_is_suspected(demo, monkeypatch):
    """Silence, a failure and a cancel are no signs of others: the stream does not tell of them."""
    monkeypatch.setattr(event_stream, "QUIET_S", 0.02)
    failing, held = demo.open("internal_error", held=True), demo.open("asks_once", held=True)
    async with watching(demo.url, streams=True) as server:
        sources = [await source_of(server, session) for session in (failing, held)]
        for source in sources:
            await until(lambda source=source: source.streaming, source)
        held.run_to("input_required")
        failing.run_to("failed")
        await until(lambda: sources[1].observed.state == "input_required", sources[1])
        held.cancel(discard_files=True)
        for source in sources:
            await until(lambda s=source: s.observed.is_over and not s.listening, source)
        assert not server.shares_streams


async def test_a_stream_given_up_by_hand_stays_so(demo):
    """The choice for one session counts more than that for its server."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url, streams=True) as server:
        source = await source_of(server, session)
        await until(lambda: source.streaming, source)
        source.send(Listen(on=False))
        session.run_to("rendering")
        await until(lambda: source.observed.state == "rendering", source)
        assert not source.listening

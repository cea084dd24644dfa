"""How current a session is: time stands still at the last answer about it."""

import asyncio
from datetime import timedelta

from exlab_gui.core.clock import utc_now
from exlab_gui.demo_server.status import NOT_SET_UP, READY
from exlab_gui.sources.commands import Resume
from exlab_gui.sources.live import source as live_source
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.listening import subscription
from exlab_gui.sources.metadata import Standing
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.server import FaultyServer
from tests.helpers.live import in_state, listen, source_of, until, watching
from tests.sources.live.test_as_observed import ANSWERS


def standing(source):
    return source.info.standing


async def stands(source, wanted):
    """Wait until `source` stands so."""
    await until(lambda: standing(source) is wanted, source)


async def test_time_stands_still_while_a_server_is_lost(demo):
    """It is that of the last answer; the session can be answered when the server is back."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        assert (standing(source), source.info.seen) == (Standing.CURRENT, None)
        before = utc_now()
        demo.conduct = Conduct(drop=True)
        await stands(source, Standing.LOST)
        seen = source.info.seen
        assert before - timedelta(seconds=5) < seen < utc_now()
        assert source.now() == seen
        await asyncio.sleep(0)
        assert source.now() == seen
        demo.conduct = Conduct()
        await stands(source, Standing.CURRENT)
        assert source.now() > seen
        assert source.why_not(Resume(ANSWERS)) is None


async def test_a_session_that_was_forgotten_is_last_known(demo):
    """From the last answer about it, though its server answers."""
    session = demo.open("happy_path", held=True)
    session.run_to("rendering")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        await demo.restart()
        await stands(source, Standing.FORGOTTEN)
        assert server.connected
        assert source.now() == max(source.info.seen, source.history[-1].at)


async def test_a_server_that_was_left(demo):
    """What was seen stays, and time does not go on."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
    assert standing(source) is Standing.DISCONNECTED
    assert source.now() == max(source.info.seen, source.history[-1].at)


async def test_a_session_that_is_over_stays_as_it_is(demo):
    """Nothing more can become of it, whatever becomes of its server."""
    session = demo.open("internal_error", held=True)
    session.run_to("failed")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        await in_state(source, "failed")
        demo.conduct = Conduct(drop=True)
        await until(lambda: not server.connected, server)
        assert (standing(source), source.info.seen) == (Standing.CURRENT, None)


async def test_a_session_that_is_listened_to_is_lost_as_well(demo):
    """Its stream and its server are gone together."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        task = listen(source)
        await until(lambda: source.info.connection.startswith("Listening"), source)
        await demo.stop()
        await stands(source, Standing.LOST)
        task.cancel()
        await asyncio.wait([task])


async def test_a_server_that_is_not_set_up_any_more(demo):
    """What its list is refused with is told with the session, as long as that holds."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        demo.contract.setup = NOT_SET_UP
        await stands(source, Standing.TROUBLED)
        await until(lambda: "still needed: config.yaml" in source.info.connection.lower(), source)
        demo.contract.setup = READY
        await stands(source, Standing.CURRENT)
        assert source.info.connection.startswith("Watching")


async def test_the_parts_of_the_server_are_told(demo):
    """Each with its status and why, and what the setup still needs."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        assert "⚠ LIMS: warn (unreachable; using cache)" in source.info.health
        assert source.info.health[0] == "Setup: ready"
        demo.contract.setup = NOT_SET_UP
        needs = "Setup: ⚠ incomplete_no_config, still needed: config.yaml"
        await until(lambda: source.info.health[0] == needs, source)


async def test_a_server_that_comes_back_elsewhere_while_it_is_listened_to(demo, monkeypatch):
    """That it has forgotten the session is told by a poll, not only when the stream is tried."""
    monkeypatch.setattr(subscription.Backoff, "next_s", lambda backoff: backoff.waits_s)
    monkeypatch.setattr(subscription.Backoff, "waits_s", 3600.0, raising=False)
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with FaultyServer() as restarted:
        address = parse_address(demo.url)
        async with watching(demo.url, streams=True, locate=lambda: address) as server:
            monkeypatch.setattr(server._backoff, "waits_s", 0.01, raising=False)
            source = await source_of(server, session)
            await until(lambda: source.streaming, source, server)
            address = parse_address(restarted.url)
            await demo.stop()
            await stands(source, Standing.FORGOTTEN)
            assert server.url == restarted.url
            assert source.why_not(Resume(ANSWERS)) is not None


async def test_broken_streams_do_not_hurry_a_lost_server(demo):
    """One that is there is asked at once; one that is lost is tried at its own pace."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        source.note_broken_stream("broken")
        assert server._wake.is_set()
        await demo.stop()
        await stands(source, Standing.LOST)
        source.note_broken_stream("broken again")
        assert not server._wake.is_set()


async def test_after_an_hour_of_sleep(demo, monkeypatch):
    """Nobody knows what was in that hour until the server answers; nothing is shown of it."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        monkeypatch.setattr(live_source, "utc_now", lambda: utc_now() + timedelta(hours=1))
        assert source.now() <= source.observed.confirmed + server.patience
        assert server.patience < timedelta(seconds=10)

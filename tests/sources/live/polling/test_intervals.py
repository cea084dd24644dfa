"""How often a server is polled: as often as costs little, where sessions are short."""

import pytest

from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.polling.intervals import BUSY_S, PollIntervals
from exlab_gui.sources.live.server import LiveServer
from tests.helpers.live import until, watching


@pytest.mark.parametrize(
    ("url", "since_change_s", "interval"),
    [
        ("http://127.0.0.1:1", 0.0, 0.05),
        ("http://127.0.0.1:1", 4.9, 0.05),
        ("http://localhost:1", 5.1, 0.25),
        ("http://[::1]:1", 5.1, 0.25),
        ("http://lab:1", 0.0, 1.0),
        ("http://192.168.0.1", 100.0, 1.0),
        ("https://127.0.0.1.example", 0.0, 1.0),
    ],
)
def test_the_list(url, since_change_s, interval):
    """On this computer it is polled fast while sessions change, and elsewhere slowly."""
    is_local = parse_address(url).is_local
    intervals = PollIntervals()
    told = intervals.list_interval(is_local=is_local, since_change_s=since_change_s)
    assert told == interval
    chosen = PollIntervals(list_s=3.0)
    assert chosen.list_interval(is_local=is_local, since_change_s=since_change_s) == 3.0


async def test_a_change_speeds_it_up(demo):
    """A session that comes, or changes, is a change; time passing alone is none."""
    async with watching(demo.url, PollIntervals()) as server:
        await until(lambda: server.listed, server)
        changed_at = server._changed_at
        server._lists_took_s.clear()  # however busy this computer is
        assert server._list_interval(changed_at + 1) == 0.05
        assert server._list_interval(changed_at + 60) == 0.25
        session = demo.open("happy_path", held=True)
        await until(lambda: session.session_id in server.sources, server)
        assert server._changed_at > changed_at


def test_a_slow_list_is_polled_more_rarely():
    """A list that takes long, for it is long, is not asked for all the time."""
    server = LiveServer(parse_address("http://127.0.0.1:1"))
    server._lists_took_s.extend([0.5, 0.6])
    assert server._list_interval(0.0) == 2.0


def test_a_list_that_was_held_up_once_does_not_make_the_next_ones_rare():
    """A session can live 60 ms: it would be missed."""
    lately = (0.002, 0.5)
    told = PollIntervals().list_interval(is_local=True, since_change_s=0.0, took_s=lately)
    assert told == BUSY_S


async def test_a_list_that_is_the_same_is_read_once(demo):
    """It comes many times a second, and may be long."""
    demo.open("happy_path", held=True)
    async with Client(parse_address(demo.url)) as client:
        listing = await client.operations()
        assert len(listing.operations) == 1
        assert await client.operations() is listing
        demo.open("happy_path", held=True)
        assert len((await client.operations()).operations) == 2

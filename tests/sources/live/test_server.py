"""How a server is, said in words; and who is contacted."""

import json

import pytest

from exlab_gui.demo_server.status import NOT_SET_UP, READY, Setup
from exlab_gui.sources.commands import Listen, Step
from exlab_gui.sources.live import responses
from exlab_gui.sources.live.address import AddressError, parse_address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.errors import (
    LostError,
    NotWizardError,
    ServerError,
    ServerRefusedError,
)
from exlab_gui.sources.live.polling.intervals import PollIntervals
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.faulty_server.server import FaultyServer
from tests.helpers.live import FAST, in_state, listen, source_of, until, watching

HEALTH = {"status": "ok", "version": "0.1.0", "setup_state": "ready"}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"setup_state": "incomplete"}, "is not set up yet"),
        ({"status": "error"}, "is not ready"),
        ({"version": "2.0.0"}, "is newer than supported"),
        ({"schema_versions": {"creation_json": "2.0"}}, "is newer than supported"),
        ({}, "Connected to ExLab-Wizard 0.1.0"),
    ],
)
async def test_how_the_server_is(demo, told, said):
    """A server that is not set up, not ready or too new says so, and can be watched."""
    health = json.dumps(HEALTH | told).encode()
    demo.conduct = Conduct(only="GET /api/v1/health", raw=(health,))
    async with watching(demo.url) as server:
        await until(lambda: server.connected, server)
        assert said in server.notice


async def test_a_server_whose_lims_is_away(demo):
    """It makes sessions all the same: there is nothing to say."""
    demo.contract.setup = Setup("incomplete_lims_unreachable")
    async with watching(demo.url) as server:
        await until(lambda: server.connected, server)
        assert server.notice == f"Connected to ExLab-Wizard 0.1.0 at {demo.url}."


async def test_a_server_that_is_not_set_up(demo):
    """What is missing is told in the server's words; the sessions come once it is set up."""
    demo.contract.setup = NOT_SET_UP
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        await until(lambda: "still needed: config.yaml" in server.notice, server)
        assert not server.listed
        demo.contract.setup = READY
        await source_of(server, session)


async def test_some_other_server(demo):
    """What answers, but not as an ExLab-Wizard does, is said to be none."""
    async with Client(parse_address(f"{demo.url}/printer")) as client:
        with pytest.raises(NotWizardError):
            await client.health()


async def test_a_redirect_is_not_followed(demo):
    """Where a server sends us elsewhere, nobody goes there: neither with questions nor streams."""
    async with FaultyServer() as elsewhere:
        demo.conduct = Conduct(status=302, location=f"{elsewhere.url}/api/v1/health")
        session = demo.open("happy_path", held=True)
        async with Client(parse_address(demo.url)) as client:
            with pytest.raises(ServerError):
                await client.snapshot(session.session_id)
        demo.conduct = Conduct()
        async with watching(demo.url) as server:
            source = await source_of(server, session)
            demo.conduct = Conduct(status=302, location=elsewhere.url, only="WS ", times=1)
            task = listen(source)
            await until(lambda: source.info.problems, source)
            source.send(Listen(on=False))
            await until(lambda: task.done(), source)
        assert elsewhere.requests == []


async def test_no_proxy_of_the_environment(demo, monkeypatch):
    """The environment cannot send requests or streams to a proxy."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.run_to("done")
        await listen(source)
        assert source.observed.state == "done"


async def test_a_server_that_hangs_is_given_up_and_found_again(demo):
    """A server that does not answer in time counts as lost, until it answers again."""
    session = demo.open("happy_path", held=True)
    intervals = PollIntervals(FAST.session_s, FAST.list_s, FAST.health_s, timeout_s=0.2)
    async with watching(demo.url, intervals) as server:
        source = await source_of(server, session)
        demo.conduct = Conduct(hang=True)
        await until(lambda: not server.connected, server)
        assert "did not answer within 0.2 seconds" in source.info.connection
        assert source.why_not(Listen(on=True)) == server.notice
        demo.conduct = Conduct()
        session.run_to("rendering")
        await in_state(source, "rendering")
        assert server.connected


async def test_a_server_that_comes_back_at_another_port(demo):
    """Where a server says where it is now, it is found there after a restart."""
    place = [parse_address(demo.url)]
    async with FaultyServer() as again:
        session = again.open("happy_path", held=True)
        async with watching(demo.url, locate=lambda: place[0]) as server:
            await until(lambda: server.connected, server)
            place[0] = parse_address(again.url)
            await demo.stop()
            await until(lambda: session.session_id in server.sources, server)


async def test_only_the_server_moves_a_live_session(demo):
    """Steps are refused, with the reason."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        assert "only ExLab-Wizard changes the state" in source.why_not(Step("rendering"))


def test_credentials_are_kept_apart():
    """An address is shown, stored and told without its credentials."""
    address = parse_address("https://me:s%20cret@lab.example:8443/wizard/")
    assert str(address) == address.url == "https://lab.example:8443/wizard"
    assert address.credentials == ("me", "s cret")
    assert "cret" not in repr(address)
    with pytest.raises(AddressError) as refused:
        parse_address("http://me:secret@host:port")
    assert "secret" not in str(refused.value)


async def test_https_is_not_given_up():
    """A server that speaks no TLS is not talked to where the address says https."""
    async with (
        FaultyServer() as plain,
        Client(parse_address(plain.url.replace("http", "https"))) as client,
    ):
        with pytest.raises(LostError, match="Cannot open a secure connection"):
            await client.health()
    assert plain.requests == []


@pytest.mark.parametrize("session_id", ["..", "a/../b", "", "a b", "ä", "x" * 101, "%2e%2e"])
async def test_what_is_no_id_is_not_asked_for(demo, session_id):
    """Whatever was typed or pasted, no other address is asked."""
    async with watching(demo.url) as server:
        await until(lambda: server.listed, server)
        with pytest.raises(ServerRefusedError, match="is not the id of a session"):
            await server.find(session_id)
    assert not [line for line in demo.requests if "/sessions/" in line]


async def test_a_list_that_is_too_long_is_said_to_be(demo, monkeypatch):
    """The first sessions are there; that there are more is said."""
    monkeypatch.setattr(responses, "LISTED_SESSIONS", 2)
    for _ in range(3):
        demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        await until(lambda: "the rest is left out" in server.notice, server)
        assert len(server.sources) == 2

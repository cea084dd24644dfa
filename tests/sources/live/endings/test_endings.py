"""Why a session ended so is found out after its end, once, and kept with it."""

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.outcome import outcome
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.protocol.explained import Explained
from exlab_gui.core.trace.line import decode_event, encode_event
from exlab_gui.sources.live.endings.server_log import server_log_path
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.live import in_state, listen, source_of, until, watching


def explanations(source):
    return [event.cause for event in source.history if isinstance(event.cause, Explained)]


def lines(source):
    return outcome(StateHistory(source.machine, source.history))


async def ended(server, session, state="done"):
    """Return the source of the session when it is known to be in `state`, its end."""
    source = await source_of(server, session)
    session.run_to(state)
    await in_state(source, state)
    return source


async def test_a_plugin_that_failed(demo):
    """Its session is done; that it failed is told after that, with its exit code."""
    session = demo.open("plugin_fails", held=True)
    async with watching(demo.url) as server:
        source = await ended(server, session)
        await until(lambda: explanations(source), source)
        (explained,) = explanations(source)
        assert [plugin.failed for plugin in explained.plugins] == [False, False, True, False, False]
        assert explained.readme.endswith("Film_series_7_annealed/README.md")
        (bad,) = [line for line in lines(source) if line.is_bad]
        assert bad.text == "⚠ calibration_files 1.0.0: failed, exit code 3, 120 ms"
        event = source.history[-1]
        assert decode_event(encode_event(event)) == event
        assert check(source.machine, source.history) == check(source.machine, source.history[:-1])
        requests = [line for line in demo.requests if "/run/" in line]
        assert requests == [f"GET /api/v1/run/{session.inner.result['path']}"]


async def test_a_session_that_was_listened_to(demo):
    """The end that the stream told of is explained as well."""
    session = demo.open("plugin_fails", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        task = listen(source)
        session.run_to("done")
        await task
        await until(lambda: explanations(source), source)
        assert source.history[-2].kind == "done"


async def test_why_the_sync_is_blocked(demo):
    """The findings are told, each with its rule, its words and the file."""
    session = demo.open("sync_gated", held=True)
    async with watching(demo.url) as server:
        source = await ended(server, session)
        found = [line for line in lines(source) if line.is_bad]
        assert found[0].name == "Sync"
        assert found[1].name == "Finding"
        assert session.inner.result["findings"][0]["rule"] in found[1].text


async def test_the_lines_of_the_servers_log(demo, monkeypatch, tmp_path):
    """Of a failed session they are there if the server is on this computer."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))  # of Windows
    log = server_log_path()
    log.parent.mkdir(parents=True)
    session = demo.open("internal_error", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        now = source.now()
        log.write_text(f"{now:%Y-%m-%dT%H:%M:%SZ} [ERROR] the disk is full\n")
        session.run_to("failed")
        await in_state(source, "failed")
        await until(lambda: explanations(source), source)
        (line,) = [line for line in lines(source) if line.name == "Server log"]
        assert "the disk is full" in line.text


async def test_a_server_that_tells_nothing_of_runs(demo):
    """Another version, or a folder that was moved: nothing is missed, and nothing is wrong."""
    demo.conduct = Conduct(only="/run/", status=404, times=1)
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await ended(server, session)
        other = await ended(server, demo.open("happy_path", held=True))
        await until(lambda: explanations(other), other)
        assert not source.forgotten
        assert source.info.problems == []
        assert explanations(source) == []


async def test_details_that_make_no_sense(demo):
    """They are counted as a problem of the session."""
    demo.conduct = Conduct(only="/run/", rubbish=("list",))
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await ended(server, session)
        await until(lambda: source.info.problems, source)
        assert "details of the run" in source.info.problems[0]

"""What a real server was seen to do, thirteen points of it, and how the monitor bears it."""

import asyncio

import msgspec
import pytest

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.protocol.envelopes import DoneEnvelope, FailedEnvelope, PhaseEnvelope
from exlab_gui.core.protocol.events import Cancelled, Mark, Origin, Reported, Resumed
from exlab_gui.sources.commands import Cancel, Resume
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.client import Client
from exlab_gui.sources.live.errors import LostError, ServerRefusedError
from exlab_gui.sources.source import RefusedError
from tests.helpers import spec
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.live import in_state, kinds, listen, source_of, states, until, watching

ANSWERS = {"sample_id": "S-1", "library_kit": "Nextera XT", "collected_on": "2026-01-31"}


def last(source):
    """Return the last event that did not come late: a reason may be found after the end."""
    return next(event for event in reversed(source.history) if event.mark is not Mark.LATE)


@pytest.mark.parametrize("text", [False, True])
async def test_1_binary_messages_and_text(demo, text):
    """Events are understood as binary messages and as text."""
    demo.conduct = Conduct(text_messages=text)
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.run_to("done")
        await listen(source)
        assert source.info.problems == []
        assert kinds(source).count("phase") == 6


async def test_2_watching_sends_questions_alone(demo):
    """A monitor at its default opens no stream: it asks, and only that."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.run_to("done")
        await in_state(source, "done")
    assert {line.split()[0] for line in demo.requests} == {"GET"}


async def test_3_the_whole_history_comes_at_once(demo):
    """What waits in the queue of what was seen already enters no state a second time."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.run_to("cache_write")
        await in_state(source, "cache_write")
        task = listen(source)
        await until(lambda: kinds(source).count("phase") == 4, source)
        assert not [e for e in source.history[1:] if e.origin is Origin.INFERRED]
        assert all(e.mark is Mark.LATE for e in source.arrivals if e.envelope)
        session.run_to("done")
        await task
        assert states(source) == ["pending", *spec.WAYS["done"]]
        assert not [f for f in check(source.machine, source.history) if f.severity == "violation"]


@pytest.mark.parametrize(("scenario", "end"), [("internal_error", "failed")])
async def test_4_a_failure_is_known_by_the_snapshot_alone(demo, scenario, end):
    """Where the stream just ends, the snapshot tells how, and why."""
    session = demo.open(scenario, held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        task = listen(source)
        await until(lambda: source.info.connection.startswith("Listening"), source)
        session.run_to(end)
        await task
        ended = last(source)
        assert (ended.state, ended.envelope, ended.mark) == (end, None, None)
        assert isinstance(ended.cause, Reported)
        assert ended.error == session.inner.error


async def test_4_a_failed_envelope_is_taken_too(demo):
    """Another version's ``failed`` is understood."""
    demo.conduct = Conduct(failed=True)
    session = demo.open("internal_error", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        task = listen(source)
        await until(lambda: source.info.connection.startswith("Listening"), source)
        session.run_to("failed")
        await task
        assert isinstance(last(source).envelope, FailedEnvelope)


async def test_5_a_session_that_was_read_to_its_end(demo):
    """Listening to a session whose events somebody else has read ends by itself."""
    session = demo.open("internal_error", held=True)
    session.run_to("failed")
    async with watching(demo.url) as first:
        source = await source_of(first, session)
        await listen(source)
        async with watching(demo.url) as second:
            late = await source_of(second, session)
            async with asyncio.timeout(20):
                await listen(late)
            assert late.observed.state == "failed"


async def test_6_an_unknown_session_is_refused_in_the_handshake(demo):
    """A stream that is refused with 403 is that of a session which the server has forgotten."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        await demo.sessions.forget()
        await listen(source)
        assert source.forgotten


async def test_7_times_of_arrival_are_our_own(demo):
    """However coarse a server's times are, events keep the order and the time of arrival."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.run_to("done")
        await listen(source)
        said = {e.envelope.at for e in source.history if isinstance(e.envelope, PhaseEnvelope)}
        times = [event.at for event in source.history]
        assert len(said) <= 2
        assert times == sorted(times)
        assert len(set(times)) > len(said)


async def test_8_states_that_polling_missed(demo):
    """What passed between two polls is inferred, and its time is a range."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.run_to("sync_queued")
        await in_state(source, "sync_queued")
        *passed, last = source.history[1:]
        assert [event.state for event in passed] == list(spec.WAYS["sync_queued"][:-1])
        assert {event.origin for event in passed} == {Origin.INFERRED}
        assert last.origin is Origin.OBSERVED
        assert all(event.earliest < event.at for event in source.history[1:])


async def test_9_the_answer_to_a_resume_tells_nothing_yet(demo):
    """Answers that were taken are not asked for again before the session has gone on."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        await source.send(Resume(ANSWERS))
        assert source.observed.state == "input_required"
        assert "has the answers" in source.why_not(Resume(ANSWERS))
        session.step()
        await in_state(source, "plugin_pass")
        assert last(source).cause == Resumed(ANSWERS)


async def test_9_a_wrong_answer_is_asked_for_again(demo):
    """A plugin that asks again, in the same words, is seen to: the form comes up once more."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        await source.send(Resume({}))
        session.step()
        session.step()
        await until(lambda: source.why_not(Resume(ANSWERS)) is None, source)
        assert states(source)[-3:] == ["input_required", "plugin_pass", "input_required"]


async def test_10_a_session_that_does_not_wait_is_not_resumed(demo):
    """The state is asked for first: a stale window sends no resume that would be an error."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        work = source.send(Resume(ANSWERS))
        session.answer(ANSWERS)
        session.step()
        with pytest.raises(RefusedError, match="no longer waits for input"):
            await work
    assert not [line for line in demo.requests if line.startswith("POST")]


async def test_10_a_question_is_repeated_where_the_connection_was_dropped(demo):
    """A ``GET`` on a connection that the server has dropped is asked again."""
    session = demo.open("asks_once", held=True)
    async with Client(parse_address(demo.url)) as client:
        await client.health()
        demo.conduct = Conduct(drop=True, times=1)
        assert (await client.snapshot(session.session_id)).state == "pending"


async def test_10_a_command_is_never_sent_twice(demo):
    """A ``POST`` whose answer was lost is not repeated, and its outcome is said to be unknown."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    demo.conduct = Conduct(drop=True, only="POST", carried_out=True)
    async with Client(parse_address(demo.url)) as client:
        with pytest.raises(LostError, match="not asked again"):
            await client.resume(session.session_id, ANSWERS)
    assert len([line for line in demo.requests if line.startswith("POST")]) == 1


async def test_10_a_resume_of_a_session_that_does_not_wait(demo):
    """The server's internal error is told, and the next question is answered all the same."""
    session = demo.open("asks_once", held=True)
    async with Client(parse_address(demo.url)) as client:
        with pytest.raises(ServerRefusedError) as refused:
            await client.resume(session.session_id, {})
        assert (refused.value.status, refused.value.code) == (500, "internal_error")
        assert (await client.snapshot(session.session_id)).state == "pending"


async def test_11_an_aborted_snapshot_holds_what_no_longer_counts(demo):
    """Of an aborted session neither a result is shown nor a question."""
    session = demo.open("asks_once", held=True)
    session.run_to("input_required")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.cancel(discard_files=True)
        await in_state(source, "aborted")
        assert source.observed.question is None
        assert last(source).result is None
        assert last(source).cause == Cancelled(discard_files=True)


async def test_11_an_abandoned_session_has_its_reason_as_result(demo):
    """Why it ended is known, though its error says nothing."""
    session = demo.open("abandoned", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        session.run_to("aborted")
        await in_state(source, "aborted")
        assert last(source).result is None
        assert last(source).error.code == "session_abandoned"


async def test_11_a_session_can_be_born_failed(demo):
    """A session that was never seen in another state is shown as failed, with its error."""
    session = demo.open("internal_error", held=True)
    session.run_to("failed")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        assert states(source) == ["pending", "failed"]
        assert last(source).error is not None
        assert last(source).mark is Mark.GAP


async def test_12_a_restart_forgets_every_session(demo):
    """A session that the server has forgotten stays with all that was seen of it."""
    session = demo.open("happy_path", held=True)
    session.run_to("rendering")
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        await in_state(source, "rendering")
        await demo.restart()
        await until(lambda: source.forgotten, source)
        assert "no longer knows" in source.info.connection
        assert source.observed.state == "rendering"
        assert server.sources[session.session_id] is source
        assert "no longer knows" in source.why_not(Cancel())


@pytest.mark.parametrize("sent", [True, False])
async def test_13_progress_comes_or_does_not(demo, sent):
    """Progress is shown where a server sends it, and missed nowhere."""
    demo.conduct = Conduct(progress=sent)
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        task = listen(source)
        await until(lambda: source.info.connection.startswith("Listening"), source)
        session.run_to("done")
        await task
        assert ("progress" in kinds(source)) is sent
        assert isinstance(last(source).envelope, DoneEnvelope)


async def test_a_cancel_is_carried_out_and_kept(demo):
    """A cancelled session ends with what the operator chose."""
    session = demo.open("asks_once", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        work = source.send(Cancel(discard_files=True))
        assert "Nothing is sent twice" in source.why_not(Cancel())
        await work
        await in_state(source, "aborted")
        assert last(source).cause == Cancelled(discard_files=True)
        assert msgspec.json.encode(last(source))
    assert len([line for line in demo.requests if line.startswith("POST")]) == 1

"""A stream that is left, for whatever reason, is left at once."""

import asyncio
from contextlib import suppress

import pytest

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.protocol.events import Mark
from exlab_gui.core.text.event_lines import EventLines
from exlab_gui.core.trace import load
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.errors import LostError
from exlab_gui.sources.live.listening.subscription import listen
from exlab_gui.sources.live.transport import event_stream
from exlab_gui.sources.recorder import Recorder
from tests.helpers.faulty_server.faults import Conduct
from tests.helpers.live import in_state, source_of, until, watching
from tests.helpers.live import listen as listen_to


class Compares:
    """A listener that waits in its comparison, or finds the server gone in it."""

    forgotten = False

    def __init__(self, session_id, lost):
        self.session_id = session_id
        self.compared = asyncio.Event()
        self._lost = lost

    def take_messages(self, messages):
        """Nothing is told in this test."""

    def note_stream(self):
        """Nothing is shown in this test."""

    def note_broken_stream(self, sentence):
        """How the stream is is not looked at."""

    async def compare(self):
        self.compared.set()
        if self._lost:
            raise LostError("The server did not answer.")
        await asyncio.Event().wait()

    def note_loss(self):
        """Nothing is kept in this test."""

    async def refresh(self, *, exact=False):
        await asyncio.Event().wait()


@pytest.mark.parametrize("lost", [True, False])
async def test_a_stream_that_is_left_has_no_connection(demo, monkeypatch, lost):
    """While the snapshot is asked for in vain, or given up, no connection takes events away."""
    monkeypatch.setattr(event_stream, "QUIET_S", 0.01)
    before = asyncio.all_tasks()
    listener = Compares(demo.open("happy_path", held=True).session_id, lost)
    task = asyncio.create_task(listen(lambda: parse_address(demo.url), listener))
    await listener.compared.wait()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    left = {repr(one) for one in asyncio.all_tasks() - before}
    assert not [name for name in left if "keepalive" in name or "aclose" in name]


async def test_what_is_lost_with_a_connection_is_marked(demo, tmp_path):
    """The next event says so: in the history, in the recording, and in the log."""
    session = demo.open("happy_path", held=True)
    async with watching(demo.url) as server:
        source = await source_of(server, session)
        recorder = Recorder(tmp_path / "a.exlab.jsonl", source.recording().header, source.history)
        task = listen_to(source)
        await until(lambda: source.info.connection.startswith("Listening"), source)
        session.run_to("rendering")
        await in_state(source, "rendering")
        demo.conduct = Conduct(only="EVENT", drop=True, times=1)
        session.send(b'{"kind": "warning", "phase": "rendering_template", "message": "lost"}')
        await until(lambda: "Reconnecting" in source.info.connection, source)
        await until(lambda: "Listening" in source.info.connection, source)
        session.run_to("done")
        await task
    recorder.write(len(source.history))
    recorder.close()
    marked = [event for event in source.history if event.mark not in (None, Mark.LATE)]
    assert [(event.state, event.mark) for event in marked] == [("plugin_pass", Mark.LOSS)]
    kept = [event.mark for event in load(recorder.path).events]
    assert Mark.LOSS in kept
    line = EventLines(source.machine).line(marked[0], None)
    assert line.endswith("earlier events may be lost)")
    violations = [f for f in check(source.machine, source.history) if f.severity == "violation"]
    assert violations == []

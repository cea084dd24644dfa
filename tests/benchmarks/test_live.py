"""Live sessions: from a server's socket to what is painted, and what watching costs."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

import httpx
import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from websockets.asyncio.client import connect

from exlab_gui.controllers.stream_choice import EVENT_STREAMS, HERE
from exlab_gui.models.session_model import SessionModel
from exlab_gui.sources.commands import Listen
from exlab_gui.sources.live.address import parse_address
from exlab_gui.sources.live.server_file import read_server_file
from exlab_gui.sources.live.source import LiveSource
from exlab_gui.testing.lifecycle import close_window
from exlab_gui.window.monitor_window import MonitorWindow
from tests.benchmarks.conftest import Comparison, Row
from tests.benchmarks.processes import serving, until
from tests.helpers.heartbeat import Heartbeat

EVENTS = 20_000
ROUNDS = 7
WATCHED = 100
WATCHED_FOR_S = 15.0
LISTED = 10_000
PATIENCE_S = 60.0
FEED = ("-m", "tests.benchmarks.feeding_server")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="selector loops only")


def authorization(home: Path) -> dict[str, str]:
    """Return the header for the control routes of the demo server that is served."""
    file = read_server_file(home / "exlab-wizard" / "server.json")
    assert file is not None
    return {"authorization": f"Bearer {file.control_token}"}


class Painted(QObject):
    """The `count` of the events that the log shows on the screen; `then` is called at each."""

    def __init__(self, window: MonitorWindow, then: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self.count = 0
        self._table = window.panes.log.table
        self._then = then
        self._table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """See that the log is about to be painted; at the loop's next turn it is."""
        if event.type() == QEvent.Type.Paint:
            count = self._table.model().rowCount()
            QTimer.singleShot(0, lambda: self._painted(count))
        return False

    def _painted(self, count: int) -> None:
        self.count = count
        if self._then is not None:
            self._then(count)


def all_painted(session: SessionModel, painting: Painted) -> bool:
    """Return whether every event of a stream came, and is on the screen."""
    return session.count > EVENTS and painting.count == session.count


async def next_session(window: MonitorWindow, known: set[str]) -> SessionModel:
    """Return the live session that is not among the `known`, once it is window."""

    def new() -> list[SessionModel]:
        sessions = [window.sessions.session(row) for row in range(window.sessions.rowCount())]
        return [
            one
            for one in sessions
            if isinstance(one.source, LiveSource) and one.source.session_id not in known
        ]

    await until(new)
    (session,) = new()
    assert isinstance(session.source, LiveSource)
    known.add(session.source.session_id)
    window.session_actions.show(session)
    return session


async def counted(url: str) -> float:
    """Return how long it takes to count the events of a stream, and do nothing else."""
    start = perf_counter()
    events = 0
    async with connect(f"{url.replace('http', 'ws', 1)}/api/v1/sessions/x/events") as stream:
        async for _ in stream:
            events += 1
    assert events == EVENTS
    return perf_counter() - start


async def test_events_into_the_window(
    window: MonitorWindow, table: list[Row], tmp_path: Path
) -> None:
    """Events are decoded, checked, logged, recorded and painted; the window answers meanwhile."""
    ratios: list[float] = []
    away: list[float] = []
    known: set[str] = set()
    painting = Painted(window)
    window.settings.keep(EVENT_STREAMS, {HERE: False})  # it is listened to when it is measured
    with serving(tmp_path, *FEED, str(EVENTS), "0") as url:
        window.servers.connect_to(parse_address(url))
        for number in range(ROUNDS + 1):
            bare = await asyncio.to_thread(asyncio.run, counted(url))
            session = await next_session(window, known)
            session.record(tmp_path / f"{number}.exlab.jsonl")
            painting.count, start = 0, perf_counter()
            with Heartbeat() as heartbeat:
                assert session.request(Listen(on=True))
                await until(partial(all_painted, session, painting))
                taken = perf_counter() - start
            session.stop_recording()
            if number:  # the first one warms up
                ratios.append(bare / taken)
                away.append(heartbeat.longest_ms)
        await close_window(window)
    low, middle, high = quantiles(ratios, n=4)
    table.append(
        Row(
            f"events per second into the window, of {EVENTS:,}",
            "a bare async for over websockets",
            "at least 0.5 ×",
            f"{middle:.2f} ×",
            f"{low:.2f} to {high:.2f}",
            f"{max(ratios):.2f}",
            str(ROUNDS),
        )
    )
    low, middle, high = quantiles(away, n=4)
    table.append(
        Row(
            "longest time the window did not answer, during that",
            "",
            "at most 50 ms",
            f"{middle:.0f} ms",
            f"{low:.0f} to {high:.0f}",
            f"{min(away):.0f}",
            str(ROUNDS),
        )
    )


async def test_arrived_to_painted(window: MonitorWindow, table: list[Row], tmp_path: Path) -> None:
    """An event is on the screen soon after it came, at a hundred of them a second."""
    count = 500
    arrived: list[float] = []
    lags: list[float] = []

    def note(painted: int) -> None:
        now = perf_counter()
        new = arrived[len(lags) : max(painted - before, 0)]
        lags.extend((now - at) * 1000 for at in new)

    window.settings.keep(EVENT_STREAMS, {HERE: False})
    with serving(tmp_path, *FEED, str(count), "100") as url:
        window.servers.connect_to(parse_address(url))
        session = await next_session(window, set())
        source = session.source
        assert isinstance(source, LiveSource)
        before = len(source.history)
        heard = source.take_messages

        def tapped(messages: Sequence[bytes]) -> None:
            arrived.extend([perf_counter()] * len(messages))
            heard(messages)

        source.take_messages = tapped  # type: ignore[method-assign]
        painting = Painted(window, note)  # noqa: F841  (it lives as long as this)
        session.request(Listen(on=True))
        await until(lambda: len(lags) == count)
        await close_window(window)
    low, middle, high = quantiles(lags, n=4)
    table.append(
        Row(
            "event arrived to painted, median, at 100 a second",
            "one frame at 60 Hz, 16.7 ms",
            "at most 2 ×",
            f"{middle / 16.7:.2f} ×",
            f"{low / 16.7:.2f} to {high / 16.7:.2f}",
            f"{min(lags) / 16.7:.2f}",
            str(count),
        )
    )


async def test_watching_many(window: MonitorWindow, table: list[Row], tmp_path: Path) -> None:
    """A hundred sessions on one server leave the processor to others."""
    with serving(tmp_path, "-m", "exlab_gui", "demo-server", "--empty") as url:
        async with httpx.AsyncClient(
            base_url=url, timeout=PATIENCE_S, headers=authorization(tmp_path)
        ) as control:
            for _ in range(WATCHED):
                await control.post("/demo/sessions", json={"scenario": "happy_path"})
        window.servers.connect_to(parse_address(url))
        await until(lambda: window.sessions.rowCount() > WATCHED)
        start, used = perf_counter(), process_time()
        await asyncio.sleep(WATCHED_FOR_S)
        share = (process_time() - used) / (perf_counter() - start)
        await close_window(window)
    table.append(
        Row(
            f"processor time of watching {WATCHED} sessions for {WATCHED_FOR_S:.0f} s",
            "one core",
            "at most 10 %",
            f"{share:.1%}",
        )
    )


async def test_many_listed_at_once(window: MonitorWindow, table: list[Row], tmp_path: Path) -> None:
    """A server with very many sessions is on the screen soon, and the window answers meanwhile."""
    window.settings.keep(EVENT_STREAMS, {HERE: False})
    with serving(tmp_path, "-m", "tests.benchmarks.listing_server", f"sessions-{LISTED}") as url:
        start, used = perf_counter(), process_time()
        with Heartbeat() as heartbeat:
            window.servers.connect_to(parse_address(url))
            await until(lambda: window.session_list.model().rowCount() > LISTED)
            taken, used = perf_counter() - start, process_time() - used
        await close_window(window)
    what = f"{LISTED:,} sessions listed at once"
    table += [
        Row(f"{what}, to shown", "", "under 2 s", f"{taken:.1f} s"),
        Row(f"{what}, processor time", "", "", f"{used:.1f} s"),
        Row(f"{what}, longest gap", "", "at most 100 ms", f"{heartbeat.longest_ms:.0f} ms"),
    ]


def test_a_poll_without_news(compare: Comparison, tmp_path: Path) -> None:
    """To look whether there is news costs little more than the request."""
    with (
        serving(tmp_path, "-m", "exlab_gui", "demo-server", "--empty") as url,
        asyncio.Runner() as runner,
    ):
        session = httpx.post(
            f"{url}/demo/sessions",
            json={"scenario": "happy_path", "hold": True},
            headers=authorization(tmp_path),
            timeout=PATIENCE_S,
        ).json()["session_id"]
        path = f"{url}/api/v1/sessions/{session}"
        bare = httpx.AsyncClient()
        source = runner.run(one_source(url, session))

        def many(ask: Callable[[], object]) -> None:
            async def run() -> None:
                for _ in range(20):
                    await ask()  # type: ignore[misc]

            runner.run(run())

        compare(
            "a poll that brought nothing new",
            lambda: many(source.refresh),
            "the bare httpx request",
            lambda: many(lambda: bare.get(path)),
            target="at most 1.2 ×",
            rounds=50,
        )
        assert len(source.history) == 1
        runner.run(bare.aclose())
        runner.run(source._server.client.close())


async def one_source(url: str, session_id: str) -> LiveSource:
    """Return the session of that id, known and not watched."""
    from exlab_gui.sources.live.server import LiveServer

    return await LiveServer(parse_address(url)).find(session_id)

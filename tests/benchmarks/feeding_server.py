"""A server that does nothing but feed streams of events: as fast as it goes, or evenly.

``python -m tests.benchmarks.feeding_server COUNT EVENTS_PER_S`` prints its address. It has one
session that goes on: when its stream was read it is done, and the next one appears. The stream of
any other name is the same. With 0 events a second, each is sent as soon as the one before is.
"""

import asyncio
import json
import sys
from itertools import count as numbers
from pathlib import PurePosixPath

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

PATH = "/api/v1"
HEALTH = {"status": "ok", "version": "0.1.0", "schema_versions": {}, "setup_state": "ready"}


def message(number: int, total: int) -> bytes:
    """Return event `number` of a stream of `total`; the last one says that the session is done."""
    if number == total - 1:
        return json.dumps({"kind": "done", "result": {"path": "/lab/run"}}).encode()
    return json.dumps(
        {"kind": "progress", "phase": "running_plugins", "current": number, "total": total}
    ).encode()


class Feed:
    """The sessions ``s-0``, ``s-1`` and so on: all done but the last one."""

    def __init__(self, total: int, per_s: float) -> None:
        self._messages = [message(number, total) for number in range(total)]
        self._per_s = per_s
        self._names = map("s-{}".format, numbers())
        self._going = next(self._names)

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer a question; None leads to the stream."""
        match PurePosixPath(request.path).parts[3:]:
            case ("health",):
                body: object = HEALTH
            case ("operations",):
                body = {"operations": [{"id": self._going, "state": "plugin_pass"}]}
            case ("sessions", name):
                body = {
                    "session_id": name,
                    "state": "plugin_pass" if name == self._going else "done",
                }
            case _:
                return None
        return connection.respond(200, json.dumps(body))

    async def stream(self, connection: ServerConnection) -> None:
        """Send every event, and close."""
        if self._per_s:
            for event in self._messages:
                await connection.send(event)
                await asyncio.sleep(1 / self._per_s)
        else:
            for event in self._messages:
                await connection.send(event)
        if connection.request is not None and f"/{self._going}/" in connection.request.path:
            self._going = next(self._names)
        await connection.close()


async def run(total: int, per_s: float) -> None:
    """Feed until killed."""
    feed = Feed(total, per_s)
    async with serve(
        feed.stream, "127.0.0.1", 0, process_request=feed.answer, compression=None
    ) as server:
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), float(sys.argv[2])))

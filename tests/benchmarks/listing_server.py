"""A server that says more than any real one: many sessions, long lists, long texts.

``python -m tests.benchmarks.listing_server CASE`` prints its address. Its answers are made once.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import PurePosixPath

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from tests.benchmarks.feeding_server import HEALTH

BODY = 16 * 2**20 - 1_000
"""A little less than a client takes."""

RUNNING = ("validating", "rendering", "plugin_pass", "cache_write")


def sessions(count: int) -> str:
    """Return a list of `count` sessions, each in one of four states."""
    listed = [
        {
            "id": f"session-{number:06}",
            "state": RUNNING[number % 4],
            "started_at": "2026-03-17T09:30:00Z",
            "equipment_id": f"EQ{number % 7}",
            "project_short_id": f"P{number % 50}",
            "run_label": f"run {number}",
        }
        for number in range(count)
    ]
    return json.dumps({"operations": listed})


def filled(entry: Callable[[int], str]) -> str:
    """Return a list that is as long as may be, of the entries that `entry` makes."""
    entries, length = [], 0
    while length < BODY:
        entries.append(entry(len(entries)))
        length += len(entries[-1]) + 1
    return f'{{"operations":[{",".join(entries[:-1])}]}}'


def asking(**question: object) -> dict[str, object]:
    """Return a session that asks."""
    pending = {"fields": [], "reason": "why", "plugin": "p", **question}
    return {"state": "input_required", "pending_input": pending}


def field(number: int, **more: object) -> dict[str, object]:
    """Return field `number` of a question."""
    return {"id": f"f{number}", "label": f"Field {number}", "type": "string", **more}


LISTS = {
    "sessions-1000": lambda: sessions(1_000),
    "sessions-10000": lambda: sessions(10_000),
    "list-empty-lists": lambda: filled(lambda _: "[]"),
    "list-texts": lambda: filled(lambda _: '""'),
    "list-same": lambda: filled(lambda _: '{"id":"x","state":"validating"}'),
    "list-distinct": lambda: filled(lambda n: f'{{"id":"i{n}","state":"validating"}}'),
}
"""What the server lists, by the name of the case."""

SNAPSHOTS = {
    "fields-300": lambda: asking(fields=[field(n) for n in range(300)]),
    "fields-8000": lambda: asking(fields=[field(n) for n in range(8_000)]),
    "fields-50000": lambda: asking(fields=[field(n) for n in range(50_000)]),
    "options-100000": lambda: asking(
        fields=[field(0, type="choice", options=[f"o{n}" for n in range(100_000)])]
    ),
    "text-default-6MB": lambda: asking(fields=[field(0, type="text", default="z\n" * 3_000_000)]),
    "string-default-12MB": lambda: asking(fields=[field(0, default="z" * 12_000_000)]),
    "hint-6MB": lambda: asking(fields=[field(0, type="text", hint="z\n" * 3_000_000)]),
    "labels-13MB": lambda: asking(
        fields=[field(0, label="x" * 3_000_000, hint="y" * 3_000_000)],
        reason="r" * 3_000_000,
        plugin="p" * 3_000_000,
    ),
    "result-15MB": lambda: {"state": "done", "result": {"path": "/x", "big": ["[]"] * 2_000_000}},
    "error-9MB": lambda: {
        "state": "failed",
        "error": {"code": "c" * 1_000_000, "message": "m\n" * 3_000_000, "details": [[]] * 500_000},
    },
}
"""The only session of the server, by the name of the case."""

CASES = (*LISTS, *SNAPSHOTS)


async def run(case: str) -> None:
    """Answer until killed."""
    if case in LISTS:
        listed, snapshot = LISTS[case](), json.dumps({"session_id": "x", "state": "validating"})
    else:
        session = SNAPSHOTS[case]()
        snapshot = json.dumps({"session_id": "only", **session})
        listed = json.dumps({"operations": [{"id": "only", "state": session["state"]}]})

    def answer(connection: ServerConnection, request: Request) -> Response:
        match PurePosixPath(request.path).parts[3:]:
            case ("health",):
                return connection.respond(200, json.dumps(HEALTH))
            case ("operations",):
                return connection.respond(200, listed)
        return connection.respond(200, snapshot)

    async with serve(lambda _: asyncio.sleep(0), "127.0.0.1", 0, process_request=answer) as server:
        print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1]))

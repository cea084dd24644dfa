"""A demo server in a process of its own, to be stopped and killed."""

import asyncio
import os
import socket
import subprocess
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import httpx


class Victim:
    """A demo server that always comes back at the same port."""

    def __init__(self, folder):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {**os.environ, "XDG_STATE_HOME": str(folder)}

    async def start(self):
        """Start it, and return when it serves."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.helpers.faulty_server"),
                *("--rate", "30", "--port", str(self.port)),
            ],
            cwd=Path(__file__).parents[2],
            env=self._environment,
            stdout=subprocess.PIPE,
        )
        url, token = await asyncio.to_thread(self._read, 2)
        assert url == self.url
        self._token = token.split()[-1]

    def control(self):
        """Return a client of the control routes, with the token of the server that runs then."""

        def authorize(request):
            request.headers["authorization"] = f"Bearer {self._token}"
            return request

        # No connection is kept: the server dies in between.
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.AsyncClient(
            base_url=f"{self.url}/demo", timeout=20, limits=limits, auth=authorize
        )

    def _read(self, count):
        return [self._process.stdout.readline().decode().strip() for _ in range(count)]

    def signal(self, number):
        """Send it a signal."""
        self._process.send_signal(number)

    async def kill(self):
        """Kill it, and return when it is dead."""
        self._process.kill()
        self._process.stdout.close()
        await asyncio.to_thread(self._process.wait)


@asynccontextmanager
async def running_victim(folder):
    """Give a victim that runs, and is not left behind."""
    victim = Victim(folder)
    await victim.start()
    try:
        yield victim
    finally:
        await victim.kill()

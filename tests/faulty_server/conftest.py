"""A faulty server in the test's own event loop, and a client of it."""

import pytest

from tests.demo_server.client import client_of
from tests.helpers.faulty_server.server import FaultyServer


@pytest.fixture
async def demo():
    """Return a server that has no sessions but those that the test opens, and is in no hurry."""
    async with FaultyServer() as server:
        yield server


@pytest.fixture
async def api(demo):
    """Return an HTTP client of the server."""
    async with client_of(demo.url, demo.token) as client:
        yield client

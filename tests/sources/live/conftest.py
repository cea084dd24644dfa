"""A demo server in the test's own event loop, and monitors that watch it over real sockets."""

import pytest

from tests.helpers.faulty_server.server import FaultyServer


@pytest.fixture
async def demo():
    """Return a server that has no sessions but those that the test opens, held or in no hurry."""
    async with FaultyServer() as server:
        yield server

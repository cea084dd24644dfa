"""A demo server in the test's own event loop, and monitors that watch it over real sockets."""

import pytest

from exlab_gui.demo_server.running import running_demo_server


@pytest.fixture
async def demo():
    """Return a server that has no sessions but those that the test opens, held or in no hurry."""
    async with running_demo_server(rate=1000) as server:
        yield server

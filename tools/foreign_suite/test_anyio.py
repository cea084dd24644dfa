"""Coroutine tests of another project, for anyio, on each of its backends."""

import anyio
import pytest

pytestmark = pytest.mark.anyio


async def test_task_group():
    async with anyio.create_task_group() as group:
        group.start_soon(anyio.sleep, 0)


async def test_fails():
    raise AssertionError

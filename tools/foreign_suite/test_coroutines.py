"""Coroutine tests of another project, for pytest-asyncio."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def answer():
    await asyncio.sleep(0)
    yield 42
    await asyncio.sleep(0)


@pytest.mark.asyncio
async def test_marked(answer):
    assert answer == 42


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_fails(number):
    await asyncio.sleep(0)
    assert number == 1


@pytest.mark.asyncio
async def test_the_loop_is_of_asyncio():
    assert type(asyncio.get_running_loop()).__module__.startswith("asyncio.")


async def test_unmarked():
    await asyncio.sleep(0)

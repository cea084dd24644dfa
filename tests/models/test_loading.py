"""Imports in a thread."""

import asyncio
import sys

import pytest

from exlab_gui.models.loading import loaded


async def test_an_import_lets_the_loop_go_on() -> None:
    """The loop has turns while a module is imported; once it is, nothing is waited for."""
    name = "wsgiref.simple_server"
    for module in [one for one in sys.modules if one.startswith("wsgiref")]:
        del sys.modules[module]
    loading = asyncio.ensure_future(loaded(name))
    await asyncio.sleep(0)
    assert not loading.done()
    await loading
    assert name in sys.modules
    with pytest.raises(StopIteration):
        loaded(name).send(None)


async def test_what_cannot_be_imported_is_left_to_its_user() -> None:
    """A module that is missing is no fault here, and keeps no other from being imported."""
    await loaded("exlab_gui.there_is_no_such_module", "exlab_gui.core.clock")

"""Imports in a thread."""

import asyncio
import sys
import threading
from pathlib import Path

import pytest

from exlab_gui.models.background.loading import is_loaded, loaded

going_on = threading.Event()
"""Set to let the import of the test's module end."""


async def test_an_import_lets_the_loop_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loop has turns while a module is imported; it is loaded once that has ended."""
    name = "imported_in_a_thread"
    monkeypatch.setitem(sys.modules, "its_test", sys.modules[__name__])
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / f"{name}.py").write_text("import its_test\nits_test.going_on.wait()\n")
    loading = asyncio.ensure_future(loaded(name))
    while name not in sys.modules and not loading.done():
        await asyncio.sleep(0)
    assert not is_loaded(name)
    going_on.set()
    await loading
    assert is_loaded(name)
    with pytest.raises(StopIteration):  # nothing is waited for
        loaded(name).send(None)
    del sys.modules[name]


async def test_what_cannot_be_imported_is_left_to_its_user() -> None:
    """A module that is missing is no fault here, and keeps no other from being imported."""
    await loaded("exlab_gui.there_is_no_such_module", "exlab_gui.core.clock")

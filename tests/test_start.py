"""The window is there soon: what it does not need at first is neither read nor imported before."""

import subprocess
import sys


def printed(code: str) -> list[str]:
    """Return the words that a Python of its own prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_no_source_is_read():
    """Modules are imported compiled, as without PySide6, which reads the source of each one."""
    code = (
        "import linecache, exlab_gui.plain_import, exlab_gui.app; "
        "print(*(name for name in linecache.cache if 'exlab_gui' in name))"
    )
    assert printed(code) == []

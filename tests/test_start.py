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
        "import linecache, exlab_gui.window_program; "
        "print(*(name for name in linecache.cache if 'exlab_gui' in name))"
    )
    assert printed(code) == []


def test_nothing_is_imported_before_its_use():
    """What writes a report, shows one event and answers screen readers comes with its first use."""
    later = {
        "exlab_gui.export.report.page",
        "exlab_gui.widgets.accessibility.diagram_parts",
        "exlab_gui.widgets.log.json_tree",
        "html",
    }
    code = f"import sys, exlab_gui.app; print(*({later} & sys.modules.keys()))"
    assert printed(code) == []

"""Qt is spared a locale that is not UTF-8, of which it complains at each start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exlab_gui.system.text_encoding import prefer_utf8

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is no need")


@pytest.mark.parametrize("encoding", ["UTF-8", "utf8"])
def test_a_locale_with_utf8_stays(encoding: str) -> None:
    variables = {"LC_ALL": "de_DE.UTF-8"}
    prefer_utf8(variables, encoding)
    assert variables == {"LC_ALL": "de_DE.UTF-8"}


def test_only_the_encoding_changes() -> None:
    """Numbers, times and the language are as the user has chosen."""
    variables = {"LC_ALL": "de_DE.ISO-8859-1", "LC_TIME": "C"}
    prefer_utf8(variables, "ISO-8859-1")
    assert variables == {"LANG": "de_DE.ISO-8859-1", "LC_CTYPE": "C.UTF-8", "LC_TIME": "C"}


def test_the_legacy_locale_prints_nothing(tmp_path: Path) -> None:
    """A picture of the diagram is drawn by Qt, without a word about the locale."""
    done = subprocess.run(
        [sys.executable, "-m", "exlab_gui", "diagram", "-o", str(tmp_path / "a.png")],
        env=os.environ | {"LC_ALL": "C"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""

"""The pictures of the documents can be taken again, and are all shown."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = {path.name for path in (ROOT / "docs" / "pictures").iterdir()}


def test_every_picture_is_shown() -> None:
    """No picture is left over from a document that is gone."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    shown = "".join(page.read_text("utf-8") for page in pages)
    assert {name for name in PICTURES if f"pictures/{name}" in shown} == PICTURES


def test_every_picture_is_taken_by_the_tool(tmp_path: Path) -> None:
    """The tool makes every picture from the window, offscreen."""
    tool = ROOT / "tools" / "take_pictures.py"
    subprocess.run([sys.executable, tool, tmp_path], check=True, capture_output=True)
    assert {path.name for path in tmp_path.iterdir()} == PICTURES

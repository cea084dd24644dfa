"""The page on tests that drive the window has examples that pass."""

import re
from pathlib import Path

from tests.testing.subprocesses import run_pytest

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")


def test_the_examples_pass(tmp_path: Path) -> None:
    """Each block of Python is a file of tests that passes as it stands."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    assert blocks
    for number, block in enumerate(blocks):
        (tmp_path / f"test_example_{number}.py").write_text(block, "utf-8")
    # One walk of a tour is like another.
    told = run_pytest(tmp_path, "-q", "-k", "1-done or not each_transition")
    assert " passed" in told, told
    assert told.endswith("exit code 0"), told

"""A project that has nothing of this one but the plugin."""

import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from exlab_gui.core.trace import load
from tests.testing.subprocesses import run_pytest

PROJECT = Path(__file__).parents[1] / "sample_project"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project, outside of this one."""
    return Path(shutil.copytree(PROJECT, tmp_path / "project"))


def test_the_project_passes_and_nothing_is_kept(project: Path) -> None:
    """The plugin is all that it takes; of what passes there is no report."""
    told = run_pytest(project, "--exlab-report", "kept")
    assert "2 passed, 2 skipped" in told
    assert told.endswith("exit code 0")
    assert not (project / "kept").exists()


def test_what_fails_is_kept_and_linked(project: Path) -> None:
    """Each failing test has its recording, picture and diagram, which the JUnit XML names."""
    told = run_pytest(
        project, "--exlab-report", "kept", "--junit-xml", "report.xml", SAMPLE_FAILS="1"
    )
    assert "2 failed, 2 passed" in told
    assert len(list((project / "kept").iterdir())) == 2
    cases = ElementTree.parse(project / "report.xml").findall(".//testcase")
    kept = [_properties(case) for case in cases if case.find("failure") is not None]
    assert len(kept) == 2
    assert [_properties(case) for case in cases if case.find("failure") is None] == [{}, {}]
    for files in kept:
        recording = load(files["exlab_recording"])
        assert [event.state for event in recording.events] == ["pending", "validating"]
        assert not QImage(files["exlab_picture"]).isNull()
        svg = ElementTree.parse(files["exlab_diagram"]).getroot()
        assert svg.tag.endswith("svg")
        assert files["exlab_recording"] in told


def _properties(case: ElementTree.Element) -> dict[str, str]:
    return {one.attrib["name"]: one.attrib["value"] for one in case.iter("property")}

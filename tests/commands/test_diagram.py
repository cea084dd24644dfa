"""``diagram`` writes the state machine to a file, in the form that its ending names."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import pytest
from click.testing import CliRunner
from PySide6.QtGui import QImage

from exlab_gui.cli import main
from exlab_gui.core.analysis.status import statuses_in
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.export.diagram.dot import to_dot
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.mermaid import to_mermaid
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.recording import save
from exlab_gui.theme.colours import DARK, LIGHT
from tests.core.trace.kept import SHORT


def run(*args):
    return CliRunner().invoke(main, ["diagram", *map(str, args)])


def svg(colours, states=None, edges=None):
    return to_svg(Drawing(CREATION_MACHINE, colours, states or {}, edges or {})).encode()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.svg", svg(LIGHT)),
        ("a.SVG", svg(LIGHT)),
        ("a.mmd", to_mermaid(CREATION_MACHINE).encode()),
        ("a.mermaid", to_mermaid(CREATION_MACHINE).encode()),
        ("a.dot", to_dot(CREATION_MACHINE).encode()),
        ("a.gv", to_dot(CREATION_MACHINE).encode()),
    ],
)
def test_texts(tmp_path, name, expected):
    """SVG, Mermaid and DOT are written as the core draws them."""
    path = tmp_path / name
    assert run("-o", path).exit_code == 0
    assert path.read_bytes() == expected


def test_a_state_and_a_theme(tmp_path):
    """A state is shown as the current one, in the colours of the theme."""
    path = tmp_path / "a.svg"
    assert run("-o", path, "--state", "plugin_pass", "--theme", "dark").exit_code == 0
    assert path.read_bytes() == svg(DARK, *statuses_in(CREATION_MACHINE, "plugin_pass"))
    dot = run("-o", "-", "--format", "dot", "--state", "plugin_pass")
    assert dot.output == to_dot(CREATION_MACHINE, "plugin_pass")


@pytest.mark.usefixtures("qapp")
def test_a_picture(tmp_path):
    """A PNG shows all of the drawing, larger than it is, on the theme's surface."""
    path = tmp_path / "a.png"
    assert run("-o", path).exit_code == 0
    picture = QImage(str(path))
    drawing = ElementTree.fromstring(svg(LIGHT))
    assert picture.width() == 2 * float(drawing.get("width"))
    assert picture.height() == 2 * float(drawing.get("height"))
    assert picture.pixelColor(0, 0).name().upper() == LIGHT.surface


@pytest.mark.usefixtures("qapp")
def test_a_page(tmp_path):
    """A PDF is written as one, with its text as text: in a font of its own."""
    path = tmp_path / "a.pdf"
    assert run("-o", path).exit_code == 0
    assert path.read_bytes().startswith(b"%PDF-")
    assert b"/Font" in path.read_bytes()


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_pictures_need_no_display(tmp_path, monkeypatch, form):
    """PNG and PDF are drawn where no display is named at all."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / f"a.{form}"
    command = [sys.executable, "-m", "exlab_gui", "diagram", "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.stat().st_size > 1_000


@pytest.mark.parametrize("form", ["svg", "mmd", "dot"])
def test_texts_import_no_qt(form):
    """SVG, Mermaid and DOT are written without importing Qt."""
    code = f"""
import sys
from exlab_gui.cli import main
main(["diagram", "-o", "-", "--format", "{form}"], standalone_mode=False)
print("PySide6" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "False"


def test_standard_output():
    """With - the diagram goes to standard output, in the form that is asked for."""
    assert run("-o", "-", "--format", "SVG").output.encode() == svg(LIGHT)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "Missing option"),
        (
            ["-o", "a.jpg"],
            "a.jpg: the format has to be one of .svg, .png, .pdf, .mmd, .mermaid, .dot, .gv.",
        ),
        (["-o", "a"], "a: the format has to be one of .svg"),
        (["-o", "a.svg", "--format", "jpg"], "--format .jpg: the format has to be one of .svg"),
        (["-o", "-"], "Standard output has no ending"),
        (["-o", "a.svg", "--state", "finished"], '"finished" is not a state'),
        (["-o", "a.svg", "--theme", "system"], "'system' is not one of 'light', 'dark'"),
    ],
)
def test_bad_use(tmp_path, monkeypatch, args, message):
    """What makes no sense ends with exit code 2 and says why, and no file is made."""
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.exit_code == 2
    assert message in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written(tmp_path):
    """Where the file cannot be written, one sentence says so, and the exit code is 1."""
    path = tmp_path / "none" / "a.svg"
    result = run("-o", path)
    assert result.exit_code == 1
    assert result.output == f"Error: {path} cannot be written: No such file or directory.\n"


def test_a_recording_brings_its_path(tmp_path):
    """--recording draws the path of a session, in the machine that the file brings along."""
    path = tmp_path / "a.exlab.jsonl"
    save(path, SHORT)
    command = ["diagram", "--recording", str(path), "-o", "-", "--format", "mmd"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0
    assert "    plugin_pass --> failed: taken\n" in done.output
    for more in (["--state", "done"], ["--machine", "missing"]):
        assert CliRunner().invoke(main, [*command, *more]).exit_code == 2
    path.write_bytes(b"PK\x03\x04")
    refused = CliRunner().invoke(main, ["diagram", "--recording", str(path), "-o", "a.svg"])
    assert (refused.exit_code, "a ZIP archive" in refused.stderr) == (1, True)

"""The diagram is saved in the form that the file's ending names, and in no other."""

import pytest
from PySide6.QtGui import QImage

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.export.diagram import ENDINGS, diagram_bytes, save_diagram
from exlab_gui.export.svg import to_svg
from exlab_gui.theme.colours import LIGHT

STATES = {"validating": StateStatus.CURRENT, "pending": StateStatus.VISITED}
EDGES = {("pending", "validating"): EdgeStatus.LAST}

BEGINNINGS = {
    ".svg": b"<?xml",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".mmd": b"stateDiagram-v2",
    ".mermaid": b"stateDiagram-v2",
    ".dot": b"digraph",
    ".gv": b"digraph",
}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ending", ENDINGS)
def test_each_ending_has_its_form(tmp_path, ending):
    """A file is of the kind that its ending promises, in capitals too, and bears the session."""
    path = tmp_path / f"diagram{ending.upper()}"
    save_diagram(path, CREATION_MACHINE, LIGHT, states=STATES, edges=EDGES)
    assert path.read_bytes().startswith(BEGINNINGS[ending])


def test_what_happened_is_in_the_picture():
    """The states and transitions are drawn as they stand."""
    drawn = diagram_bytes(".svg", CREATION_MACHINE, LIGHT, states=STATES, edges=EDGES)
    assert drawn.decode() == to_svg(CREATION_MACHINE, LIGHT, states=STATES, edges=EDGES)


@pytest.mark.parametrize("ending", [".mmd", ".dot"])
def test_texts_show_the_current_state(ending):
    """A text without a current state is another than one with it."""
    shown, idle = (
        diagram_bytes(ending, CREATION_MACHINE, LIGHT, states=states, edges={})
        for states in (STATES, {})
    )
    assert shown != idle


@pytest.mark.parametrize("name", ["diagram", "diagram.jpg", "svg"])
def test_another_ending_is_refused(tmp_path, name):
    """A file with any other ending is not written, and the message says which there are."""
    with pytest.raises(ValueError, match=r"ends in one of \.svg, \.png, \.pdf"):
        save_diagram(tmp_path / name, CREATION_MACHINE, LIGHT, states={}, edges={})
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match=r"is not among \.svg"):
        diagram_bytes("jpg", CREATION_MACHINE, LIGHT, states={}, edges={})


@pytest.mark.usefixtures("qapp")
def test_a_picture_has_no_holes(tmp_path):
    """Every pixel of a PNG is drawn: none shows what is behind it, or what was in the memory."""
    path = tmp_path / "a.png"
    save_diagram(path, CREATION_MACHINE, LIGHT, states=STATES, edges=EDGES)
    picture = QImage(str(path))
    assert picture.width() > 100
    assert picture.height() > 100
    corners = ((x, y) for x in (0, picture.width() - 1) for y in (0, picture.height() - 1))
    assert {picture.pixelColor(*corner).name().upper() for corner in corners} == {LIGHT.surface}
    alpha = picture.convertToFormat(QImage.Format.Format_Alpha8)
    lines = (bytes(alpha.constScanLine(y))[: alpha.width()] for y in range(alpha.height()))
    assert {min(line) for line in lines} == {255}


@pytest.mark.usefixtures("qapp")
def test_a_page_is_whole():
    """A PDF ends as one does."""
    drawn = diagram_bytes(".pdf", CREATION_MACHINE, LIGHT, states=STATES, edges=EDGES)
    assert drawn.rstrip().endswith(b"%%EOF")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_cannot_be_written(tmp_path, ending):
    """Where the folder is missing, or the name is that of a folder, the system's error says so."""
    path = tmp_path / "none" / f"a{ending}"
    with pytest.raises(FileNotFoundError) as error:
        save_diagram(path, CREATION_MACHINE, LIGHT, states={}, edges={})
    assert error.value.filename == str(path)
    path.mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        save_diagram(path, CREATION_MACHINE, LIGHT, states={}, edges={})

"""The diagram is saved in the format that the file's name ends in, and in no other."""

from io import BytesIO

import pytest
from PySide6.QtGui import QImage

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus
from exlab_gui.core.machine import CREATION_MACHINE
from exlab_gui.core.progress import no_progress
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.formats import FORMATS, PDF, SVG
from exlab_gui.export.diagram.svg import to_svg
from exlab_gui.export.exporter import ExportError, format_of, write
from exlab_gui.theme.colours import LIGHT

IDLE = Drawing(CREATION_MACHINE, LIGHT)
DRAWING = Drawing(
    CREATION_MACHINE,
    LIGHT,
    {"validating": StateStatus.CURRENT, "pending": StateStatus.VISITED},
    {("pending", "validating"): EdgeStatus.LAST},
)

BEGINNINGS = {
    ".svg": b"<?xml",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".mmd": b"stateDiagram-v2",
    ".mermaid": b"stateDiagram-v2",
    ".dot": b"digraph",
    ".gv": b"digraph",
}


def drawn(form, drawing=DRAWING):
    file = BytesIO()
    form.write(drawing, file, no_progress)
    return file.getvalue()


def test_every_suffix_is_known():
    """Each format has its suffixes, which no other has."""
    assert [suffix for form in FORMATS for suffix in form.suffixes] == list(BEGINNINGS)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", BEGINNINGS)
def test_each_suffix_has_its_format(tmp_path, suffix):
    """A file is of the format that its name promises, in capitals too."""
    path = tmp_path / f"diagram{suffix.upper()}"
    write(path, FORMATS, DRAWING)
    assert path.read_bytes().startswith(BEGINNINGS[suffix])


def test_what_happened_is_in_the_picture():
    """The states and transitions are drawn as they stand."""
    assert drawn(SVG).decode() == to_svg(DRAWING)


@pytest.mark.parametrize("suffix", [".mmd", ".dot"])
def test_texts_show_the_current_state(suffix):
    """A text without a current state is another than one with it."""
    form = format_of(FORMATS, f"a{suffix}")
    assert drawn(form) != drawn(form, IDLE)


@pytest.mark.parametrize("name", ["diagram", "diagram.jpg", "svg"])
def test_another_suffix_is_refused(tmp_path, name):
    """A file with any other suffix is not written, and the message says which there are."""
    with pytest.raises(ExportError, match=rf"^{name}: the format has to be one of \.svg, \.png"):
        write(tmp_path / name, FORMATS, IDLE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("qapp")
def test_a_picture_has_no_holes(tmp_path):
    """Every pixel of a PNG is drawn: none shows what is behind it, or what was in the memory."""
    path = tmp_path / "a.png"
    write(path, FORMATS, DRAWING)
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
    assert drawn(PDF).rstrip().endswith(b"%%EOF")


@pytest.mark.usefixtures("qapp")
def test_a_png_fits_a_page():
    """In a document a PNG is as large as the drawing, not twice that: it is for sharp print."""
    image = QImage.fromData(drawn(format_of(FORMATS, "a.png")))
    inch = 0.0254
    assert image.width() / image.dotsPerMeterX() / inch == pytest.approx(image.width() / 192, 0.01)

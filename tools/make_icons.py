"""Makes the icons of the program for each system from ``resources/icons/app.svg``.

    python tools/make_icons.py [FOLDER]

FOLDER is build/icons by default. It gets exlab-gui.ico for Windows, exlab-gui.icns for macOS, and
the folder hicolor of the theme that every desktop on Linux looks into. No display is needed.
"""

import shutil
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "resources" / "icons" / "app.svg"
NAME = "exlab-gui"

ICO = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS = {
    16: b"icp4",
    32: b"icp5",
    64: b"icp6",
    128: b"ic07",
    256: b"ic08",
    512: b"ic09",
    1024: b"ic10",
}
HICOLOR = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def png(size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Return a file of icons for Windows; a size of 256 is written as 0."""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(header) + 16 * len(pictures)
    entries = b""
    for size, picture in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return header + entries + b"".join(pictures.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """Return a file of icons for macOS."""
    parts = b"".join(
        ICNS[size] + struct.pack(">I", 8 + len(picture)) + picture
        for size, picture in pictures.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def make_icons(folder: Path) -> None:
    pictures = {size: png(size) for size in sorted({*ICO, *ICNS, *HICOLOR})}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.ico").write_bytes(ico({size: pictures[size] for size in ICO}))
    (folder / f"{NAME}.icns").write_bytes(icns({size: pictures[size] for size in ICNS}))
    for size in HICOLOR:
        place = folder / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{NAME}.png").write_bytes(pictures[size])
    scalable = folder / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copy(SOURCE, scalable / f"{NAME}.svg")


if __name__ == "__main__":
    make_icons(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "icons")

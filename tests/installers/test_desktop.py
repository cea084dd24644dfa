"""What desktops are told of the program agrees with the program, and is valid."""

import configparser
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImageReader

from exlab_gui import __version__
from exlab_gui.app import make_application
from exlab_gui.cli import main
from exlab_gui.core.trace import ENDING
from tests.core.trace.kept import SHORT, file_bytes

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "installers" / "linux"
INFO = LINUX / "org.exlab.exlab_gui.metainfo.xml"
MIME = LINUX / "exlab-gui.mime.xml"
ENTRY = configparser.RawConfigParser(delimiters="=")
ENTRY.optionxform = str
ENTRY.read(LINUX / "exlab-gui.desktop", "utf-8")
DESKTOP = ENTRY["Desktop Entry"]


def validated(*command):
    """Run a validator, if it is installed."""
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_menu_entry_is_valid():
    validated("desktop-file-validate", str(LINUX / "exlab-gui.desktop"))


def test_the_description_for_software_centres_is_valid():
    validated("appstreamcli", "validate", "--no-net", str(INFO))


def test_windows_belong_to_the_menu_entry():
    """The name that windows have, and that X11 and Wayland look for, is that of the file."""
    source = Path(sys.modules[make_application.__module__].__file__).read_text("utf-8")
    assert re.findall(r'setDesktopFileName\("(.*)"\)', source) == ["exlab-gui"]
    assert DESKTOP["StartupWMClass"] == DESKTOP["Icon"] == "exlab-gui"


def test_what_the_entry_starts_takes_files_or_none():
    """A click in the menu gives no file, a double click some: both are good use."""
    assert DESKTOP["Exec"] == "exlab-gui %F"
    context = main.make_context("exlab-gui", [f"a{ENDING}", f"b{ENDING}"], resilient_parsing=True)
    name, _, rest = main.resolve_command(context, [f"a{ENDING}", f"b{ENDING}"])
    assert (name, rest) == ("open", [f"a{ENDING}", f"b{ENDING}"])


def test_the_type_is_that_of_recordings(tmp_path):
    """A recording is known by its name, and by how it begins; the program says it opens that."""
    kind = ElementTree.parse(MIME).getroot()[0]
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    assert kind.find("m:glob", space).get("pattern") == f"*{ENDING}"
    assert file_bytes(SHORT).startswith(kind.find("m:magic/m:match", space).get("value").encode())
    info = ElementTree.parse(INFO).getroot()
    assert DESKTOP["MimeType"] == f"{kind.get('type')};"
    assert info.findtext("provides/mediatype") == kind.get("type")
    assert info.findtext("launchable") == "exlab-gui.desktop"
    packages = tmp_path / "packages"
    packages.mkdir()
    shutil.copy(MIME, packages / "exlab-gui.xml")
    validated("update-mime-database", str(tmp_path))
    assert f"80:{kind.get('type')}:*{ENDING}" in (tmp_path / "globs2").read_text()


def test_the_latest_release_is_this_version():
    info = ElementTree.parse(INFO).getroot()
    assert info.find("releases")[0].get("version") == __version__


@pytest.fixture(scope="module")
def icons(tmp_path_factory):
    folder = tmp_path_factory.mktemp("icons")
    tool = ROOT / "tools" / "make_icons.py"
    subprocess.run([sys.executable, str(tool), str(folder)], check=True)
    return folder


def test_windows_has_an_icon_of_every_size(icons):
    """Qt reads from the file what Explorer shows, in the list and as a large symbol."""
    reader = QImageReader(str(icons / "exlab-gui.ico"))
    sizes = set()
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        image = reader.read()
        sizes.add((image.width(), image.height()))
        assert image.pixelColor(0, 0).alpha() < 255  # a round corner
        assert image.pixelColor(image.width() // 2, 2 * image.height() // 3).alpha() == 255
    assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= sizes


def test_macos_has_an_icon_of_every_size(icons):
    """The file is a list of pictures, each with its kind and its length."""
    data = (icons / "exlab-gui.icns").read_bytes()
    assert struct.unpack(">4sI", data[:8]) == (b"icns", len(data))
    kinds, at = [], 8
    while at < len(data):
        kind, length = struct.unpack(">4sI", data[at : at + 8])
        assert data[at + 8 : at + 16] == b"\x89PNG\r\n\x1a\n"
        kinds.append(kind)
        at += length
    assert at == len(data)
    assert kinds == [b"icp4", b"icp5", b"icp6", b"ic07", b"ic08", b"ic09", b"ic10"]


def test_linux_has_its_theme(icons):
    """The drawing itself, and pictures for desktops that read no drawings."""
    places = {path.relative_to(icons / "hicolor").parts[0] for path in icons.rglob("exlab-gui.*g")}
    assert {"scalable", "16x16", "48x48", "256x256"} <= places


def test_the_installer_for_windows_names_what_the_bundle_has():
    """The programs that it starts are those of the spec; no rights are asked for."""
    script = (ROOT / "installers" / "windows" / "exlab-gui.iss").read_text("utf-8")
    spec = (ROOT / "installers" / "exlab-gui.spec").read_text("utf-8")
    programs = set(re.findall(r"\{app\}\\([\w-]+)\.exe", script))
    assert programs == {"exlab-gui-window"}
    assert all(f'program("{name}"' in spec for name in programs)
    assert "PrivilegesRequired=lowest" in script
    assert re.search(r'AppUserModelID: "exlab-gui"', script)


def test_the_installer_for_windows_removes_all_that_it_adds():
    """What it writes into the registry is removed with the program, also from the user's path."""
    script = (ROOT / "installers" / "windows" / "exlab-gui.iss").read_text("utf-8")
    own = "Software\\Classes\\exlab-gui.recording"
    added = [line for line in script.splitlines() if line.startswith("Root:")]
    assert f'"{own}"; ' in added[0]
    assert "uninsdeletekey" in added[0]
    (path,) = (line for line in added if own not in line and "uninsdeletevalue" not in line)
    assert "{code:WithProgram}" in path
    assert "procedure CurUninstallStepChanged" in script

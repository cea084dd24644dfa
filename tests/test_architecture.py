"""Imports go one way: from the floors of the house above to those below."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_archon import archrule

PACKAGE = Path(__file__).parents[1] / "exlab_gui"
TOP_LEVEL = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
QT = {"PySide6", "shiboken6", "qasync"}
# From the ground up; a room knows those that stand before it, and none behind it.
FLOORS = (
    "core",
    "export",
    "sources",
    "archive",
    "telemetry",
    "models",
    "widgets",
    "controllers",
    "window",
)
ENDS = {"app", "cli", "commands", "__main__", "testing"}


def _above(room):
    return set(FLOORS[FLOORS.index(room) + 1 :]) | ENDS


# What each room must not know: rooms of the package, and modules from elsewhere.
FORBIDDEN = {
    "system": (TOP_LEVEL - {"system"}, QT | {"asyncio"}),
    "core": (TOP_LEVEL - {"core", "system"}, QT | {"asyncio"}),
    "export": (_above("export") | {"theme"}, {"qasync", "asyncio"}),
    "sources": (_above("sources") | {"theme", "export"}, QT),
    "archive": (_above("archive") | {"theme", "export"}, QT | {"asyncio"}),
    "telemetry": (_above("telemetry") | {"theme"}, QT),
    "models": (_above("models"), {"PySide6.QtWidgets"}),
    "widgets": (_above("widgets"), set()),
    "controllers": (_above("controllers"), set()),
    "window": (ENDS, set()),
    "theme": (TOP_LEVEL - {"theme", "core", "paths"}, set()),
}


def existing(*rooms):
    """Return those of the rooms that hold a module already."""
    return [room for room in rooms if any((PACKAGE / room).rglob("*.py"))]


@pytest.mark.parametrize("room", existing(*FORBIDDEN))
def test_imports_go_one_way(room):
    """No module imports, itself or by way of others, what its room must not know."""
    own, foreign = FORBIDDEN[room]
    unwanted = {f"exlab_gui.{name}" for name in own} | foreign
    archrule(f"{room} knows only what it stands on").match(
        f"exlab_gui.{room}", f"exlab_gui.{room}.*"
    ).should_not_import(*unwanted, *(f"{name}.*" for name in unwanted)).check("exlab_gui")


GUESSING = ("QMessageBox", "QErrorMessage", "QInputDialog", "QTextEdit", "QTextBrowser")


def test_only_one_module_makes_labels():
    """A bare label guesses whether its text is markup: those of `widgets.labels` never do.

    The same goes for a text that a form is given for a row, and for Qt's ready-made messages.
    """
    calls = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for name in [getattr(node.func, "attr", getattr(node.func, "id", ""))]
    }
    made = {(path, name) for path, name in calls if name in ("QLabel", "addRow", "setWhatsThis")}
    names = ("QLabel", "addRow", "setWhatsThis")
    assert made == {("widgets/labels.py", name) for name in names}
    assert not [call for call in calls if call[1] in GUESSING]


STYLED = {
    "theme/theme.py",
    "testing/lifecycle.py",  # takes it off
    "widgets/controls/eliding_combo.py",  # takes it off before anything else happens
}


def test_the_theme_alone_has_a_style_sheet():
    """Under one of its own, a widget's children are styled once for each widget around them."""
    styled = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "setStyleSheet(" in path.read_text("utf-8")
    }
    assert styled == STYLED


def test_no_item_of_a_layout_is_asked_for():
    """Python's object of one outlives it, and is given for whatever is at its address then."""
    asked = re.compile(r"\.(itemAt|itemAtPosition|takeAt|spacerItem)\(")
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if asked.search(path.read_text("utf-8"))
    ]
    assert not found


READERS = {
    "core/files.py",
    "core/trace/recording_lock.py",  # opens only what it has found to be a file
    "crash_files.py",  # the program's own
    "theme/icons.py",  # resources
    "theme/theme.py",
}


def test_files_of_others_are_opened_in_one_place():
    """`open_file` refuses pipes and devices, which would be waited for, and says why in words."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            modes = [one.value for one in node.args if isinstance(one, ast.Constant)]
            reads = name == "open" and {"r", "rt", "rb", "r+", "r+b"} & set(map(str, modes))
            if reads or name in ("read_text", "read_bytes"):
                found.add(path.relative_to(PACKAGE).as_posix())
    assert found <= READERS


def test_views_know_no_source():
    """No widget imports the seam or what stands behind it: the model tells what it may show."""
    behind = ("source", "simulated", "replay", "live.source", "live.session")
    archrule("widgets ask the model").match(
        "exlab_gui.widgets", "exlab_gui.widgets.*"
    ).should_not_import(*(f"exlab_gui.sources.{name}" for name in behind)).check(
        "exlab_gui", only_direct_imports=True
    )


@pytest.mark.parametrize("room", existing("core", "sources", "archive"))
def test_no_qt_is_loaded(room):
    """Importing every module of core, sources or archive loads no module of Qt."""
    code = f"""
import pkgutil, sys
import exlab_gui.{room} as room
for module in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
    __import__(module.name)
print(*sorted({QT!r} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


MOST_LINES = 300
MOST_FILES = 16


def test_files_can_be_read_at_once():
    """No file is so long that nobody reads it from its beginning to its end."""
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert not {path.name: count for path, count in lines.items() if count > MOST_LINES}


def test_rooms_can_be_seen_at_once():
    """A room of many files has rooms within it."""
    rooms = [PACKAGE, *(path.parent for path in PACKAGE.rglob("__init__.py"))]
    for room in rooms:
        files = [path for path in room.glob("*.py") if path.name != "__init__.py"]
        within = [path for path in room.iterdir() if (path / "__init__.py").exists()]
        assert len(files) <= MOST_FILES or within, room.name

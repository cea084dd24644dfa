"""The parts of the documents that are made from the program, so that they are always true."""

import ast
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from exlab_gui.controllers.action import Action
from exlab_gui.core.legend import LEGEND
from exlab_gui.core.text.log_columns import COLUMNS
from exlab_gui.export.batch.tables import Table
from exlab_gui.export.exporter import Exporter
from exlab_gui.export.registry import EXPORTERS
from exlab_gui.window.entries import ACTIONS
from exlab_gui.window.menu_bar import NESTED, TITLES, path_of

PACKAGE = Path(__file__).parents[1] / "exlab_gui"

WIDTH, ROW, GAP = 720, 44, 22
"""The size of the picture of the rooms, in pixels: its width, and of each floor."""


def keyboard_table() -> str:
    """Return every action of the window with its keys, menu by menu, as a table in Markdown."""
    menus = [*TITLES, *(menu.name for menu in NESTED)]
    actions = sorted(ACTIONS, key=lambda action: (menus.index(action.menu), action.group))
    rows = (
        f"| *{path_of(action.menu)} → {action.text}* | {_keys(action)} | {action.tip} "
        f"| `{action.name}` |".replace("&", "")
        for action in actions
    )
    return "\n".join(("| action | keys | what it does | object name |", "|---|---|---|---|", *rows))


def _keys(action: Action) -> str:
    return " or ".join(f"`{keys}`" for keys in action.shortcuts)


def mac_keys() -> str:
    """Return the actions whose keys are others on macOS, as a table in Markdown."""
    rows = (f"| {action.tip} | `{action.mac}` |" for action in ACTIONS if action.mac)
    return "\n".join(("| what it does | keys on macOS |", "|---|---|", *rows))


def exports_table() -> str:
    """Return every export of a session, with the formats of its files, as a table in Markdown."""
    rows = (
        f"| *{exporter.text.replace('&', '')}* | {exporter.tip} | {_formats(exporter)} |"
        for exporter in EXPORTERS
    )
    return "\n".join(("| action | what it does | formats |", "|---|---|---|", *rows))


def legend_table() -> str:
    """Return the looks of the diagram and what they mean, as a table in Markdown."""
    rows = (f"| {entry.look} | {entry.means} |" for entry in LEGEND)
    return "\n".join(("| in the diagram | means |", "|---|---|", *rows))


def columns_table() -> str:
    """Return the columns of the log, with their names in tests, as a table in Markdown."""
    rows = (f"| `{column.title}` | `{column.key}` | {column.hint} |" for column in COLUMNS)
    return "\n".join(("| column | name in a row | what it shows |", "|---|---|---|", *rows))


def analysis_table(table: Table[Any]) -> str:
    """Return the columns of a table for analysis, as a table in Markdown."""
    rows = (f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in table.columns)
    return "\n".join(("| column | type | what it holds |", "|---|---|---|", *rows))


def limits_table() -> str:
    """Return how much the program takes and shows at once, as a table in Markdown."""
    lines = ["| at most | of what |", "|---:|---|"]
    module = ast.parse((PACKAGE / "core" / "limits.py").read_text(encoding="utf-8"))
    for node, doc in pairwise(module.body):
        if isinstance(node, ast.Assign) and isinstance(doc, ast.Expr):
            value, said = ast.literal_eval(node.value), ast.literal_eval(doc.value)
            lines.append(f"| {value:,} | {' '.join(said.split())} |")
    return "\n".join(lines)


def _formats(exporter: Exporter[Any]) -> str:
    return ", ".join(f"{known.label} (`{known.suffixes[0]}`)" for known in exporter.formats)


@cache
def imports() -> dict[str, set[str]]:
    """Return the rooms of the package, each with the rooms that it imports."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0].startswith("__"):
            continue
        known = found.setdefault(parts[0], set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            known.update(n.split(".")[1] for n in names if n.startswith("exlab_gui."))
    return {room: (known & found.keys()) - {room} for room, known in found.items()}


def floors() -> list[list[str]]:
    """Return the rooms by floor, the ground floor first: a room imports only from below."""
    known = imports()
    built: list[list[str]] = []
    while known:
        floor = sorted(room for room, needs in known.items() if not needs & known.keys())
        if not floor:
            raise ValueError(f"These rooms import each other in a circle: {sorted(known)}")
        built.append(floor)
        known = {room: needs for room, needs in known.items() if room not in floor}
    return built


def rooms_table() -> str:
    """Return the rooms and what their docstrings say, the top floor first, as a table."""
    rows = ["| room | what is in it |", "|---|---|"]
    for room in (room for floor in reversed(floors()) for room in floor):
        folder = PACKAGE / room
        paths = sorted(folder.rglob("__init__.py")) or [folder.with_suffix(".py")]
        for path in paths:
            name = path.parent if path.name == "__init__.py" else path
            doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            rows.append(f"| `{name.relative_to(PACKAGE)}` | {doc.splitlines()[0]} |")
    return "\n".join(rows)


def rooms_picture() -> str:
    """Return the floors of the package as a picture: SVG in the colours of the page."""
    shapes = []
    for number, rooms in enumerate(reversed(floors())):
        y = GAP + number * (ROW + GAP)
        width = (WIDTH - GAP) / len(rooms)
        for place, room in enumerate(rooms):
            x = GAP + place * width
            shapes.append(
                f'<rect x="{x:.0f}" y="{y}" width="{width - GAP:.0f}" height="{ROW}" rx="6"'
                ' fill="var(--color-background-secondary)" stroke="currentColor"/>'
                f'<text x="{x + (width - GAP) / 2:.0f}" y="{y + ROW / 2 + 5:.0f}"'
                f' text-anchor="middle" fill="currentColor">{escape(room)}</text>'
            )
    height = GAP + len(floors()) * (ROW + GAP)
    described = "The rooms of the package by floor; each imports only from the floors below"
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{described}"'
        ' font-family="monospace" font-size="14">' + "".join(shapes) + "</svg>"
    )

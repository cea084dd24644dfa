"""Finds the texts of the window in the sources: the English texts that are to be translated."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "exlab_gui"

_FIELD = re.compile(r"\{(?:[^{}]|\{[^}]*\})*\}")

TAKES = {
    "tr": (0, 1),
    "phrase": (0, 1),
    "Action": (1, "text", "tip"),
    "Submenu": (1, "text"),
    "Exporter": ("text", "tip"),
    "Format": (0, "label"),
    "text_format": (0, "label"),
    "Column": (0, "title", "hint"),
    "Pane": (1, 2),
    "_taken_of": (0,),
    "Entry": (0, 1),
    "Fact": (0,),
    "Line": (0,),
    "Headline": (0, 1),
    "named": (2,),
    "caption": (0,),
    "explain": (1,),
    "add_choice": (0, 1),
    "ReadOnlyTable": (0, 2),
    "ask_for_file": (0, 2),
    "ask_for_folder": (2,),
    "show_info": (0,),
    "show_error": (0,),
    "fail": (0,),
    "run": (0,),
}
"""By the name of a function or record, the arguments that it translates, or has translated."""

TELLING = ("controllers", "models", "sources")
"""The rooms in which what a function `-> str | None` returns is a reason that the window shows."""

HIDDEN = ("commands", "demo_server", "testing", "export/batch")
"""Rooms whose texts are for terminals and files."""


class Text(NamedTuple):
    """A text, its plural if it has one, and the file that it stands in."""

    text: str
    plural: str
    file: str


@cache
def window_texts() -> tuple[Text, ...]:
    """Return all texts, in the order of the sources; one may be there several times."""
    return tuple(text for path in sources() for text in texts_of(path))


def sources() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    hidden = tuple(PACKAGE / room for room in HIDDEN)
    return [path for path in found if not any(map(path.is_relative_to, hidden))]


def texts_of(path: Path) -> Iterator[Text]:
    tree = ast.parse(path.read_text("utf-8"))
    file = path.relative_to(ROOT).as_posix()
    telling = path.relative_to(PACKAGE).parts[0] in TELLING
    constants = {
        target.id: node.value
        for node in tree.body
        for target in _targets(node)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (Text(*found, file) for found in _of_call(node, constants))
        elif isinstance(node, ast.ClassDef):
            yield from (Text(title, "", file) for title in _titles(node))
        elif isinstance(node, ast.FunctionDef):
            found = [*_tips(node), *(_reasons(node) if telling else ())]
            yield from (Text(text, "", file) for text in found)
            yield from (Text(*one, file) for one in _named_texts(node))


def _targets(node: ast.stmt) -> list[ast.Name]:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target for target in targets if isinstance(target, ast.Name)]


def _of_call(node: ast.Call, constants: dict[str, ast.expr]) -> Iterator[tuple[str, str]]:
    """Yield the texts, and their plurals, that a call has as arguments."""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in ("tr", "phrase"):
        found = [list(strings(one)) for one in node.args[:2]]
        if not found[0]:
            return
        if len(found) == 2 and found[1]:
            yield found[0][0], found[1][0]
        else:
            yield from ((text, "") for text in found[0] if is_text(text))
    elif name == "translatable":
        for table in node.args:
            known = constants.get(table.id) if isinstance(table, ast.Name) else table
            pairs = list(_pairs(known))
            yield from pairs
            single = (text for text in strings(known) if text not in chain(*pairs))
            yield from ((text, "") for text in single if is_text(text))
    elif name == "form_rows":
        for row in node.args:
            if isinstance(row, ast.Tuple):
                yield from ((text, "") for text in strings(row.elts[0]))
    elif name in TAKES:
        of_jobs = isinstance(node.func, ast.Attribute) and "jobs" in ast.unparse(node.func.value)
        if name in ("run", "fail") and not of_jobs:
            return
        given = dict(enumerate(node.args)) | {one.arg: one.value for one in node.keywords}
        for place in TAKES[name]:
            yield from ((text, "") for text in strings(given.get(place)) if is_text(text))


def _pairs(node: ast.expr | None) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a table that are a text with the number `n` and its plural."""
    for inner in ast.walk(node) if node is not None else ():
        if isinstance(inner, ast.Tuple) and len(inner.elts) == 2:
            texts = [*strings(inner)]
            if len(texts) == 2 and all("{n" in text for text in texts):
                yield texts[0], texts[1]


def _titles(node: ast.ClassDef) -> Iterator[str]:
    """Yield the title that a dialog gives its base class."""
    if any(getattr(base, "id", "").endswith("Dialog") for base in node.bases):
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__":
                yield from strings(call.args[0] if call.args else None)


def _tips(node: ast.FunctionDef) -> Iterator[str]:
    """Yield the tip of an action: the first line of its docstring."""
    if any(
        getattr(getattr(one, "func", None), "id", "") == "Action" for one in node.decorator_list
    ):
        yield (ast.get_docstring(node) or "").partition("\n")[0].removesuffix(".")


def _named_texts(node: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Yield the texts, and their plurals, that a function names before it translates them."""
    named: dict[str, list[str]] = {}
    for one in ast.walk(node):
        if isinstance(one, ast.Assign):
            for target in _targets(one):
                named.setdefault(target.id, []).extend(strings(one.value))
    for call in ast.walk(node):
        if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in ("tr", "phrase"):
            continue
        texts, plurals = ([*(_named(one, named)), ""] for one in [*call.args[:2], None, None][:2])
        if isinstance(call.args[0], ast.Name):
            yield from ((text, plurals[0]) for text in texts if is_text(text))


def _named(node: ast.expr | None, named: dict[str, list[str]]) -> list[str]:
    return named.get(node.id, []) if isinstance(node, ast.Name) else list(strings(node))


def _reasons(node: ast.FunctionDef) -> Iterator[str]:
    """Yield the constant sentences that a function returns which may also return None."""
    if node.returns is None or ast.unparse(node.returns) != "str | None":
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.Return):
            yield from (text for text in strings(inner.value) if is_text(text) and " " in text)


def strings(node: ast.AST | None) -> Iterator[str]:
    """Yield the constant texts of an expression: one, a table, or one of two by a condition."""
    match node:
        case ast.Constant(value=str(text)) if text:
            yield text
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            for part in parts:
                yield from strings(part)
        case ast.IfExp(body=one, orelse=other):
            yield from strings(one)
            yield from strings(other)
        case ast.BoolOp(values=parts):
            yield from strings(parts[-1])
        case ast.Call(func=ast.Name(id="translatable"), args=[table]):
            yield from strings(table)


def is_text(text: str) -> bool:
    """Return whether there is something to translate in it."""
    return any(one.islower() or one.isdigit() for one in _FIELD.sub("", text))

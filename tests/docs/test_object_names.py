"""The page of object names and the code have the same names."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "object_names.md").read_text(encoding="utf-8")


@cache
def texts_in_the_code() -> tuple[set[str], set[str]]:
    """Return patterns for all texts in the code, and for those that are given as names."""
    texts, given = set(), set()
    for path in (ROOT / "exlab_gui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            texts.add(pattern_of(node))
            match node:
                case (
                    ast.Call(func=ast.Name("named"), args=[_, name, *_])
                    | ast.Call(func=ast.Attribute(attr="setObjectName"), args=[name])
                ):
                    given.add(pattern_of(name))
    return texts, given


def documented() -> set[str]:
    """Return the names in the tables: in the third column of four, or the last two of three."""
    rows = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    cells = [cell for row in rows for cell in (row[2:3] if len(row) == 4 else row[1:])]
    names = re.findall(r"`([a-z][\w<>]+)`", " ".join(cells))
    return {re.sub(r"<(\w+)>", r"\1", name) for name in names}


def pattern_of(text: ast.AST) -> str:
    """Return a pattern for the text that an expression makes; an empty one if that is unknown."""
    match text:
        case ast.Constant(str(constant)):
            return re.escape(constant)
        case ast.JoinedStr(parts):
            return "".join(pattern_of(part) or ".+" for part in parts)
    return ""


def test_every_name_that_is_given_is_documented() -> None:
    """An object that has a name is on the page, unless the name is one of Qt's own."""
    _, given = texts_in_the_code()
    names = documented()
    ours = [pattern for pattern in given - {""} if not pattern.startswith("qt_")]
    assert [p for p in ours if not any(re.fullmatch(p, name) for name in names)] == []


def test_every_name_that_is_documented_is_given() -> None:
    """No name on the page is one that no object has."""
    texts, _ = texts_in_the_code()
    names = documented()
    assert len(names) > 80
    patterns = [re.compile(text) for text in texts if re.match(r"[a-z]{3}.*\.\+", text)]
    made = names - texts
    assert [name for name in made if not any(p.fullmatch(name) for p in patterns)] == []

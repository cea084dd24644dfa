"""Every file of the tests can be read on Windows, which lacks some modules and functions."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
MODULES = {"fcntl", "grp", "pty", "pwd", "resource", "termios"}
NAMES = {
    *("os.mkfifo", "os.geteuid", "os.getuid", "os.fork", "os.killpg", "os.openpty"),
    *("signal.SIGHUP", "signal.SIGKILL", "signal.SIGSTOP", "signal.SIGCONT", "signal.SIGUSR1"),
    *("signal.SIGALRM", "signal.SIGWINCH", "signal.setitimer"),
}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a module that run when it is imported: no bodies of functions."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        parts: list[ast.AST] = [*node.decorator_list, *node.args.defaults]
    elif isinstance(node, ast.Lambda):
        parts = []
    else:
        parts = [*ast.iter_child_nodes(node)]
    for part in parts:
        yield from at_import(part)


def unknown_on_windows(node: ast.AST) -> str:
    match node:
        case ast.Import(names=[ast.alias(name=name)]) | ast.ImportFrom(module=name):
            return str(name) if name in MODULES else ""
        case ast.Attribute(value=ast.Name(id=module), attr=attribute):
            name = f"{module}.{attribute}"
            return name if name in NAMES else ""
    return ""


def test_windows_can_read_every_file() -> None:
    """What only others have stands in the body of a function, or behind `hasattr`."""
    found = []
    for path in sorted(TESTS.rglob("*.py")):
        text = path.read_text("utf-8")
        for node in at_import(ast.parse(text)):
            name = unknown_on_windows(node)
            attribute = name.rpartition(".")[2]
            if name and f'hasattr(os, "{attribute}")' not in text.splitlines()[node.lineno - 1]:
                found.append(f"{path.relative_to(TESTS)}:{node.lineno}: {name}")
    assert found == []

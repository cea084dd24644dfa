"""Async generators are closed where they are left: what they hold would be lost with them."""

import ast
import asyncio
from pathlib import Path

from exlab_gui.testing.loop import qt_loop

PACKAGE = Path(__file__).parents[1] / "exlab_gui"


def nodes(*kinds):
    """Return the nodes of these kinds in the asynchronous modules, each with what is around it."""
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        if "async" not in source:
            continue
        tree = ast.parse(source)
        parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(tree):
            if isinstance(node, kinds):
                around = [node]
                while around[-1] in parents:
                    around.append(parents[around[-1]])
                yield f"{path.relative_to(PACKAGE)}: {ast.unparse(node)[:60]}", node, around[1:]


def closing(around):
    """Return the names that an ``async with aclosing(...) as NAME`` around gives."""
    items = [item for node in around if isinstance(node, ast.AsyncWith) for item in node.items]
    return {
        item.optional_vars.id
        for item in items
        if isinstance(item.context_expr, ast.Call)
        and getattr(item.context_expr.func, "id", "") == "aclosing"
        and isinstance(item.optional_vars, ast.Name)
    }


def test_every_loop_closes_what_it_reads():
    """Each ``async for`` reads what an ``async with aclosing`` around it closes."""
    loops = list(nodes(ast.AsyncFor))
    assert loops
    unclosed = [
        place
        for place, loop, around in loops
        if getattr(loop.iter, "id", "") not in closing(around)
    ]
    assert unclosed == []
    assert [place for place, node, _ in nodes(ast.comprehension) if node.is_async] == []


def test_there_are_no_generators_of_our_own():
    """None but context managers, which close themselves."""
    makers = [
        (place, around)
        for place, _, around in nodes(ast.Yield, ast.YieldFrom)
        if isinstance(_function(around), ast.AsyncFunctionDef)
    ]
    assert [place for place, around in makers if not _function(around).decorator_list] == []


def _function(around):
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    return next((node for node in around if isinstance(node, kinds)), None)


def test_the_loop_of_the_window_closes_what_a_library_leaves(qapp):
    """As asyncio's own loops do, and qasync's does not."""
    closed = []

    async def held():
        try:
            yield
        finally:
            await asyncio.sleep(0)
            closed.append(True)

    async def leave():
        async for _ in held():
            break
        while not closed:
            await asyncio.sleep(0)

    loop = qt_loop()
    try:
        loop.run_until_complete(asyncio.wait_for(leave(), 10))
    finally:
        loop.close()
    assert closed

"""Values as source: it means the value, and no formatter lays it out otherwise."""

import ast
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.export.python_source import WIDTH, Name, assignment, call, literal, text
from tests.helpers.strategies import json_values

SHORT = {"kind": "done", "sizes": [1, 2.5]}


@given(json_values())
def test_the_source_means_the_value(value):
    """Whatever JSON can hold comes back, at any column."""
    assert ast.literal_eval(literal(value)) == value
    assert ast.literal_eval(assignment("X", value).removeprefix("X = ")) == value


@given(st.text())
def test_text_is_one_line_in_the_quotes_that_need_fewer_escapes(value):
    """Double quotes, unless there are more of them in the text."""
    source = text(value)
    assert ast.literal_eval(source) == value
    assert source.isprintable()
    assert source[0] == ("'" if value.count('"') > value.count("'") else '"')


def test_a_name_stands_for_its_value():
    """A constant is named, not written out again."""
    assert literal({"emits": Name("DONE"), "kind": "x"}) == '{"emits": DONE, "kind": "x"}'


def test_what_is_too_long_gets_a_line_for_each_entry():
    """Only as deep as has to be, and with a comma at the end."""
    value = {"first": ["x" * 30] * 3, "second": SHORT}
    assert assignment("LONG", value).splitlines() == [
        "LONG = {",
        '    "first": [',
        *[f'        "{"x" * 30}",'] * 3,
        "    ],",
        '    "second": {"kind": "done", "sizes": [1, 2.5]},',
        "}",
    ]


@pytest.mark.parametrize("length", range(60, 80))
def test_a_line_is_used_to_its_end(length):
    """As long as it fits, a call is one line; a wide character takes two columns of it."""
    for argument, width in (("x" * length, length), ("日" * (length // 2), length // 2 * 2)):
        source = call("f", [("", argument), ("a=", 1)], 4)
        assert ("\n" not in source) == (4 + len('f("", a=1)') + width <= WIDTH)


@pytest.mark.skipif(shutil.which("ruff") is None, reason="ruff is not installed")
@given(st.lists(json_values(), min_size=30, max_size=30))
def test_the_formatter_agrees(values):
    """As formatters lay things out by default, so are they here."""
    functions = [
        f"def f{n}():\n{call('g', [('', value), ('**', {'a-b': value})], 4)}\n"
        for n, value in enumerate(values)
    ]
    constants = [f"{assignment(f'X{n}', value)}\n" for n, value in enumerate(values)]
    source = "\n".join(constants) + "\n\n" + "\n\n".join(functions)
    done = subprocess.run(
        ["ruff", "format", "--isolated", "--diff", "-"],
        input=source.encode("utf-8"),
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode() == ""
    assert done.returncode == 0, done.stderr.decode()

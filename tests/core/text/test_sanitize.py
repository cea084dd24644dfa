"""Text from outside can be shown anywhere, and is not longer than it may be."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.protocol.envelopes import InputRequiredEnvelope
from exlab_gui.core.protocol.form import Field
from exlab_gui.core.text import question
from exlab_gui.core.text.sanitize import (
    MAX_SENTENCE,
    PlainError,
    as_list,
    error_text,
    file_name,
    portable_name,
    sanitize,
)

HOSTILE = "\x1b[31m\u202e\x07"
SEEN = r"\x1b[31m\u202e\x07"


@given(st.text() | st.sampled_from([HOSTILE, "\ud800", "\x85\u2029"]), st.integers(1, 50))
def test_any_text_is_one_bounded_line(text, limit):
    """Whatever text comes in, one short line of it goes out; made safe again, it is the same."""
    safe = sanitize(text, limit)
    assert len(safe) <= limit
    assert len(safe.splitlines()) <= 1
    assert sanitize(safe, limit) == safe


def test_long_text_is_cut():
    """A line that would be too long ends in an ellipsis; one that just fits does not."""
    assert sanitize("x" * 11, 10) == "x" * 9 + "…"
    assert sanitize("x" * 10, 10) == "x" * 10
    assert sanitize("\n" * 10, 10) == r"\n\n\n\n\…"


def test_what_is_to_be_kept_is():
    """The breaks of lines can stay; nothing else that cannot be seen stays with them."""
    assert sanitize(f"a\n{HOSTILE}\r\n", keep="\n") == f"a\n{SEEN}\\r\n"


def test_the_message_of_an_error_is_safe():
    """An error that is told to people says nothing else than a sentence."""
    assert str(PlainError(f"{HOSTILE}.")) == f"{SEEN}."
    assert len(str(PlainError("x" * 100_000))) == MAX_SENTENCE


def test_an_error_that_nobody_foresaw_is_safe_too():
    """Whatever raises, what is told of it is text; an error without words is called by its type."""
    assert error_text(KeyError()) == "KeyError"
    assert error_text(KeyError("operations")) == "KeyError: 'operations'"
    assert error_text(ValueError(f"two\n{HOSTILE}")) == f"two\n{SEEN}"
    assert len(error_text(ValueError("x" * 100_000))) == MAX_SENTENCE


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (Path("a/Mess wert 48µm.exlab.jsonl"), f"a{os.sep}Mess wert 48µm.exlab.jsonl"),
        (Path("x" * 5_000), "x" * 5_000),
        (Path(HOSTILE), SEEN),
    ],
)
def test_the_name_of_a_file(path, name):
    """An ordinary path is shown whole, as it is: what is copied from a message can be opened."""
    assert file_name(path) == file_name(str(path)) == name


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_the_name_of_a_file_that_is_not_utf_8():
    """Bytes that are no text are written out."""
    assert file_name(os.fsdecode(b"caf\xe9")) == r"caf\xe9"


def test_what_a_plugin_asks_is_safe_in_the_lines_that_it_wrote():
    """Reasons and hints keep their lines, labels and options are one; no answer is changed."""
    field = Field(
        HOSTILE, f"{HOSTILE}\n" * 1_000, "choice", options=(HOSTILE,), hint=f"a\n{HOSTILE}"
    )
    asked = InputRequiredEnvelope((field,), f"why\n{HOSTILE}", HOSTILE)
    assert question.question(asked) == f"{SEEN} asks: why\n{SEEN}"
    assert question.asked_for(asked) == f"{SEEN}: why\\n{SEEN}"
    assert question.hint(field) == f"a\n{SEEN}"
    assert question.title(Field(HOSTILE, "")) == question.option(HOSTILE) == SEEN
    assert len(question.title(field)) == 200
    assert question.title(field).isprintable()


@pytest.mark.parametrize(
    ("name", "portable"),
    [
        ("sim-1", "sim-1"),
        ("EQ/P 17/Run: 3?", "EQ-P 17-Run- 3-"),
        ("CON", "_CON"),
        ("nul", "_nul"),
        ("Com1.svg", "_Com1.svg"),
        ("aux .exlab.jsonl", "_aux .exlab.jsonl"),
        ("console", "console"),
        ("a. ", "a"),
        ("..", "_"),
        ("", "_"),
        ("x" * 300, "x" * 200),
        ("\U0001f389" * 80, "\U0001f389" * 50),
        ("x" * 199 + ". y", "x" * 199),
    ],
)
def test_a_name_from_outside_is_one_that_files_can_have(name, portable):
    """No name is that of a device, leads elsewhere, or has characters that a system refuses."""
    assert portable_name(name) == portable


@given(st.lists(st.text("; x", min_size=1), min_size=1))
def test_a_list_splits_into_its_names(names):
    """Also those with the separator in them, whose semicolon is written out."""
    parts = as_list(names, "; ").split("; ")
    assert [part.replace(r"\x3b ", "; ") for part in parts] == names

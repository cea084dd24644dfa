"""Every text of the window is in every catalogue, translated, and told as it was meant."""

import ast
import re
from itertools import chain

from exlab_gui import language
from exlab_gui.core.text.translation import tr

SINKS = {
    *("QAction", "QCheckBox", "QDockWidget", "QGroupBox", "QMenu", "QPushButton", "QRadioButton"),
    *("QTableWidgetItem", "addAction", "addButton", "addMenu", "addTab", "setTabText", "setText"),
    *("setAccessibleDescription", "setAccessibleName", "setPlaceholderText", "setStatusTip"),
    *("setSpecialValueText", "setToolTip", "setWindowTitle"),
}
"""What shows its argument: a constant text has to go through `tr` first."""


def test_every_text_is_translated(tool, spoken):
    """None is missing, and fields, ellipses, line breaks and the marks of letters agree."""
    assert tool.faults(tool.updated(spoken)) == []


def test_the_catalogue_is_in_step_with_the_sources(tool, spoken):
    """`python tools/translations.py` would change neither the catalogue nor what is read of it."""
    kept = tool.updated(spoken)
    assert (tool.CATALOGUES / f"{spoken}.po").read_bytes() == tool.written(kept)
    assert (tool.COMPILED / f"{spoken}.mo").read_bytes() == tool.compiled(kept)


def test_no_text_is_shown_untranslated(tool):
    """No widget is given a constant text, or one with values, but by way of `tr` or a seam."""
    import window_texts

    shown = []
    for path in chain.from_iterable(
        (window_texts.PACKAGE / room).rglob("*.py")
        for room in ("widgets", "controllers", "window", "models")
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = (
                getattr(node.func, "attr", getattr(node.func, "id", ""))
                if isinstance(node, ast.Call)
                else ""
            )
            if name in SINKS and node.args and _is_english(node.args[0]):
                shown.append(f"{path.name}:{node.lineno}: {ast.unparse(node)}")
    assert shown == []


def _is_english(node):
    """Return whether words stand in an expression as they are: two small letters one by one."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [one.value for one in parts if isinstance(one, ast.Constant)]
    return any(
        isinstance(text, str) and re.search(r"[a-z]{2}", text.replace("exlab-gui", ""))
        for text in texts
    )


def test_a_language_is_added_in_three_steps(tool, tmp_path, monkeypatch, quiet_language):
    """`new` begins a catalogue; what is translated in it is shown, the rest stays English."""
    monkeypatch.setattr(tool, "CATALOGUES", tmp_path)
    monkeypatch.setattr(tool, "COMPILED", tmp_path)
    monkeypatch.setattr(language, "_folder", lambda: tmp_path)
    few = [text for text in tool.window_texts() if text.text in ("&Help", "&View", "{n:,} session")]
    monkeypatch.setattr(tool, "window_texts", lambda: few)
    tool.begin("nl")
    path = tmp_path / "nl.po"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('msgid "&Help"\nmsgstr ""', 'msgid "&Help"\nmsgstr "&Hulp"'), "utf-8"
    )
    missing = tool.take_in("nl")
    assert missing == len(tool.template()) - 1
    assert language.languages() == ("en", "nl")
    assert language.own_name("nl") == "Nederlands"
    language.speak("nl")
    assert tr("&Help") == "&Hulp"
    assert tr("&View") == "&View"
    assert tr("{n:,} session", "{n:,} sessions", n=2) == "2 sessions"

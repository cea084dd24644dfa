"""Filling in forms and dialogs by keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from exlab_gui.core.protocol.form import FieldValue
from exlab_gui.testing.user_input import press, write
from exlab_gui.widgets.form.field_editors import FieldEditor, Keystrokes, choosing, typing_line

_TRIES = 3


def fill_in(editor: QWidget, answer: FieldValue) -> None:
    """Have `editor`, that of a field, hold `answer`; raises ValueError if it cannot."""
    assert isinstance(editor, FieldEditor)
    for _ in range(_TRIES):
        play_keys(editor, editor.keystrokes(answer))
        if editor.answer() == answer:
            return
        # A real display may give the window its focus back only now, and select all with it.
        QTest.qWaitForWindowActive(editor.window())
    raise ValueError(f"{answer!r} cannot be typed here: it became {editor.answer()!r}")


def choose(box: QComboBox, place: int) -> None:
    """Choose the entry at `place` of `box`, in its list."""
    play_keys(box, choosing(box, place))


def type_anew(editor: QLineEdit | QComboBox, text: str) -> None:
    """Type `text` in place of what `editor` holds; raises ValueError if it cannot hold it."""
    play_keys(editor, typing_line(text))
    if isinstance(editor, QLineEdit) and editor.text() != text:
        raise ValueError(f"{text!r} cannot be typed here: it became {editor.text()!r}")


def play_keys(editor: QWidget, keystrokes: Keystrokes) -> None:
    """Press the keys of `keystrokes` in `editor`, and in the list that they open."""
    editor.setFocus()
    for stroke in keystrokes:
        target = QApplication.activePopupWidget() or editor.window()
        match stroke:
            case str():
                write(target, stroke)
            case Qt.Key():
                press(target, stroke)
            case _:
                press(target, stroke.key(), stroke.keyboardModifiers())

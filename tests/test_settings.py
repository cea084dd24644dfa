"""Settings come back as they were kept; what cannot be understood counts as not set."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from exlab_gui.program_log import log_folder
from exlab_gui.settings import Settings
from tests.helpers.pipes import make_pipe

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.ini"


def settings_in(file):
    """Return the settings that a start of the program finds in `file`."""
    return Settings(QSettings(str(file), QSettings.Format.IniFormat))


def after_a_restart(file, key, value):
    """Return settings in which `value` was kept in another run."""
    before = settings_in(file)
    before.keep(key, value)
    before.save()
    # What Qt remembers of one file it does not know of another.
    return settings_in(shutil.copy(file, file.with_name(f"{uuid4()}.ini")))


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return tmp_path_factory.mktemp("settings") / "settings.ini"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back(shared, text):
    """A text of any characters is read as it was kept."""
    assert after_a_restart(shared, "a/text", text).text("a/text", "default") == text


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**9), 10**9))
def test_any_number_comes_back(shared, number):
    """A number, whole or not, is read as it was kept."""
    assert after_a_restart(shared, "a/number", number).number("a/number", 1.5) == number


NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))


@given(NAMES)
def test_any_names_come_back(shared, names):
    """A list of names is read as it was kept, in its order; so is an empty one."""
    assert after_a_restart(shared, "some/names", names).names("some/names") == names


@given(st.lists(st.integers(-(2**31), 2**31)))
def test_any_value_comes_back(shared, numbers):
    """What JSON can hold is read as it was kept, if it is of the kind that is asked for."""
    settings = after_a_restart(shared, "a/value", numbers)
    assert settings.value("a/value", list[int]) == numbers
    assert settings.damaged == set()


def test_what_is_damaged_is_said(file):
    """A value of another kind is as if it were not there, and its key is told."""
    settings = after_a_restart(file, "a/value", [1, "two"])
    assert settings.value("a/value", list[int]) is None
    assert settings.value("another/value", list[int]) is None
    assert settings.damaged == {"a/value"}


def test_names_of_the_first_version_are_read(file):
    """They stood in lines of their own; now a name may hold a line break."""
    settings = after_a_restart(file, "some/names", "one\ntwo")
    assert settings.names("some/names") == ["one", "two"]
    settings.keep("some/names", ["a\nb"])
    assert settings.names("some/names") == ["a\nb"]


def test_what_was_never_kept(file):
    """Where nothing was kept there is the default, or nothing."""
    settings = settings_in(file)
    assert settings.text("a/text") == ""
    assert settings.text("a/text", "default") == "default"
    assert settings.one_of("a/choice", ("light", "dark"), "system") == "system"
    assert settings.number("a/number", 1.5) == 1.5
    assert settings.names("some/names") == []
    assert settings.value("a/value", int) is None


def test_what_was_kept_last_counts(file):
    """A value takes the place of the one before it, whatever that was."""
    settings = settings_in(file)
    settings.keep("key", ["one", "two"])
    assert settings.names("key") == ["one", "two"]
    settings.keep("key", 2.5)
    assert settings.number("key", 0.0) == 2.5


@pytest.mark.parametrize("kept", ["light", "dark"])
def test_a_choice_comes_back(file, kept):
    """What is among the choices is read as it was kept, whatever can be gone through for them."""
    settings = after_a_restart(file, "a/choice", kept)
    assert settings.one_of("a/choice", (c for c in ("light", "dark")), "system") == kept


@pytest.mark.parametrize(
    "rubbish",
    ["", "rubbish", "1, 2, 3", "@Invalid()", "@ByteArray(\\x1)", "@Variant(\\0)", "nan", "-inf"],
)
def test_rubbish_counts_as_not_set(file, rubbish):
    """What somebody wrote into the file, and is no such value, is as if it were not there."""
    file.write_text(f"[a]\nvalue={rubbish}\n")
    settings = settings_in(file)
    assert settings.number("a/value", 1.5) == 1.5
    assert settings.one_of("a/value", ("light", "dark"), "system") == "system"
    assert isinstance(settings.text("a/value", "default"), str)
    assert all(isinstance(name, str) for name in settings.names("a/value"))
    assert settings.value("a/value", list[int]) is None


@pytest.mark.parametrize("rubbish", ["1, 2", "@ByteArray(x)", "@Size(1 2)"])
def test_what_is_no_text_counts_as_not_set(file, rubbish):
    """A list, bytes and whatever else Qt can write into the file are no text."""
    file.write_text(f"[a]\nvalue={rubbish}\n")
    assert settings_in(file).text("a/value", "default") == "default"
    assert settings_in(file).names("a/value") == []


def test_a_file_that_is_none_at_all(file):
    """A file of bytes that are no settings is as if it were empty."""
    file.write_bytes(bytes(range(256)) * 100)
    assert settings_in(file).text("window/theme", "system") == "system"


def test_the_home_folder_comes_first(file):
    """As long as no file was used, dialogs begin in the home folder."""
    assert settings_in(file).last_folder == str(Path.home())


def test_the_last_folder(file, tmp_path):
    """Dialogs begin in the folder of the file that was used last, as long as that is there."""
    folder = tmp_path / "sub"
    folder.mkdir()
    settings = settings_in(file)
    settings.used_file(folder / "log.csv")
    assert settings.last_folder == str(folder)
    assert settings.names("files/recent") == []
    folder.rmdir()
    assert settings.last_folder == str(Path.home())


@pytest.mark.parametrize("rubbish", ["/no/such/folder", "x" * 5_000, "\\x0", "a, b"])
def test_a_last_folder_that_is_none(file, rubbish):
    """What is no folder leads to the home folder."""
    file.write_text(f"[files]\nfolder={rubbish}\n")
    assert settings_in(file).last_folder == str(Path.home())


@pytest.mark.skipif(os.name == "nt", reason="no such names of files")
def test_a_recent_file_may_have_any_name(file, tmp_path):
    """A name with a line break, and one that is not UTF-8, is one file, and is found again."""
    paths = [tmp_path / "a\nb.json", tmp_path / os.fsdecode(b"\xff.json")]
    settings = settings_in(file)
    for path in paths:
        settings.opened_file("scenarios", path)
    settings.save()
    assert settings_in(file).recent_files("scenarios") == paths[::-1]


def test_recent_files(file, tmp_path):
    """The newest of the opened files comes first, each once, eight of them in all."""
    settings = settings_in(file)
    paths = [tmp_path / f"{n}.json" for n in range(10)]
    for path in (*paths, paths[5]):
        settings.opened_file("scenarios", path)
    order = (5, 9, 8, 7, 6, 4, 3, 2)
    assert settings.recent_files("scenarios") == [paths[n] for n in order]
    assert settings.recent_files("traces") == []
    assert settings.last_folder == str(tmp_path)


def test_a_file_whose_drive_does_not_tell_where_it_is(file, tmp_path):
    """It is remembered by the name that it was opened by, though its links cannot be followed.

    So it is on a network that fails just then, or for some longer than 260 characters on Windows.
    """
    loop, other = tmp_path / "a.exlab.jsonl", tmp_path / "b.exlab.jsonl"
    link_to(loop, other)
    link_to(other, loop)
    settings = settings_in(file)
    settings.opened_file("traces", loop)
    settings.opened_file("traces", tmp_path / ("l" * 120) / ("m" * 130) / "c.exlab.jsonl")
    assert [path.name for path in settings.recent_files("traces")] == [
        "c.exlab.jsonl",
        "a.exlab.jsonl",
    ]
    assert settings.last_folder


def link_to(path, target):
    """Make a link, where a user may do that."""
    with suppress(OSError):
        path.symlink_to(target)


@pytest.fixture
def user_file(tmp_path, monkeypatch):
    """Return where a user's own settings are, in a folder that is empty."""
    if sys.platform != "linux":
        pytest.skip("they are elsewhere, or in no file")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "exlab-gui" / "exlab-gui.conf"
    path.parent.mkdir()
    return path


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (make_pipe, "This is a device or a pipe, not a file."),  # Qt would wait for ever
        (lambda path: path.mkdir(), "This is a folder."),
        (lambda path: path.symlink_to("/dev/zero"), "This is a device or a pipe, not a file."),
        (lambda path: path.symlink_to(path), "The file cannot be opened: Too many levels"),
        (lambda path: path.write_bytes(b"[a]\n" * 2**19), "It has 2,097,152 bytes; settings have"),
    ],
)
def test_a_file_that_cannot_hold_settings(user_file, made, said):
    """The program starts without settings, keeps none, and leaves the file as it is."""
    made(user_file)
    before = user_file.lstat()
    settings = Settings()
    assert settings.problem.startswith(f"Settings are not kept, because of {user_file}: {said}")
    settings.keep("a/b", "kept")
    settings.save()
    assert settings.text("a/b", "default") == "default"
    assert user_file.lstat() == before


def test_resetting_removes_a_file_that_cannot_be_used(user_file):
    """As the user asked for it; but for a folder, which may hold other things."""
    make_pipe(user_file)
    settings = Settings()
    settings.reset()
    settings.keep("a/b", "kept")
    settings.save()
    assert settings.problem == ""
    assert Settings().text("a/b") == "kept"
    assert settings.file_name == str(user_file)
    user_file.unlink()
    user_file.mkdir()
    settings = Settings()
    settings.reset()
    assert "This is a folder." in settings.problem


@pytest.mark.parametrize("folder", ["", "config", "/tmp/x"])
def test_the_file_is_the_one_that_qt_would_choose(folder, user_file):
    """Qt's choice depends on the environment that the program was started in."""
    code = (
        "from PySide6.QtCore import QSettings; from exlab_gui.settings import Settings\n"
        "print(QSettings('exlab-gui', 'exlab-gui').fileName(), Settings().file_name)"
    )
    own = os.environ | {"XDG_CONFIG_HOME": folder, "HOME": str(user_file.parent)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=own, capture_output=True, text=True, check=True)
    one, other = done.stdout.split()
    assert one == other


def test_a_place_that_cannot_be_written(user_file):
    """It is said at the start, since at the end nobody sees it."""
    user_file.parent.rmdir()
    user_file.parent.write_bytes(b"")
    assert Settings().problem.endswith("cannot be written.")


def test_the_user_chooses_the_folder(tmp_path, monkeypatch):
    """Of any system, such as a stick that the program is on: a file is kept there, and the log."""
    monkeypatch.setenv("EXLAB_HOME", str(tmp_path / "stick"))
    settings = Settings()
    settings.keep("window/theme", "dark")
    settings.save()
    assert Path(settings.file_name) == tmp_path / "stick" / "exlab-gui.conf"
    assert b"theme=dark" in (tmp_path / "stick" / "exlab-gui.conf").read_bytes()
    assert log_folder() == tmp_path / "stick" / "log"


@pytest.mark.parametrize("version", ["2", "999999999999999999999"])
def test_settings_of_a_newer_version_are_left_alone(file, version):
    """Nothing of them is used or changed, and a sentence says so; Reset settings clears them."""
    file.write_text(f"[settings]\nversion={version}\n[window]\ntheme=dark\n")
    before = file.read_bytes()
    settings = settings_in(file)
    assert settings.text("window/theme", "system") == "system"
    settings.keep("window/theme", "light")
    settings.save()
    assert file.read_bytes() == before
    assert settings.problem == (
        f"Settings are not used and not kept: {file} is of a newer version of exlab-gui."
    )
    settings.reset()
    assert settings.problem == ""
    assert b"dark" not in file.read_bytes()


@pytest.mark.parametrize("version", ["", "1", "0", "rubbish", "-3", "½"])
def test_other_settings_are_taken_over(file, version):
    """Those of an older version have no number, or a smaller one."""
    file.write_text(f"[settings]\nversion={version}\n[window]\ntheme=dark\n", encoding="utf-8")
    settings = settings_in(file)
    assert settings.text("window/theme", "system") == "dark"
    settings.save()
    assert settings_in(file).text("settings/version") == "1"

"""A display is one that answers: a variable may name one that has gone."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from exlab_gui.system.display import has_display, why_no_display

linux = pytest.mark.skipif(sys.platform != "linux", reason="others always have a display")


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_elsewhere_there_is_always_a_display(system: str) -> None:
    """Other systems show windows without being told where."""
    assert why_no_display(system, {}) == ""


def test_nothing_names_a_display() -> None:
    """An empty variable names none, and the sentence says which variables would."""
    said = why_no_display("linux", {"DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert said.startswith("There is no display: none of DISPLAY, WAYLAND_DISPLAY, QT_QPA_PLATFORM")


@pytest.mark.parametrize("platform", ["offscreen", "vnc", "wayland", "minimal:a=b"])
def test_a_platform_that_the_user_chose_is_believed(platform: str) -> None:
    assert why_no_display("linux", {"QT_QPA_PLATFORM": platform}) == ""


@linux
@pytest.mark.parametrize("display", [":2147483", "nonsense", "\udcff:0", "a\x1bb:1"])
@pytest.mark.parametrize("platform", ["", "xcb"])
def test_a_display_that_does_not_answer(display: str, platform: str) -> None:
    """Its name is left over in a terminal, or nonsense: one sentence, and Qt is not asked."""
    said = why_no_display("linux", {"DISPLAY": display, "QT_QPA_PLATFORM": platform})
    missing = "Qt cannot be used: the library"
    gone = f"There is no display: {display}, which DISPLAY names, does not answer."
    assert said == gone or said.startswith(missing)


@linux
def test_a_wayland_display(tmp_path: Path) -> None:
    """It is a socket in the folder of the user's session, or one with a path of its own."""
    named = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert "wayland-7, which WAYLAND_DISPLAY names, does not answer" in why_no_display(
        "linux", named
    )
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert why_no_display("linux", named) == ""
        assert why_no_display("linux", {"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")}) == ""
    assert why_no_display("linux", named)


@linux
def test_the_program_goes_on_without_the_display_that_has_gone(tmp_path: Path) -> None:
    """A command that needs a window says why there is none, instead of being ended by Qt."""
    done = subprocess.run(
        [sys.executable, "-m", "exlab_gui", "open", "a.exlab.jsonl"],
        env={"DISPLAY": ":2147483", "PATH": "", "HOME": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.endswith(" 'exlab-gui check' needs none.\n")
    assert not has_display() or "DISPLAY" not in done.stdout

"""What the desktop asks for is opened in the window that is there, if there is one."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket

from exlab_gui import opening
from exlab_gui.core.trace import TraceWriter
from exlab_gui.opening import Opening, hand_over
from tests.helpers.lab import lab_recording
from tests.helpers.window import open_window, settings, theme, window

__all__ = ["open_window", "settings", "theme", "window"]

FILES = [Path("/lab/a.exlab.jsonl"), Path("/lab/zwei ä\n.exlab.jsonl")]


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    """Give each test a user of its own: nobody's window is asked to open something."""
    monkeypatch.setenv("EXLAB_HOME", str(tmp_path))


@pytest.fixture
def there(qapp):
    """Give what a window that is open takes files with, and the list of what it was asked for."""
    taking = Opening(qapp, by_event=True)
    asked = []
    taking.asked.connect(lambda files, event: asked.append((files, event)))
    taking.listen()
    yield taking, asked
    taking.close()
    taking.deleteLater()


HAND_OVER = """
import sys
from pathlib import Path
from exlab_gui.opening import hand_over
print(hand_over([Path(name) for name in sys.argv[1:]]))
"""


def started(*names):
    """Return the process of a second start that hands files over."""
    command = [sys.executable, "-c", HAND_OVER, *names]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def said(process):
    """Return what the process prints; meanwhile this one is the window that is there."""
    with process:
        while process.poll() is None:
            QCoreApplication.processEvents()
        return process.stdout.read()


def test_a_second_start_hands_its_files_over(there):
    """They come with their whole paths, whatever their names, and the second start is told."""
    _, asked = there
    names = [*map(str, FILES), "here.exlab.jsonl"]
    if sys.platform == "linux":
        names.append(os.fsdecode(b"/lab/\xff.exlab.jsonl"))
    assert said(started(*names)) == "True\n"
    assert asked == [([Path(name).absolute() for name in names], None)]


def test_an_event_is_handed_over_with_its_file(there):
    """The window that is there shows the recording as it was after it."""
    _, asked = there
    hand = HAND_OVER.replace("[1:]]", "[1:]], 6")
    command = [sys.executable, "-c", hand, "/lab/a.exlab.jsonl"]
    assert said(subprocess.Popen(command, stdout=subprocess.PIPE, text=True)) == "True\n"
    assert asked == [([Path("/lab/a.exlab.jsonl").absolute()], 6)]


@pytest.mark.usefixtures("qapp")
def test_nobody_is_there():
    """Then the second start is the first, and opens a window."""
    assert not hand_over(FILES)


def test_another_display_has_windows_of_its_own(there, monkeypatch):
    """A file is not opened on a screen that the user does not sit at."""
    monkeypatch.setenv("DISPLAY", ":7")
    assert not hand_over(FILES)


@pytest.mark.usefixtures("there")
def test_the_first_window_takes_the_files(qapp):
    """A second window does not take them from it, and goes without harm."""
    second = Opening(qapp)
    second.listen()
    second.close()
    assert said(started("a")) == "True\n"


def test_what_a_crash_left_is_in_nobodys_way(qapp, tmp_path):
    """The next window listens at the same place."""
    name = opening._server_name()
    code = (
        "import os, sys; from PySide6.QtNetwork import QLocalServer\n"
        "server = QLocalServer(); print(server.listen(sys.argv[1]), flush=True); os._exit(1)"
    )
    command = [sys.executable, "-c", code, name]
    left = subprocess.run(command, capture_output=True, text=True, check=False)
    assert left.stdout == "True\n"
    assert not hand_over(FILES)
    taking = Opening(qapp)
    taking.listen()
    socket = QLocalSocket()
    socket.connectToServer(name)
    assert socket.waitForConnected(1000)
    taking.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"rubbish\n",
        b"\n",
        b"[" * 100_000 + b"\n",
        b'{"files": "a"}\n',
        b'{"files": [1]}\n',
        b'{"files": [], "run": "x"}\n',
        b"x" * (2**20 + 1),
    ],
    ids=lambda sent: sent[:12].decode().strip(),
)
def test_what_no_start_of_ours_sends_is_dropped(there, sent, qtbot):
    """Whoever sends it is hung up on, and nothing is opened."""
    _, asked = there
    socket = QLocalSocket()
    socket.connectToServer(opening._server_name())
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected, timeout=10_000):
        socket.write(sent)
    assert asked == []


def test_macos_asks_by_an_event(there, qapp):
    """A double click there is an event of the application, not an argument."""
    _, asked = there
    qapp.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile("/lab/a.exlab.jsonl")))
    assert asked == [([Path("/lab/a.exlab.jsonl")], None)]


def test_what_is_opened_is_seen(window, tmp_path, qtbot):
    """A window that was minimised comes back, and shows the file, or says why not."""
    window.showMinimized()
    with qtbot.waitSignal(window.context.jobs.failed):
        window.open_from_desktop([tmp_path / "none.exlab.jsonl"])
    assert not window.isMinimized()
    assert window.panes.messages.text == "none.exlab.jsonl: There is no such file."


RUN = """
import sys
from PySide6.QtCore import QTimer
from exlab_gui import app

def opened(*args):
    window = make(*args)
    def ask():
        print("ready", flush=True)
        window.recordings.opened.connect(lambda session: (print(session.label), window.end()))
    QTimer.singleShot(200, window, ask)
    return window

make, app.open_window = app.open_window, opened
sys.exit(app.run())
"""


def test_the_command_uses_the_window_that_is_there(tmp_path):
    """``exlab-gui FILE`` ends at once, and the file is in the window of the first start."""
    from exlab_gui.export.recording import save
    from tests.core.trace.kept import SHORT

    save(tmp_path / "kept.exlab.jsonl", SHORT)
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    first = subprocess.Popen(
        [sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True, env=env
    )
    with first:
        assert first.stdout.readline() == "ready\n"
        second = subprocess.run(
            [sys.executable, "-m", "exlab_gui", "kept.exlab.jsonl"],
            cwd=tmp_path,
            env=env | {"PYTHONPATH": str(Path(__file__).parents[1])},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (second.returncode, second.stderr) == (0, "Opened in the window that is there.\n")
        assert json.dumps(first.stdout.readline()) == '"kept\\n"'
        assert first.wait(30) == 0


def test_the_window_is_not_kept_waiting():
    """What sends and takes files is loaded when the window is there."""
    code = "import sys, exlab_gui.app; print('PySide6.QtNetwork' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_recording_is_shown_as_it_was_after_an_event(window, tmp_path, qtbot):
    """After its last one, if it has fewer; then it is said how many it has."""
    path = tmp_path / "kept.exlab.jsonl"
    recording = lab_recording(1)
    with closing(TraceWriter(path, recording.header)) as writer:
        writer.append(*recording.events)
    count = len(recording.events)
    for event, position in ((3, 3), (count + 1, None)):
        window.open_files([path], event)
        qtbot.waitUntil(lambda: not window.context.jobs.busy)
        assert window.session.position == position
    assert window.panes.messages.text == (
        f"There is no event {count + 1}. kept has {count} events."
    )


def test_an_event_is_for_one_file(tmp_path):
    """Of several files, nobody knows which is meant."""
    command = [sys.executable, "-m", "exlab_gui", "open", "a", "b", "--event", "3"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "Error: --event is for one file.")

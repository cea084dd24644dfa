"""A process that has imported the window, and forks for each run of pytest.

It reads requests from its standard input, a line each, and answers each with an exit code.
"""

import atexit
import functools
import importlib
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path


def request(folder: Path, words: list[str], environment: dict[str, str], output: Path) -> int:
    """Run pytest in a forked process that prints into `output`, and return its exit code."""
    line = json.dumps([str(folder), words, environment, str(output)])
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(f"{line}\n")
    server.stdin.flush()
    return int(server.stdout.readline())


@functools.cache
def _server() -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", __name__]
    root = Path(__file__).parents[2]
    server = subprocess.Popen(command, cwd=root, stdin=-1, stdout=-1, text=True)
    atexit.register(server.communicate)
    return server


def _serve() -> None:
    importlib.import_module("exlab_gui.window.monitor_window")
    for line in sys.stdin:
        folder, words, environment, output = json.loads(line)
        child = os.fork()
        if not child:
            _run_pytest(folder, words, environment, output)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run_pytest(folder: str, words: list[str], environment: dict[str, str], output: str) -> None:
    """Do as ``python -m pytest <words>`` does in `folder`."""
    for descriptor, path in enumerate((os.devnull, output, output)):
        opened = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv[1:] = words
    sys.path[0] = folder
    runpy.run_module("pytest", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve()

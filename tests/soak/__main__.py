"""Run a window for long: ``python -m tests.soak --sessions 2000 --events 1000000``."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import qasync

from exlab_gui.app import make_application
from exlab_gui.settings import Settings
from tests.soak.soak import Soak, grown


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--sessions", type=int, default=2000)
    parser.add_argument("--events", type=int, default=1_000_000)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        os.environ.update(dict.fromkeys(("XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME"), folder))
        app = make_application()
        soak = Soak(Path(folder), args.sessions, args.events)
        with qasync.QEventLoop(app) as loop:
            loop.run_until_complete(soak.run(app, Settings(), print))
    more = grown(soak.censuses[0], soak.censuses[-1])
    print(f"Kept: {more}" if more else "Nothing was kept.")
    sys.exit(bool(more))


if __name__ == "__main__":
    main()

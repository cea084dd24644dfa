"""Let a monkey act again as it did: ``python -m tests.monkey --seed 7 --steps 2190``."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import qasync

from exlab_gui.app import make_application
from tests.helpers.programs import KINDS
from tests.monkey.run import run
from tests.monkey.shrink import shrink, steps_of


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", default="0-999", help="such as 0-999 or 3,17,20-40")
    parser.add_argument("--trail", type=Path, metavar="FILE", help="write each step to FILE")
    parser.add_argument("--shrink", action="store_true", help="find the steps that it takes")
    args = parser.parse_args()
    steps = steps_of(args.steps)
    if args.shrink:
        shrink(args.seed, steps)
        return
    folder = Path(tempfile.mkdtemp(prefix="monkey-"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    kinds = (f"XDG_{kind}_HOME" for kind in KINDS)
    os.environ.update(dict.fromkeys((*kinds, "HOME"), str(folder)))
    app = make_application()
    with qasync.QEventLoop(app) as loop, (args.trail or Path(os.devnull)).open("w") as trail:

        def told(text: str) -> None:
            trail.write(f"{text}\n")
            trail.flush()

        report = loop.run_until_complete(run(app, folder, args.seed, steps, told))
    print(report.text)
    sys.exit(bool(report.faults))


if __name__ == "__main__":
    main()

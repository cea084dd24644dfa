"""Takes the pictures, and lists what is wrong in each.

    python -m tests.pictures [FOLDER] [--only KIND]… [--scale SCALE] [--size SIZE]

FOLDER is build/pictures by default. The exit code is 1 if anything is wrong.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.pictures.taking import SCALES, SIZES, THEMES, environment

FOLDER = Path(__file__).parents[2] / "build" / "pictures"


def main() -> int:
    parser = argparse.ArgumentParser(description="Take pictures of the window.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--only", action="append", default=[], help="a kind of session")
    parser.add_argument("--scale", choices=SCALES, help="only this scale")
    names = {f"{width}x{height}": (width, height) for width, height in SIZES}
    parser.add_argument("--size", choices=names, help="only this size")
    given = parser.parse_args()
    sizes = [names[given.size]] if given.size else [*SIZES]
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.scale and os.environ.get("QT_FONT_DPI") == SCALES[given.scale][1]:
        return take_all(given.folder, given.scale, sizes, given.only)
    codes = []
    for scale in [given.scale] if given.scale else SCALES:
        command = [sys.executable, "-m", "tests.pictures", str(given.folder), "--scale", scale]
        command += ["--size", given.size] if given.size else []
        command += [part for kind in given.only for part in ("--only", kind)]
        codes.append(subprocess.run(command, env=environment(scale), check=False).returncode)
    return max(codes)


def take_all(folder: Path, scale: str, sizes: list[tuple[int, int]], only: list[str]) -> int:
    """Take all pictures of one scale, in this process; return 1 if something is wrong."""
    from exlab_gui.app import make_application
    from exlab_gui.theme.theme import Theme
    from tests.pictures.kinds import KINDS
    from tests.pictures.taking import take

    app, count, wrong = make_application(), 0, 0
    theme = Theme(app, THEMES[0])
    for look in THEMES:
        theme.choose(look)
        for width, height in sizes:
            for kind in only or KINDS:
                name = f"{scale}-{look}-{width}x{height}-{kind}"
                faults = take(app, theme, kind, (width, height), folder / f"{name}.png")
                count, wrong = count + 1, wrong + bool(faults)
                for fault in faults:
                    print(f"{name}: {fault}", flush=True)
    print(f"{scale}: {count} pictures, {wrong} with something wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

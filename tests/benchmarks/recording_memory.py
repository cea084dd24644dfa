"""A program: prints by how much it grows to open the recording named by its argument, in bytes."""

import os
import sys
from pathlib import Path

from exlab_gui.core.analysis.conformance import check
from exlab_gui.core.analysis.visits import StateHistory
from exlab_gui.core.trace import load


def resident_bytes() -> int:
    """Return how much memory the process holds (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Open the recording, check it, and follow its way, as a window does."""
    before = resident_bytes()
    recording = load(sys.argv[1])
    visits = StateHistory(recording.machine, recording.events)
    findings = check(recording.machine, recording.events)
    print(resident_bytes() - before)
    assert visits.visit_count() > 1
    assert findings == []


if __name__ == "__main__":
    main()

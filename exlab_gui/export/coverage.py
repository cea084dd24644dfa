"""How often each state and each transition was taken, as JSON."""

from typing import BinaryIO

import msgspec

from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.core.progress import Progress
from exlab_gui.export.exporter import Format


def _write(coverage: Coverage, file: BinaryIO, _progress: Progress) -> None:
    file.write(msgspec.json.encode(coverage.data()) + b"\n")


COVERAGE = Format("JSON", (".json",), _write)

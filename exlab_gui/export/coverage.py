"""How often each state and each transition was taken, as JSON."""

import msgspec

from exlab_gui.core.analysis.coverage import Coverage
from exlab_gui.export.exporter import text_format


def to_json(coverage: Coverage) -> str:
    return msgspec.json.encode(coverage.data()).decode() + "\n"


COVERAGE = text_format("JSON", (".json",), to_json)

"""``docs/exports.md`` and ``docs/opentelemetry.md`` name all that the files hold."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from exlab_gui.core.trace import Fork, Recording
from exlab_gui.export.batch.formats import FORMATS
from exlab_gui.export.batch.sessions import Sessions
from exlab_gui.export.log import csv_titles
from exlab_gui.export.otlp.json_lines import write_otlp
from exlab_gui.export.recording import save
from exlab_gui.export.xes import write_xes
from tests.core.trace.kept import SHORT

DOCS = Path(__file__).parents[2] / "docs"


def named_in(page: str) -> set[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return set(re.findall(r"`([^`\n]+)`", text))


@pytest.fixture
def session() -> Recording:
    """Return a session of which much is known."""
    first, second, *rest = SHORT.events
    doubted = msgspec.structs.replace(second, earliest=first.at)
    header = msgspec.structs.replace(
        SHORT.header,
        kind="run",
        session_id="abc",
        fork=Fork("other", 1),
        request={
            "operator": "Ada",
            "equipment_id": "CONFOCAL_01",
            "project_short_id": "P-17",
            "run_label": "Heart",
        },
    )
    return Recording(header, [first, doubted, *rest])


def test_every_column_of_the_log_is_named() -> None:
    """Each title of the CSV is on the page."""
    assert {*csv_titles()} <= named_in("exports.md")


def test_every_attribute_of_a_log_is_named(session: Recording) -> None:
    """Each key of an XES log is on the page, but for those that the schema itself gives."""
    file = io.BytesIO()
    write_xes(session, file)
    keys = {one.get("key") for one in ElementTree.fromstring(file.getvalue()).iter()} - {None}
    assert keys - {"lifecycle:model"} <= named_in("exports.md")


def test_every_attribute_of_a_trace_is_named(session: Recording, tmp_path: Path) -> None:
    """Each key of OTLP is on the page."""
    path = tmp_path / "a.exlab.jsonl"
    save(path, session)
    file = io.BytesIO()
    write_otlp(Sessions([path], operator=True), file)
    keys = set(re.findall(r'"key":"([^"]+)"', file.getvalue().decode()))
    assert keys <= named_in("opentelemetry.md")


def test_every_format_is_named() -> None:
    """Each format that holds many sessions is on the page, by the name of the command line."""
    text = (DOCS / "exports.md").read_text(encoding="utf-8").lower()
    assert all(name in text.replace("json lines", "jsonl") for name in FORMATS)

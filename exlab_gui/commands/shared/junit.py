"""The findings of ``check`` as JUnit XML, which CI systems show: a test case per recording."""

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from exlab_gui.commands.shared.report import UNREADABLE, VIOLATES, Checked, lines
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.xml import xml_text
from exlab_gui.export.exporter import Format

SUITE = "exlab-gui check"


def _write(results: Sequence[Checked], file: BinaryIO, _progress: Progress) -> None:
    """Write a test case per recording: a violation is a failure, a note is not."""
    outcomes = [checked.outcome for checked in results]
    seconds = sum(checked.seconds for checked in results)
    counts = {
        "name": SUITE,
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count(VIOLATES)),
        "errors": str(outcomes.count(UNREADABLE)),
        "time": f"{seconds:.3f}",
    }
    suites = Element("testsuites", counts)
    # Some readers demand all of these.
    run = {
        "timestamp": datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds"),
        "hostname": xml_text(platform.node() or "localhost"),
        "skipped": "0",
    }
    suite = SubElement(suites, "testsuite", counts | run)
    for checked in results:
        _add_case(suite, checked)
    indent(suites)
    file.write(tostring(suites, encoding="utf-8", xml_declaration=True))


def _add_case(suite: Element, checked: Checked) -> None:
    name = xml_text(checked.file)
    case = SubElement(
        suite,
        "testcase",
        classname="conformance",
        name=name,
        file=name,
        time=f"{checked.seconds:.3f}",
    )
    texts = [xml_text(line) for line in lines(checked, numbered=True)]
    first = checked.first_violation
    if checked.outcome == VIOLATES and first is not None:
        number = checked.line_numbers.get(first.event_index)
        if number is not None:
            case.set("line", str(number))
        message = xml_text(first.sentence)
        if more := checked.violations - 1:
            message += f" ({more:,} more violation{'s'[: more != 1]})"
        element = SubElement(case, "failure", type=first.rule, message=message)
    elif checked.outcome == UNREADABLE:
        element = SubElement(case, "error", type="unreadable", message=texts[0])
    else:
        element = SubElement(case, "system-out")
    element.text = "\n".join(texts)


JUNIT = Format("JUnit XML", (".xml",), _write)

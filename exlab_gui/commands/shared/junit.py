"""The findings of ``check`` as JUnit XML, which CI systems show: a test case per recording."""

from collections.abc import Sequence
from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from exlab_gui.commands.shared.report import UNREADABLE, VIOLATES, Checked, lines
from exlab_gui.core.analysis.rules import Severity
from exlab_gui.core.progress import Progress
from exlab_gui.core.text.xml import xml_text
from exlab_gui.export.exporter import Format

SUITE = "exlab-gui check"


def _write(results: Sequence[Checked], file: BinaryIO, _progress: Progress) -> None:
    """Write a test case per recording: a violation is a failure, a note is not."""
    outcomes = [checked.outcome for checked in results]
    counts = {
        "name": SUITE,
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count(VIOLATES)),
        "errors": str(outcomes.count(UNREADABLE)),
    }
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", counts)
    for checked in results:
        _add_case(suite, checked)
    indent(suites)
    file.write(tostring(suites, encoding="utf-8", xml_declaration=True))


def _add_case(suite: Element, checked: Checked) -> None:
    case = SubElement(suite, "testcase", classname="conformance", name=xml_text(checked.file))
    texts = [xml_text(line) for line in lines(checked)]
    if checked.outcome == VIOLATES:
        count = checked.violations
        message = f"{count:,} violation{'s'[: count != 1]}"
        first = next(found for found in checked.findings if found.severity is Severity.VIOLATION)
        element = SubElement(case, "failure", type=first.rule, message=message)
    elif checked.outcome == UNREADABLE:
        element = SubElement(case, "error", type="unreadable", message=texts[0])
    else:
        element = SubElement(case, "system-out")
    element.text = "\n".join(texts)


JUNIT = Format("JUnit XML", (".xml",), _write)

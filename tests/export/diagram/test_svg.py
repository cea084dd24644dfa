"""A machine drawn as SVG."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from exlab_gui.core.analysis.status import EdgeStatus, StateStatus, statuses_in
from exlab_gui.core.layout.build import lay_out
from exlab_gui.core.machine import CREATION_MACHINE, StateMachine
from exlab_gui.core.text.xml import xml_name
from exlab_gui.export.diagram.drawing import Drawing
from exlab_gui.export.diagram.svg import to_svg
from tests.helpers.drawings import MACHINES, drawn_machines

SVG = "{http://www.w3.org/2000/svg}"
ODD_NAMES = ['a "quoted" name', "<b>&amp;", "Prüfung läuft", "it's", "a]]>b", " ", "状态"]


@dataclass(frozen=True)
class Colours:
    """Colours that are easy to tell apart."""

    surface: str = "#000001"
    raised: str = "#000002"
    text: str = "#000003"
    muted: str = "#000004"
    faint: str = "#000005"
    accent: str = "#000006"
    on_accent: str = "#000007"
    accent_soft: str = "#000008"
    failure: str = "#000009"


def drawn(machine, states=None, edges=None, **more):
    """Return the root of the picture of `machine`, parsed."""
    drawing = Drawing(machine, Colours(), states or {}, edges or {})
    text = to_svg(msgspec.structs.replace(drawing, **more))
    return ElementTree.fromstring(text.encode())


def groups(root):
    """Return the groups of a picture by their ids; each id is there once."""
    found = list(root.iter(f"{SVG}g"))
    by_id = {group.get("id"): group for group in found}
    assert len(by_id) == len(found)
    return by_id


def ids(machine):
    """Return the ids that the picture of `machine` has to have."""
    return {f"state_{xml_name(state)}" for state in machine.states} | {
        f"edge_{xml_name(a)}__{xml_name(b)}" for a, b in machine.edges
    }


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
def test_every_state_and_transition_is_there_once(machine):
    """The picture has one group for every state and every transition, and no other."""
    assert groups(drawn(machine)).keys() == ids(machine)


@given(drawn_machines())
def test_every_state_and_transition_of_any_machine_is_there_once(machine):
    """Whatever the machine, the picture has one group for every state and every transition."""
    assert groups(drawn(machine)).keys() == ids(machine)


def test_names_survive():
    """Quotes, angle brackets, ampersands and umlauts are shown as they are."""
    table = {
        state: frozenset(ODD_NAMES[place + 1 : place + 2]) for place, state in enumerate(ODD_NAMES)
    }
    machine = StateMachine(ODD_NAMES[0], table, {})
    root = drawn(machine, title='<"&ä>')
    assert groups(root).keys() == ids(machine)
    assert [text.text for text in root.iter(f"{SVG}text")] == ODD_NAMES
    assert not [name for name in groups(root) if not re.fullmatch(r"[\w.-]+", name)]
    assert root.findtext(f"{SVG}title") == '<"&ä>'


@given(st.text(min_size=1))
def test_any_name_can_be_drawn(name):
    """Whatever a state is called, the picture is well-formed."""
    machine = StateMachine(name, {name: frozenset({name + "x"}), name + "x": frozenset()}, {})
    assert len(groups(drawn(machine, title=name))) == 3


def test_a_status_is_told_in_words_too():
    """The title of a group says how its state or transition stands."""
    states, edges = statuses_in(CREATION_MACHINE, "rendering")
    found = groups(drawn(CREATION_MACHINE, states, edges))
    titles = {name: group.findtext(f"{SVG}title") for name, group in found.items()}
    assert titles["state_rendering"] == "rendering: current"
    assert titles["state_failed"] == "failed: legal"
    assert titles["edge_rendering__plugin_pass"] == "rendering → plugin_pass: legal"
    assert titles["edge_pending__validating"] == "pending → validating: idle"


def test_a_status_is_seen():
    """Only the current state is filled with the accent."""
    states, edges = statuses_in(CREATION_MACHINE, "rendering")
    found = groups(drawn(CREATION_MACHINE, states, edges))
    filled = {
        name
        for name, group in found.items()
        if name.startswith("state_")
        and any(len(path.get("d", "")) > 100 for path in group if path.get("fill") == "#000006")
    }
    assert filled == {"state_rendering"}


def test_a_violation_is_drawn():
    """What is observed and not allowed has a group as well, and the picture has room for it."""
    edges = {("rendering", "done"): EdgeStatus.VIOLATION, ("done", "done"): EdgeStatus.VIOLATION}
    found = groups(drawn(CREATION_MACHINE, edges=edges))
    assert found.keys() == ids(CREATION_MACHINE) | {"edge_rendering__done", "edge_done__done"}
    assert found["edge_rendering__done"][-1].get("stroke") == "#000009"


def test_only_what_was_observed_is_added():
    """An idle pair that the machine does not allow is not drawn, nor one with unknown states."""
    edges = {
        ("rendering", "done"): EdgeStatus.IDLE,
        ("rendering", "nowhere"): EdgeStatus.VIOLATION,
    }
    assert groups(drawn(CREATION_MACHINE, edges=edges)).keys() == ids(CREATION_MACHINE)


def test_what_is_not_idle_is_drawn_above():
    """Lines that matter cover those that do not, and states cover lines."""
    _, edges = statuses_in(CREATION_MACHINE, "input_required")
    order = list(groups(drawn(CREATION_MACHINE, edges=edges)))
    lines = [name for name in order if name.startswith("edge_")]
    assert order[: len(lines)] == lines
    assert lines[-3:] == [f"edge_{a}__{b}" for a, b in edges]


def test_the_picture_is_plain():
    """There is nothing in it but groups, paths, text and what describes them."""
    states, edges = statuses_in(CREATION_MACHINE, "rendering")
    elements = list(drawn(CREATION_MACHINE, states, edges).iter())
    assert {element.tag for element in elements} == {
        SVG + tag for tag in ("svg", "title", "desc", "g", "path", "text")
    }
    assert not {"style", "class", "filter"} & {
        name for element in elements for name in element.attrib
    }


def test_qt_draws_the_same_boxes(qapp):
    """Qt's renderer takes the picture without a warning, each box where the layout has it."""
    states, edges = statuses_in(CREATION_MACHINE, "rendering")
    text = to_svg(Drawing(CREATION_MACHINE, Colours(), states, edges))
    renderer = QSvgRenderer(QByteArray(text.encode()))
    layout = lay_out(CREATION_MACHINE)
    assert (renderer.defaultSize().width(), renderer.defaultSize().height()) == (
        layout.width,
        layout.height,
    )
    for state, box in layout.boxes.items():
        bounds = renderer.boundsOnElement(f"state_{state}")
        assert abs(bounds.center().x() - box.centre.x) < 1
        assert abs(bounds.center().y() - box.centre.y) < 1
        assert bounds.width() < box.width + 4


def test_the_picture_says_what_it_shows():
    """Its title names the session, its description where that is and was."""
    states = {"rendering": StateStatus.CURRENT}
    path = frozenset({("pending", "validating"), ("validating", "rendering")})
    root = drawn(CREATION_MACHINE, states, title="Session a<b", path=path)
    assert root.findtext(f"{SVG}title") == "Session a<b"
    said = "The session is in rendering. It was in pending, validating."
    assert root.findtext(f"{SVG}desc") == said
    assert drawn(CREATION_MACHINE).find(f"{SVG}desc") is None

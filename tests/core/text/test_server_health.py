"""The parts of a server and its setup are told in words, whatever it says of them."""

from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.core.text.server_health import component_lines, failing, missing_parts
from tests.helpers.strategies import json_values

COMPONENTS = {
    "validator": {"status": "ok"},
    "nas_sync": {"status": "error", "reason": "no route to host", "queue_depth": 3},
    "lims": {"status": "warn", "reason": "unreachable; using cache"},
    "coffee_machine": "empty",
}


def test_each_part_has_a_line():
    """Its status, why, and what else it tells; what is not ok has a mark."""
    assert component_lines(COMPONENTS) == (
        "Validator: ok",
        "⚠ NAS sync: error (no route to host), queue depth 3",
        "⚠ LIMS: warn (unreachable; using cache)",
        "coffee machine: empty",
    )
    assert list(failing(COMPONENTS)) == ["⚠ NAS sync: error (no route to host), queue depth 3"]


def test_what_a_setup_needs():
    """A server names it, or tells the field and why."""
    missing = [{"field": "config.yaml", "reason": "missing"}, {"field": "lims", "reason": "empty"}]
    assert missing_parts(missing) == ("config.yaml", "lims (empty)")
    assert missing_parts(["config.yaml"]) == ("config.yaml",)
    assert missing_parts("config.yaml") == missing_parts(None) == ()


@given(st.dictionaries(st.text(), json_values()), json_values())
def test_whatever_a_server_says(components, missing):
    """There is one line for it, and no more."""
    assert len(component_lines(components)) == len(components)
    assert not any("\n" in line for line in component_lines(components) + missing_parts(missing))

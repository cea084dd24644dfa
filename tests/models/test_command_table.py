"""Commands are found by any of their words, the best ones first."""

import pytest

from exlab_gui.models.command_table import Command, PaletteTable

pytestmark = pytest.mark.usefixtures("qapp")


def command(title: str, where: str = "View", tip: str = "", *, enabled: bool = True) -> Command:
    return Command(title, where, "", tip, enabled, list)


COMMANDS = [
    command("Export report…", "Recording"),
    command("Reset layout"),
    command("Sitzung schließen", "Sitzung"),
    command("Play", "Session", "Play the report"),
    command("Report", enabled=False),
]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", [one.title for one in COMMANDS]),
        ("layout reset", ["Reset layout"]),
        ("REP exp", ["Export report…"]),
        ("zung lieSSen", ["Sitzung schließen"]),
        ("report", ["Report", "Export report…", "Play"]),
        ("record rep", ["Export report…"]),
        ("no such", []),
    ],
)
def test_words_are_found_in_any_order(text: str, titles: list[str]) -> None:
    """They may be parts of words, of the title before all, of the menu or of the tip."""
    table = PaletteTable(COMMANDS)
    table.show_only(text)
    assert [table.index(row, 0).data() for row in range(table.rowCount())] == titles


def test_what_is_disabled_comes_after_what_is_not() -> None:
    """Of two that fit as well, the one that can be done now is offered first."""
    table = PaletteTable([command("Go", enabled=False), command("Go on")])
    table.show_only("go")
    assert [table.index(row, 0).data() for row in range(2)] == ["Go on", "Go"]

import pytest
from PySide6.QtGui import QColor, QPalette

from exlab_gui.theme.colours import Colours
from exlab_gui.theme.palette import make_palette
from tests.helpers.contrast import GRAPHICS_CONTRAST, TEXT_CONTRAST, THEMES, contrast

Group, Role = QPalette.ColorGroup, QPalette.ColorRole
GROUPS = (Group.Active, Group.Inactive, Group.Disabled)
TEXTS = {
    Role.WindowText: Role.Window,
    Role.Text: Role.Base,
    Role.PlaceholderText: Role.Base,
    Role.ButtonText: Role.Button,
    Role.HighlightedText: Role.Highlight,
    Role.ToolTipText: Role.ToolTipBase,
    Role.Link: Role.Window,
    Role.LinkVisited: Role.Window,
    Role.BrightText: Role.Window,
}
themes = pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)


@themes
def test_nothing_is_left_to_the_system(colours: Colours) -> None:
    """Every role is set in every group: a half-set palette is dark text on dark somewhere."""
    palette = make_palette(colours)
    roles = set(Role) - {Role.NoRole, Role.NColorRoles}
    assert [(g, r) for g in GROUPS for r in roles if not palette.isBrushSet(g, r)] == []


@themes
@pytest.mark.parametrize("group", GROUPS)
def test_the_palette_keeps_the_contrast(colours: Colours, group: Group) -> None:
    """What Qt writes can be read on what Qt fills, for disabled widgets as well."""
    palette = make_palette(colours)
    for text, ground in TEXTS.items():
        ratio = contrast(palette.color(group, text).name(), palette.color(group, ground).name())
        assert ratio >= (GRAPHICS_CONTRAST if group == Group.Disabled else TEXT_CONTRAST), text


@themes
def test_disabled_text_looks_disabled(colours: Colours) -> None:
    """A disabled widget's text differs from an enabled one's wherever Qt writes it."""
    palette = make_palette(colours)
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        assert palette.color(Group.Disabled, role) == QColor(colours.disabled)
        assert palette.color(Group.Active, role) == QColor(colours.text)

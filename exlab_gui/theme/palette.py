"""The semantic colours as a palette for Qt."""

from PySide6.QtGui import QColor, QPalette

from exlab_gui.theme.colours import Colours

_Role = QPalette.ColorRole
_Group = QPalette.ColorGroup

_ROLES: dict[QPalette.ColorRole, str] = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "window",
    _Role.Text: "text",
    _Role.PlaceholderText: "muted",
    _Role.ToolTipBase: "raised",
    _Role.ToolTipText: "text",
    _Role.Button: "raised",
    _Role.ButtonText: "text",
    _Role.BrightText: "failure",
    _Role.Highlight: "accent_soft",
    _Role.HighlightedText: "text",
    _Role.Accent: "accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    # The five shades of edges, from the lightest to the shadow.
    _Role.Light: "surface",
    _Role.Midlight: "raised",
    _Role.Mid: "outline",
    _Role.Dark: "faint",
    _Role.Shadow: "faint",
}

_DISABLED: dict[QPalette.ColorRole, str] = {
    _Role.WindowText: "disabled",
    _Role.Text: "disabled",
    _Role.ButtonText: "disabled",
    _Role.HighlightedText: "disabled",
    _Role.PlaceholderText: "disabled",
    _Role.Link: "disabled",
    _Role.LinkVisited: "disabled",
    _Role.Base: "window",
    _Role.Button: "window",
    _Role.Highlight: "hover",
    _Role.Accent: "disabled",
}


def make_palette(colours: Colours) -> QPalette:
    """Return a palette with every role set, for enabled and disabled widgets."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, QColor(getattr(colours, name)))
    for role, name in _DISABLED.items():
        palette.setColor(_Group.Disabled, role, QColor(getattr(colours, name)))
    return palette

"""How well colours can be told apart, and which pairs of a theme must be (WCAG 2.2, 1.4.3, 1.4.11).

`TEXT_ON` and `GRAPHICS_ON` are the promise; a test computes it for every theme.
"""

TEXT_CONTRAST = 4.5
"""The least contrast of text to what it stands on."""

GRAPHICS_CONTRAST = 3.0
"""The least contrast of a line, mark or shape that means something to what is around it."""

_MEANINGS = ("success", "warning", "failure", "aborted", "input", "past")
_PANES = ("window", "surface", "raised", "hover")

TEXT_ON: dict[str, tuple[str, ...]] = {
    "text": (*_PANES, "pressed", "accent_soft"),
    "muted": (*_PANES, "pressed", "accent_soft"),
    "disabled": ("window", "surface", "raised"),
    "accent": (*_PANES, "accent_soft"),
    "on_accent": ("accent", "accent_strong"),
    **dict.fromkeys(_MEANINGS, (*_PANES, "accent_soft")),
    "on_meaning": _MEANINGS,
    "on_bar": ("bars",),
}
"""Each colour that text may have, and the colours that it may stand on, by name."""

GRAPHICS_ON: dict[str, tuple[str, ...]] = {
    "faint": (*_PANES, "accent_soft"),
    "disabled": (*_PANES,),
    "bars": ("window", "surface"),
}
"""Each colour that only lines and shapes have, and what they may stand on, by name.

Whatever may be text may be a line on the same ground too, and is not repeated here.
"""


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio of the colours `a` and `b` (``#RRGGBB``), from 1 to 21 (WCAG 2)."""
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of `colour` (``#RRGGBB``), from 0 to 1 (WCAG 2)."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

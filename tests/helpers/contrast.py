"""How well colours can be told apart, and which pairs of a theme must be (WCAG 2.2, 1.4.3, 1.4.11).

`TEXT_ON` and `GRAPHICS_ON` are the promise; a test computes it for every theme.
"""

from exlab_gui.theme.colours import DARK, LIGHT, Colours
from exlab_gui.theme.high_contrast import HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT

STRONG: dict[str, Colours] = {
    "contrast light": HIGH_CONTRAST_LIGHT,
    "contrast dark": HIGH_CONTRAST_DARK,
}
"""The themes of high contrast, by their names."""

THEMES: dict[str, Colours] = {"light": LIGHT, "dark": DARK, **STRONG}
"""All themes, by their names."""

STRONG_TEXT, STRONG_GRAPHICS = 7.0, 4.5
"""The least contrasts of text and of graphics in themes of high contrast (WCAG 1.4.6)."""

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


_EYES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How colours look without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1)."""


def seen_by(eye: str, colour: str) -> str:
    """Return `colour` (``#RRGGBB``) as somebody sees it who has `eye`, such as ``tritanopia``."""
    light = [_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5)]
    seen = (sum(a * b for a, b in zip(row, light, strict=True)) for row in _EYES[eye])
    return "#" + "".join(f"{round(255 * _encoded(channel)):02X}" for channel in seen)


def _encoded(channel: float) -> float:
    channel = min(max(channel, 0.0), 1.0)
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055

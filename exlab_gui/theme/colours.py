"""The semantic colours of the light and the dark theme.

Surfaces and text are neutral; the accent marks the current state. Other strong hues have meanings;
the muted ones of `bars` only separate neighbours. The tests hold the contrasts.
"""

from exlab_gui.core.picture_colours import PictureColours


class Colours(PictureColours, frozen=True, kw_only=True):
    """Every colour of one theme, as ``#RRGGBB``."""

    hover: str  # a button under the pointer
    pressed: str  # a button held down or switched on
    disabled: str  # disabled, but legible
    accent_strong: str  # an accent-filled button under the pointer or held down; bears `on_accent`

    past: str  # the position is in the past
    on_bar: str  # text on any of `bars`


LIGHT = Colours(
    window="#F1F3F4",
    surface="#FDFDFE",
    raised="#F7F8FA",
    hover="#EDEFF2",
    pressed="#E0E3E7",
    text="#1B2025",
    muted="#52575F",
    disabled="#666B72",
    faint="#7D8289",
    outline="#D2D4D8",
    accent="#1360BE",
    accent_strong="#0C4E9F",
    on_accent="#FFFFFF",
    accent_soft="#D6E8FE",
    success="#216B3C",
    flawed="#5C5F00",
    warning="#8A560C",
    failure="#B51F1F",
    aborted="#665349",
    input="#8D2F8D",
    past="#006E73",
    on_meaning="#FFFFFF",
    bars=(
        "#035C5A",
        "#22817E",
        "#055873",
        "#327B99",
        "#354F7E",
        "#5671A3",
        "#554579",
        "#77679D",
        "#6C3D62",
        "#905E85",
    ),
    on_bar="#FFFFFF",
)

DARK = Colours(
    window="#15171B",
    surface="#1C2024",
    raised="#282C30",
    hover="#2F3338",
    pressed="#383D43",
    text="#E6E8EB",
    muted="#ADB1B7",
    disabled="#93979D",
    faint="#80858C",
    outline="#393D43",
    accent="#6FB5FC",
    accent_strong="#93C8FD",
    on_accent="#0B1520",
    accent_soft="#243954",
    success="#74DAA0",
    flawed="#CBD35C",
    warning="#EDB65C",
    failure="#F7827A",
    aborted="#C0A999",
    input="#CF99D7",
    past="#77CFD3",
    on_meaning="#101317",
    bars=(
        "#5DABA6",
        "#3C8C87",
        "#64A6C0",
        "#4587A1",
        "#809CCC",
        "#637EAC",
        "#A091C6",
        "#8273A6",
        "#BA89AF",
        "#9A6C90",
    ),
    on_bar="#0B0D10",
)

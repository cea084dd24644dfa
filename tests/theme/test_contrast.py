from itertools import combinations, pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exlab_gui.theme.colours import Colours
from tests.helpers.contrast import (
    GRAPHICS_CONTRAST,
    GRAPHICS_ON,
    STRONG,
    STRONG_GRAPHICS,
    STRONG_TEXT,
    TEXT_CONTRAST,
    TEXT_ON,
    THEMES,
    contrast,
    luminance,
)

themes = pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)
hex_colours = st.from_regex("#[0-9A-F]{6}", fullmatch=True)


def values(colours: Colours, name: str) -> tuple[str, ...]:
    value = getattr(colours, name)
    return value if isinstance(value, tuple) else (value,)


def too_close(colours: Colours, pairs: dict[str, tuple[str, ...]], least: float) -> list[str]:
    return [
        f"{front} {a} on {back} {b}: {contrast(a, b):.2f}"
        for front, backs in pairs.items()
        for back in backs
        for a in values(colours, front)
        for b in values(colours, back)
        if contrast(a, b) < least
    ]


@themes
def test_all_text_can_be_read_wherever_it_stands(colours: Colours) -> None:
    """Text has a contrast of 4.5 : 1 or more to every ground that it is used on (WCAG 1.4.3)."""
    assert too_close(colours, TEXT_ON, TEXT_CONTRAST) == []


@themes
def test_all_meaningful_graphics_can_be_seen(colours: Colours) -> None:
    """Lines and shapes that mean something have 3 : 1 or more to their ground (WCAG 1.4.11)."""
    assert too_close(colours, GRAPHICS_ON, GRAPHICS_CONTRAST) == []


@pytest.mark.parametrize("colours", STRONG.values(), ids=STRONG)
def test_high_contrast_is_higher(colours: Colours) -> None:
    """Text has 7 : 1 or more wherever it stands (WCAG 1.4.6), and lines have 4.5 : 1."""
    assert too_close(colours, TEXT_ON, STRONG_TEXT) == []
    assert too_close(colours, GRAPHICS_ON, STRONG_GRAPHICS) == []


@themes
def test_disabled_text_is_quieter_than_any_other(colours: Colours) -> None:
    """What cannot be used can be read, but stands back behind all that can."""
    for ground in (colours.window, colours.surface, colours.raised):
        quiet = [contrast(c, ground) for c in (colours.text, colours.muted, colours.disabled)]
        assert quiet == sorted(quiet, reverse=True)
        assert quiet[0] > 1.9 * quiet[2]


@themes
def test_neighbouring_bars_differ_without_their_hue(colours: Colours) -> None:
    """Bars side by side differ in lightness, so that they differ for the colour-blind, too."""
    ring = [*colours.bars, colours.bars[0]]
    assert min(contrast(a, b) for a, b in pairwise(ring)) >= 1.4


@themes
def test_any_two_bars_can_be_told_apart(colours: Colours) -> None:
    """No two bars are nearer in OKLab than twice what an eye just notices (0.02)."""
    assert min(dist(oklab(a), oklab(b)) for a, b in combinations(colours.bars, 2)) >= 0.04


@themes
def test_bars_of_steps_do_not_look_like_bars_that_mean_something(colours: Colours) -> None:
    """A failed, aborted, done or waiting bar stands out from those of ordinary steps."""
    meant = (colours.failure, colours.aborted, colours.success, colours.input)
    assert min(dist(oklab(a), oklab(b)) for a in meant for b in colours.bars) >= 0.06


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#FF0000", "#FFFFFF", 4.0)],
)
def test_contrast_is_that_of_wcag(a: str, b: str, ratio: float) -> None:
    """Well-known pairs have the ratio that every other contrast checker gives."""
    assert contrast(a, b) == pytest.approx(ratio, abs=0.005)


@given(hex_colours, hex_colours)
def test_contrast_does_not_depend_on_the_order(a: str, b: str) -> None:
    """A contrast is between two colours, whichever is in front, and from 1 to 21."""
    assert contrast(a, b) == contrast(b, a)
    assert 1 <= contrast(a, b) <= 21
    assert contrast(a, a) == 1


@given(hex_colours)
def test_luminance_is_a_share_of_white(colour: str) -> None:
    """Luminance runs from 0 for black to 1 for white, in either case of the hex digits."""
    assert 0 <= luminance(colour) <= 1
    assert luminance(colour) == luminance(colour.lower())


def oklab(colour: str) -> tuple[float, float, float]:
    """Return where `colour` is in OKLab, in which distances are those that an eye sees."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )

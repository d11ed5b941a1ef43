"""Contrast as WCAG 2 measures it, and colours moved as far as it takes.

https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.color import Color as RichColor
from rich.style import Style

Rgb = tuple[int, int, int]
"""Red, green and blue from 0 to 255."""

LEAST = 4.5
"""Contrast that text has at least."""
AIM = 4.6
"""Contrast to which a colour is moved: a little is lost where a terminal has fewer colours, or only greys."""
STEPS = 32
"""In so many steps a colour is moved to black or white."""
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def _light(colour: Rgb) -> float:
    """Relative luminance, from 0 to 1."""
    red, green, blue = (c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: Rgb, paper: Rgb) -> float:
    """Contrast of two colours, from 1 to 21."""
    high, low = sorted((_light(ink), _light(paper)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def blend(first: Rgb, second: Rgb, share: float) -> Rgb:
    """A colour between two, ``share`` of it the second one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


@lru_cache(1024)
def readable(ink: Rgb, paper: Rgb, least: float = AIM) -> Rgb:
    """The colour nearest to ``ink``, on the way to black or white, that can be read on ``paper``."""
    end = WHITE if contrast(WHITE, paper) > contrast(BLACK, paper) else BLACK
    moved = (blend(ink, end, step / STEPS) for step in range(STEPS + 1))
    return next((colour for colour in moved if contrast(colour, paper) >= least), end)


def readable_on_all(ink: Rgb, papers: Iterable[Rgb]) -> Rgb:
    """A colour moved so that it can be read on each of some papers that are alike."""
    for paper in papers:
        ink = readable(ink, paper)
    return ink


def readable_style(style: Style) -> Style:
    """A style whose text can be read; one without two colours of its own comes back as it is."""
    ink, paper = style.color, style.bgcolor
    if ink is None or paper is None or ink.triplet is None or paper.triplet is None:
        return style
    colour = readable((*ink.triplet,), (*paper.triplet,))
    return style if colour == (*ink.triplet,) else style + Style(color=RichColor.from_rgb(*colour))

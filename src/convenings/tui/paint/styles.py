"""How text looks within a line: the names that spans carry, in the hues of the theme.

Worked out here and not as component classes, of which Textual takes every one through the stylesheet, twice at a start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from convenings.domain.kinds import KIND_STYLES

STYLES: dict[str, tuple[str, str, str]] = {
    "cursor": ("", "cursor", "bold"),
    "cursor-idle": ("", "cursor-idle", ""),
    "dimmed": ("faint", "", ""),
    "key": ("accent", "", "bold"),
    "active": ("background", "accent", "bold"),
    "muted": ("muted", "", ""),
    "faint": ("faint", "", ""),
    "strong": ("", "", "bold"),
    "link": ("", "", "underline"),
    "number": ("number", "", ""),
    "inferred": ("muted", "", "italic"),
    "gap": ("gap", "", ""),
    "heading": ("muted", "", "bold"),
    "quote": ("number", "", ""),
    "match": ("", "", "bold underline"),
    **{style: (style, "", "") for style in KIND_STYLES.values()},
}
"""Name of a style to the variables of the theme that it is written in and on, and to how its letters are."""
HUES = tuple(dict.fromkeys(hue for ink, paper, _ in STYLES.values() for hue in (ink, paper) if hue))


def kind_style(kind: str) -> str:
    """Name of the style of a kind's glyph."""
    return KIND_STYLES[kind]


def styles_by_name(widget: Widget) -> Mapping[str, Style]:
    """Style by name in the theme in use, without what it lies on."""
    variables = widget.app.theme_variables
    return _in_hues(tuple(variables[hue] for hue in HUES))


@lru_cache(maxsize=1)
def _in_hues(values: tuple[str, ...]) -> Mapping[str, Style]:
    """The styles in the hues of a theme, given in the order of ``HUES``; kept for as long as these are asked for."""
    colours = {hue: Color.parse(value).rich_color for hue, value in zip(HUES, values, strict=True)}
    return {
        name: Style(color=colours.get(ink), bgcolor=colours.get(paper)) + Style.parse(letters)
        for name, (ink, paper, letters) in STYLES.items()
    }

"""Themes: one dark, one light, and one whose hues are told apart with any colour vision (blue, orange, grey)."""

from __future__ import annotations

from dataclasses import replace

from textual.color import Color
from textual.theme import Theme

from convenings.tui.paint.contrast import BLACK, WHITE, Rgb, blend, contrast, readable_on_all

CONVENINGS_DARK = Theme(
    name="convenings-dark",
    primary="#e3b341",
    secondary="#58a6ff",
    accent="#e3b341",
    foreground="#d7dde4",
    background="#0d1117",
    surface="#12171e",
    panel="#1a212b",
    success="#56b98f",
    warning="#e3b341",
    error="#f07178",
    dark=True,
    variables={
        "event": "#e3b341", "person": "#6cb2ff", "organisation": "#56b98f", "question": "#c297ff",
        "initiative": "#f0a272", "place": "#8fb8c9", "topic": "#b6bf6b", "cursor": "#1f3a5f",
        "cursor-idle": "#283342", "faint": "#76828f", "muted": "#919dab", "number": "#6cb2ff", "gap": "#f0a272",
    },
)  # fmt: skip
CONVENINGS_LIGHT = Theme(
    name="convenings-light",
    primary="#8a5a00",
    secondary="#0550ae",
    accent="#8a5a00",
    foreground="#1f2328",
    background="#fbfbf9",
    surface="#f3f3ef",
    panel="#e9e9e3",
    success="#116b46",
    warning="#8a5a00",
    error="#a40e26",
    dark=False,
    variables={
        "event": "#8a5a00", "person": "#0550ae", "organisation": "#116b46", "question": "#6639ba",
        "initiative": "#a0410d", "place": "#2f6f86", "topic": "#5c6300", "cursor": "#c9dcf5",
        "cursor-idle": "#d6dbe1", "faint": "#6c737b", "muted": "#57606a", "number": "#0550ae", "gap": "#a0410d",
    },
)  # fmt: skip
CONVENINGS_CLEAR = Theme(
    name="convenings-clear",
    primary="#f5b000",
    secondary="#56b4e9",
    accent="#f5b000",
    foreground="#f2f2f2",
    background="#0b0b0f",
    surface="#131318",
    panel="#1e1e26",
    success="#56b4e9",
    warning="#f5b000",
    error="#ff8c42",
    dark=True,
    variables={
        "event": "#f5b000", "person": "#56b4e9", "organisation": "#d8d8d8", "question": "#9fc9ff",
        "initiative": "#ffb875", "place": "#b8b8b8", "topic": "#e0d4a8", "cursor": "#124a7a",
        "cursor-idle": "#34343f", "faint": "#7f7f89", "muted": "#a9a9b3", "number": "#56b4e9", "gap": "#ffb875",
    },
)  # fmt: skip

OURS = {theme.name: theme for theme in (CONVENINGS_DARK, CONVENINGS_LIGHT, CONVENINGS_CLEAR)}
"""Theme by name."""
DEFAULT = CONVENINGS_DARK.name
CURSOR, CURSOR_IDLE = 0.35, 0.16
"""Share of a theme's first colour, and of that of its text, in what lies under the cursor's line with and without the
focus; less where text could not be read on it."""


def adapted(theme: Theme) -> Theme:
    """One of Textual's themes with all the colours that ours have, made of its own and moved so that they can be read.

    One that leaves its colours to the terminal comes back as it is: nobody here knows them.
    """
    return theme if theme.ansi else _adapted(theme.name, theme)


_memory: dict[str, tuple[Theme, Theme]] = {}


def _adapted(name: str, theme: Theme) -> Theme:
    if name not in _memory or _memory[name][0] is not theme:
        _memory[name] = theme, replace(theme, variables={**theme.variables, **_hues(theme)})
    return _memory[name][1]


def _hues(theme: Theme) -> dict[str, str]:
    """Our variables in the colours of a theme."""
    colours = theme.to_color_system().generate()

    def rgb(name: str) -> Rgb:
        return (*Color.parse(colours[name]).rgb,)

    background, surface, panel = rgb("background"), rgb("surface"), rgb("panel")
    end = WHITE if contrast(WHITE, background) > contrast(BLACK, background) else BLACK
    # Textual has the line that is typed into a little nearer to the text.
    lit = blend(surface, rgb("foreground"), 0.06)
    text = readable_on_all(rgb("foreground"), (background, surface, panel, lit))
    papers = {}
    for name, other, most in (("cursor", rgb("primary"), CURSOR), ("cursor-idle", text, CURSOR_IDLE)):
        shares = (most * step / 8 for step in range(8, 0, -1))
        fits = (paper for paper in (blend(background, other, share) for share in shares) if contrast(end, paper) >= 7)
        papers[name] = next(fits, background)
    mixed = {
        "event": rgb("accent"), "person": rgb("primary"), "organisation": rgb("success"), "question": rgb("secondary"),
        "initiative": rgb("warning"), "place": blend(rgb("secondary"), text, 0.5),
        "topic": blend(rgb("success"), rgb("warning"), 0.5), "faint": blend(background, text, 0.5),
        "muted": blend(background, text, 0.7), "number": rgb("primary"), "gap": rgb("warning"), "accent": rgb("accent"),
    }  # fmt: skip
    inks = {name: readable_on_all(ink, (background, surface, panel, lit)) for name, ink in mixed.items()}
    hues = {**inks, **papers, "foreground": text, "text-disabled": inks["muted"], "text-muted": inks["muted"]}
    return {name: Color(*colour).hex for name, colour in hues.items()}

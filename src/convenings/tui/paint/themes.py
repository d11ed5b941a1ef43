"""Themes: one dark, one light, and one whose hues are told apart with any colour vision (blue, orange, grey)."""

from __future__ import annotations

from textual.theme import Theme

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
        "cursor-idle": "#1b2430", "faint": "#5b6673", "muted": "#919dab", "number": "#6cb2ff", "gap": "#f0a272",
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
        "cursor-idle": "#e4e7ea", "faint": "#8b929a", "muted": "#57606a", "number": "#0550ae", "gap": "#a0410d",
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
        "cursor-idle": "#26262f", "faint": "#777781", "muted": "#a9a9b3", "number": "#56b4e9", "gap": "#ffb875",
    },
)  # fmt: skip

OURS = {theme.name: theme for theme in (CONVENINGS_DARK, CONVENINGS_LIGHT, CONVENINGS_CLEAR)}
"""Theme by name."""
DEFAULT = CONVENINGS_DARK.name

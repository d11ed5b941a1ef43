"""Labels of ours, of what a table says where it states no title."""

from __future__ import annotations

LONGEST_LABEL = 60
"""Characters of a label that is ours."""


def few(names: list[str]) -> str:
    """Names for a label, the first ones where they are many."""
    if len(names) == 1:
        return names[0]
    return f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} and {len(names) - 1} others"


def short(text: str) -> str:
    """The beginning of a text, cut between words, for a label that is ours."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_LABEL:
        return line
    return f"{line[: LONGEST_LABEL - 1].rpartition(' ')[0] or line[: LONGEST_LABEL - 1]}…"


def cells(count: int) -> str:
    """So many cells, in words."""
    return "1 cell" if count == 1 else f"{count} cells"

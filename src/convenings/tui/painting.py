"""Lines of styled text in cells: the little that lists and text panes share when they draw themselves."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from convenings.domain.text import plain

Span = tuple[str, str]
"""Text, and the name of its style; the empty name is the line's own."""

ELLIPSIS = "…"


def clip(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells, with an ellipsis where something is left out."""
    if cell_len(text) <= cells:
        return text
    if cells < 2:
        return ELLIPSIS[: max(cells, 0)]
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def pad(text: str, cells: int) -> str:
    """``text`` clipped or filled up to exactly ``cells`` cells."""
    text = clip(text, cells)
    return text + " " * (cells - cell_len(text))


def right(text: str, cells: int) -> str:
    """``text`` clipped, and set at the right of exactly ``cells`` cells."""
    text = clip(text, cells)
    return " " * (cells - cell_len(text)) + text


def paint(
    spans: Iterable[Span], styles: dict[str, Style], base: Style, width: int, rail: Segment | None = None
) -> Strip:
    """Spans as a strip of exactly ``width`` cells, and a last cell after them where there is a rail.

    Args:
        spans: Texts with the names of their styles.
        styles: Style by name; a name that is missing adds nothing.
        base: Style of the whole line.
        width: Cells.
        rail: One cell to stand at the end.
    """
    segments: list[Segment] = []
    used = 0
    for raw, name in spans:
        text = raw if raw.isprintable() else plain(raw)
        cells = cell_len(text)
        if used + cells > width:
            text = clip(text, width - used)
            cells = cell_len(text)
        if text:
            style = styles.get(name)
            segments.append(Segment(text, base + style if style is not None else base))
            used += cells
    if used < width:
        segments.append(Segment(" " * (width - used), base))
    if rail is not None:
        segments.append(rail)
        width += 1
    return Strip(segments, width)


def thumb(rows: int, shown: int, offset: int, height: int) -> tuple[int, int]:
    """First cell, and one past the last, of a scrollbar's thumb; (0, 0) where everything is shown."""
    if rows <= shown or height <= 0:
        return (0, 0)
    size = max(1, height * shown // rows)
    start = round((height - size) * offset / max(1, rows - shown))
    return (start, start + size)

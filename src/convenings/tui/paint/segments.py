"""Lines of styled text in cells: the little that lists and text panes share when they draw themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import TRANSPARENT, Color
from textual.filter import LineFilter

from convenings.domain.text import plain

TextSpan = tuple[str, str]
"""Text, and the name of its style; the empty name is the line's own."""

ELLIPSIS = "…"


def cells_of(text: str) -> int:
    """Cells that a text takes; of plain ASCII, which most is, as many as it has characters."""
    return len(text) if text.isascii() and text.isprintable() else cell_len(text)


def clip(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells, with an ellipsis where something is left out."""
    if cells_of(text) <= cells:
        return text
    if cells < 2:
        return ELLIPSIS[: max(cells, 0)]
    return set_cell_size(text, cells - 1).rstrip() + ELLIPSIS


def pad(text: str, cells: int) -> str:
    """``text`` clipped or filled up to exactly ``cells`` cells."""
    used = cells_of(text)
    if used > cells:
        text = clip(text, cells)
        used = cells_of(text)
    return text + " " * (cells - used)


def right(text: str, cells: int) -> str:
    """``text`` clipped, and set at the right of exactly ``cells`` cells."""
    text = clip(text, cells)
    return " " * (cells - cells_of(text)) + text


def broken(text: str, cells: int) -> int:
    """How many code points of a text go on a line: all that fit, up to the next word, or into a word that is too long.

    The spaces at which it is broken go on the line, though they may not fit.
    """
    if cells_of(text) <= cells:
        return len(text)
    head = set_cell_size(text, cells)
    # Half of a wide character does not fit, and became a space.
    fitting = len(head) if text.startswith(head) else len(head) - 1
    at = text.rfind(" ", 1, fitting + 1) + 1
    return at + len(text[at:]) - len(text[at:].lstrip(" ")) if at else max(fitting, 1)


class LineStyles(dict[str, Style]):
    """Name of a style to the whole style of text on one line, worked out on first use; an unknown name adds nothing.

    Args:
        line: Style of the line.
        named: What each name adds to it.
        filters: What becomes of styles in this terminal, as where there is no colour.
        background: What lies behind the line.
    """

    def __init__(
        self,
        line: Style,
        named: Mapping[str, Style],
        filters: Iterable[LineFilter] = (),
        background: Color = TRANSPARENT,
    ) -> None:
        super().__init__()
        self._line = line
        self._named = named
        self._filters = filters
        self._background = background

    def __missing__(self, name: str) -> Style:
        style = self._line + self._named.get(name, Style.null())
        for line_filter in self._filters:
            style = line_filter.apply([Segment(" ", style)], self._background)[0].style or style
        self[name] = style
        return style


def to_segments(spans: Iterable[TextSpan], styles: Mapping[str, Style], width: int) -> list[Segment]:
    """Spans as segments of exactly ``width`` cells together; neighbours in the same style are one segment.

    Args:
        spans: Texts with the names of their styles.
        styles: Style by name; the empty name is that of the line.
        width: Cells.
    """
    segments: list[Segment] = []
    text, style, used = "", styles[""], 0
    for raw, name in spans:
        part = raw if raw.isprintable() else plain(raw)
        cells = cells_of(part)
        if used + cells > width:
            part = clip(part, width - used)
            cells = cells_of(part)
        if (ink := styles[name]) is not style and part:
            segments.append(Segment(text, style))
            text, style = "", ink
        text += part
        used += cells
    if style is not styles[""]:
        segments.append(Segment(text, style))
        text = ""
    segments.append(Segment(text + " " * (width - used), styles[""]))
    return [segment for segment in segments if segment.text]


def thumb(rows: int, shown: int, offset: int, height: int) -> tuple[int, int]:
    """First cell, and one past the last, of a scrollbar's thumb; (0, 0) where everything is shown."""
    if rows <= shown or height <= 0:
        return (0, 0)
    size = max(1, height * shown // rows)
    start = round((height - size) * offset / max(1, rows - shown))
    return (start, start + size)

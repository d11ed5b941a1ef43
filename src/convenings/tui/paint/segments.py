"""Lines of styled text in cells: the little that lists and text panes share when they draw themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import TRANSPARENT, Color
from textual.filter import LineFilter

from convenings.domain.text import SCRIPTS_THAT_JOIN, plain
from convenings.tui.paint.contrast import readable_style

TextSpan = tuple[str, str]
"""Text, and the name of its style; the empty name is the line's own."""

ELLIPSIS = "…"
JOINER = "\u200d"
SHORTEST_WITH_END = 8
"""Cells that a beginning and an end take at least."""
MOST_IN_A_CELL = 8
"""Code points that a cell shows at most: a letter, joiners and marks."""
TEXTS_MEASURED = 4096
"""Texts whose width is remembered: a few screens of them."""


# Letters of Europe and Vietnam, dashes, quotes and the ellipsis, and the arrows, signs and lines of our own texts: none
# is wide, and none joins another one. For one that is not among them Rich loads its table of widths.
NARROW = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2190-\u2319\u2500-\u25fc]*")
"""Text of which each character takes one cell, as most does; it need not be looked up."""


@lru_cache(TEXTS_MEASURED)
def cells_of(text: str) -> int:
    """Cells that a text takes."""
    return len(text) if NARROW.fullmatch(text) else cell_len(_measurable(text))


def cut(text: str, cells: int) -> str:
    """What fits into ``cells`` cells of a text that takes more; half of a wide character becomes a space."""
    if NARROW.fullmatch(text):
        return text[:cells]
    text = text.lstrip(JOINER)  # they have nothing to join and take no cell, but Rich fails on two of them
    if _measurable(text) == text:
        return set_cell_size(text, cells)
    head = text[: cells * MOST_IN_A_CELL]
    while (excess := cell_len(_measurable(head)) - cells) > 0:
        # No character takes more than two.
        head = head[: -max(1, excess // 2)]
    return head + " " * (cells - cell_len(_measurable(head)))


def _measurable(text: str) -> str:
    """A text without joiners between letters, which Rich takes to make one of them, as they do of pictures."""
    return re.sub(f"(?<={SCRIPTS_THAT_JOIN})\u200d", "", text) if "\u200d" in text else text


def clip(text: str, cells: int) -> str:
    """``text`` in at most ``cells`` cells, with an ellipsis where something is left out."""
    if cells_of(text) <= cells:
        return text
    if cells < 2:
        return ELLIPSIS[: max(cells, 0)]
    return cut(text, cells - 1).rstrip() + ELLIPSIS


def clip_middle(text: str, cells: int, end_cells: int = 0) -> str:
    """``text`` in at most ``cells`` cells, cut in its middle.

    Args:
        text: Any text.
        cells: How wide it may be.
        end_cells: How much of its end stays; two thirds, where the end is what tells texts apart, if absent.
    """
    if cells_of(text) <= cells or cells < SHORTEST_WITH_END:
        return clip(text, cells)
    end = len(text)
    room = end_cells or (cells - 1) * 2 // 3
    while room >= (width := cells_of(text[end - 1])):
        end, room = end - 1, room - width
    # A mark stays with its letter.
    tail = text[end:].lstrip()
    while tail and not cells_of(tail[0]):
        tail = tail[1:]
    return cut(text, cells - 1 - cells_of(tail)).rstrip() + ELLIPSIS + tail


def clip_apart(text: str, others: Iterable[str], cells: int) -> str:
    """``text`` in at most ``cells`` cells, with the word by which it begins to differ from others.

    What all of them begin with is cut to a third of the room.
    """
    pairs = [[*zip(text, other, strict=False)] for other in others]
    alike = max((next((at for at, (a, b) in enumerate(pair) if a != b), len(pair)) for pair in pairs), default=0)
    head = cut(text, cells // 3).rstrip()
    start = text.rfind(" ", 0, alike) + 1
    return clip(f"{head}{ELLIPSIS}{text[start:]}" if start > len(head) else text, cells)


def pad(text: str, cells: int, *, end: bool = False) -> str:
    """``text`` clipped or filled up to exactly ``cells`` cells; clipped in its middle where its ``end`` is to stay."""
    used = cells_of(text)
    if used > cells:
        text = clip_middle(text, cells) if end else clip(text, cells)
        used = cells_of(text)
    return text + " " * (cells - used)


def right(text: str, cells: int) -> str:
    """``text`` clipped, and set at the right of exactly ``cells`` cells."""
    text = clip(text, cells)
    return " " * (cells - cells_of(text)) + text


def breaks(text: str, cells: int, later_cells: int | None = None) -> Iterator[tuple[int, int]]:
    """First code point, and one past the last, of each line of at most so many cells, without spaces at its end.

    A line takes all that fits, up to the next word, or into a word that is too long. The spaces at which a text is
    broken go on the line, though they may not fit.

    Args:
        text: The text.
        cells: Cells of the first line.
        later_cells: Cells of the others, where they have less or more.
    """
    start, later = 0, cells if later_cells is None else later_cells
    while start < len(text):
        end = _line_end(text, start, later if start else cells)
        yield start, start + len(text[start:end].rstrip())
        start = end


def _line_end(text: str, start: int, cells: int) -> int:
    """Where the line ends that begins at a code point; looks no further on than a line can reach."""
    near = text[start : start + cells + 1]
    if cells_of(near) <= cells:
        near = text[start : start + cells * MOST_IN_A_CELL]
    if cells_of(near) <= cells:
        fitting = len(near)
        if start + fitting == len(text):
            return len(text)
    else:
        head = cut(near, cells)
        # Half of a wide character does not fit, and became a space.
        fitting = len(head) if near.startswith(head) else len(head) - 1
    end = start + (near.rfind(" ", 1, fitting + 1) + 1)
    if end == start:
        return start + max(fitting, 1)
    while end < len(text) and text[end] == " ":
        end += 1
    return end


def wrapped(text: str, cells: int) -> list[str]:
    """A text in lines of at most so many cells, broken between words; one line where there is no room for any."""
    return [text[start:end] for start, end in breaks(text, cells)] if text and cells > 0 else [text]


class LineStyles(dict[str, Style]):
    """Name of a style to the whole style of text on one line, worked out on first use; an unknown name adds nothing.

    Whatever a theme says, the text can be read: where two colours are too near, that of the letters is moved.

    Args:
        line: Style of the line.
        styles: What each name adds to it.
        filters: What becomes of styles in this terminal, as where there is no colour.
        background: What lies behind the line.
    """

    def __init__(
        self,
        line: Style,
        styles: Mapping[str, Style],
        filters: Iterable[LineFilter] = (),
        background: Color = TRANSPARENT,
    ) -> None:
        super().__init__()
        self._line = line
        self._styles = styles
        self._filters = filters
        self._background = background

    def __missing__(self, name: str) -> Style:
        style = self._line + self._styles.get(name, Style.null())
        for line_filter in self._filters:
            style = line_filter.apply([Segment(" ", style)], self._background)[0].style or style
        style = self[name] = readable_style(style)
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


def thumb(rows: int, capacity: int, offset: int, height: int) -> tuple[int, int]:
    """First cell, and one past the last, of a scrollbar's thumb; (0, 0) where everything is on the screen.

    Args:
        rows: How many there are.
        capacity: How many fit on the screen.
        offset: The first one on the screen.
        height: Cells of the scrollbar.
    """
    if rows <= capacity or height <= 0:
        return (0, 0)
    size = max(1, height * capacity // rows)
    start = round((height - size) * offset / max(1, rows - capacity))
    return (start, start + size)

"""What one line of a pane shows, and what all its lines share: together all that a strip is made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Size
from textual.strip import Strip

from convenings.tui.paint.segments import LineStyles, TextSpan, cells_of

AROUND_TITLE = 5
"""Cells of a border that stand before its title and behind it, and one that parts it from a heading."""


class LineContent(msgspec.Struct, frozen=True, gc=False):
    """What one line shows: with the style of its pane, all that its strip is made from.

    A hundred are made and compared at every key, for which a tuple with names would take three times as long.
    """

    spans: tuple[TextSpan, ...]
    cursor: bool = False
    dimmed: bool = False
    thumb: bool = False


BLANK = LineContent(())


class PaneStyle(msgspec.Struct, frozen=True):
    """What all lines of a pane share, until its size, its styles or its focus change."""

    size: Size
    focus: bool
    filters: Sequence[LineFilter]
    styles: tuple[tuple[LineStyles, LineStyles], tuple[LineStyles, LineStyles]]
    """Of a line and of the cursor's, first as they are, then dimmed: what is dimmed has no colours of its own."""
    rails: tuple[Segment, Segment]
    """The last cell of a line: without the scrollbar's thumb, and with it."""
    sides: tuple[Segment, Segment] = (Segment(" "), Segment(" "))
    """What the border draws at the left and at the right of every line."""
    cursor_side: Segment = Segment(" ")
    """What it draws at the left of the cursor's line, to be seen without the focus and without colours, too."""


def styles_of_lines(
    line: Style, cursor: Style, names: Mapping[str, Style], filters: Sequence[LineFilter], background: Color
) -> tuple[tuple[LineStyles, LineStyles], tuple[LineStyles, LineStyles]]:
    """Styles of a line and of the cursor's, first as they are, then dimmed, as :class:`PaneStyle` has them.

    Args:
        line: Style of a line.
        cursor: Style of the cursor's line.
        names: What each name adds to them; ``dimmed`` is all that is added to what is dimmed.
        filters: What becomes of styles in this terminal, as where there is no colour.
        background: What lies behind the lines.
    """

    def styles(style: Style, names: Mapping[str, Style]) -> LineStyles:
        return LineStyles(style, names, filters, background)

    faded = styles(line + names["dimmed"], {}), styles(cursor + names["dimmed"], {})
    return (styles(line, names), styles(cursor, names)), faded


def with_heading(edge: Strip, heading: str, title: Iterable[TextSpan], style: Style) -> Strip:
    """The top of a border with a heading at its right, where the title leaves room for it.

    Args:
        edge: The border with its title.
        heading: The heading.
        title: The title at the left.
        style: Style of the heading.
    """
    cells = cells_of(heading) + 2
    last = edge.cell_length - 2
    if last - cells < sum(cells_of(text) for text, _ in title) + AROUND_TITLE:
        return edge
    return Strip.join([edge.crop(0, last - cells), Strip([Segment(f" {heading} ", style)]), edge.crop(last)])

"""A pane over rows of the index: speakers, organisations, questions; and what the timeline builds on.

A list never asks the index while it paints. What several lists are about to draw is asked for together by
:func:`load_shown`, once they have their rows, cursors and places; a list that is scrolled by the mouse, or gets another
size, asks for its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

import msgspec
from rich.cells import set_cell_size

from convenings.domain.kinds import GLYPHS
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import Flag, Rows
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.segments import TextSpan, cells_of, clip, pad, right
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.pane import CACHED_LINES, LineContent, Pane

ROWS_MEASURED = 200
"""How many labels are measured to find the width of their column."""
SHORTEST_TRAILING = 12
"""Cells that the right-hand column takes at least from a label too long for its row."""
THREE_COLUMNS = 66
"""From this width on a row shows what tells it from its namesakes between its label and the right-hand column."""


class Seen(msgspec.Struct, frozen=True, gc=False):
    """A row of the index, and all that changes how it is seen while the same rows are shown."""

    row: int
    reason: str
    """Why it is related to the record that the list is seen from; empty where it is not."""
    dims: bool
    """Whether what is not related is dimmed."""
    pinned: bool
    marked: bool
    folded: bool = False
    """Whether its parts are folded away."""

    @property
    def dimmed(self) -> bool:
        """Whether it is drawn as one that is not related."""
        return self.dims and not (self.pinned or self.reason)


class ListPane(Pane):
    """Rows of the index with, at the right, why each is related to the record that the list is seen from."""

    HELP = """
    **A list.** Move with the arrows: what is related to the row stands out in the other panes, the rest is dimmed, and
    the border counts. **Enter** pins the row, and the other panes then show only what is related to it. **/** filters:
    words, `role:moderator`, `date:2018`, `!not`.
    """

    def __init__(self, name: str, number: int, title: str, model: ReadModel, item_height: int = 1) -> None:
        super().__init__(name, number, title)
        self.model = model
        self.item_height = item_height
        self.rows = Rows()
        self.seen_from: int | None = None
        """Row that the others are related to; None where there is none."""
        self._reasons: dict[int, str] = {}
        """Row to why it is related to ``seen_from``, of the rows that were on screen since that changed."""
        self._measured: int | None = None
        self._composed = lru_cache(CACHED_LINES)(self.compose_line)
        """Lines of the present rows."""
        self.nothing = ""
        """Why there are no rows."""
        self.dims = False
        """Whether what is not related is dimmed."""
        self._brings = False
        """Whether what is related is scrolled to, also where the pane gets another size."""
        self.pinned: Collection[int] = ()
        self.marked: Collection[int] = ()

    @property
    def empty(self) -> str:
        """What is said where nothing is shown."""
        return self.nothing

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def highlighted(self) -> int | None:
        """Row of the index under the cursor."""
        return self.rows[self.cursor] if self.cursor < self.count else None

    def set_rows(self, rows: Rows, keep: int | None = None) -> None:
        """Show other rows, with the cursor on ``keep``, or on the one it stood on, or as near as can be."""
        keep = self.highlighted if keep is None else keep
        self.rows = rows
        self._measured = None
        self._composed.cache_clear()
        self.cursor = rows.nearest(keep) if keep is not None else 0
        self.keep_in_view()
        self.repaint()

    def seek(self, row: int) -> bool:
        """Put the cursor on a row of the index; False where it is not shown."""
        position = self.rows.position(row)
        if position >= 0:
            self.move_to(position)
        return position >= 0

    def scroll_to_row(self, row: int, *, cursor_in_view: bool) -> None:
        """Scroll so that a row of the index is the first on the screen, where it is shown at all.

        Args:
            row: The row.
            cursor_in_view: Whether to scroll on, as little as shows the cursor, where that is out of sight.
        """
        at = self.rows.position(row)
        if at >= 0:
            self.offset_item = at
            if cursor_in_view:
                self.keep_in_view()
            self.repaint()

    def rows_on_screen(self) -> list[int]:
        """Rows of the index that are on screen, and those that will be once the pane has the size that is planned."""
        offset, shown = self.offset_item, self.shown
        # One more than fits: a row of two lines may be cut by the border.
        rows = self.rows[offset : offset + shown + 1]
        fits = self.fitting(self.planned.height) if self.planned else shown
        if fits != shown or not self.size.height:
            offset = self._offset_of_related(self.offset_for(fits), fits)
            rows += self.rows[offset : offset + fits + 1]
        return rows

    def measure(self) -> None:
        """Find the width of the labels' column, where the pane has columns."""
        if self.item_height == 1 and max(self.area.width, self.planned.width) - FRAME > THREE_COLUMNS:
            self._label_cells()

    def load(self) -> None:
        """Ask for what the pane is about to draw."""
        load_shown(self.model, (self,))

    def reason(self, row: int) -> str:
        """Why a row is related to that which the list is seen from; an empty string where it is not."""
        if self.seen_from is None:
            return ""
        if row not in self._reasons:
            rows = self.rows[self.offset_item : self.offset_item + self.shown + 1]
            rows = rows if row in rows else [row]
            self._reasons |= dict.fromkeys(rows, "") | self.model.reasons_for(self.seen_from, rows)
        return self._reasons[row]

    def relate(self, row: int | None, *, dims: bool, bring: bool = False) -> None:
        """Show why rows are related to ``row``.

        Args:
            row: What the list is seen from, if anything.
            dims: Dim the rows that are not related.
            bring: Scroll so that the related rows are on screen, where they can be.
        """
        self.seen_from = row
        self._reasons = {}
        self.dims = dims and row is not None and self.model.complete
        self._brings = bring
        self._bring_related()
        self.repaint()

    def fit(self) -> None:
        """Take up the present size, with the cursor in view and what is related."""
        super().fit()
        self._bring_related()
        self.load()

    def scroll_items(self, by: int) -> None:
        """Scroll without moving the cursor."""
        super().scroll_items(by)
        self.load()

    def _bring_related(self) -> None:
        if self.size.height:
            self.offset_item = self._offset_of_related(self.offset_item, self.shown)

    def _offset_of_related(self, offset: int, shown: int) -> int:
        """First item to be shown where so many fit.

        It differs from ``offset`` as little as shows the first and the last related row, or else the first where none
        would be shown.
        """
        if not self._brings or self.seen_from is None or self.count <= shown:
            return offset
        ends = self.model.related_ends(self.seen_from, *self.model.range(self.pane_range))
        first, last = (self.rows.position(end) for end in ends) if ends else (-1, -1)
        if first < 0 or last < first:
            return offset
        if last - first < shown:
            return min(max(offset, last - shown + 1), first)
        is_away = last < offset or first > offset + shown - 1
        if is_away or not self.model.is_any_related(self.seen_from, self.rows[offset : offset + shown]):
            return min(first, self.count - shown)
        return offset

    @property
    def pane_range(self) -> str:
        """Name of the index's range behind the pane."""
        return self.id or ""

    def sign(self, seen: Seen) -> TextSpan:
        """The cell before a row: whether it is pinned or marked."""
        if seen.pinned:
            return ("▶", "number")
        return ("*", "number") if seen.marked else (" ", "")

    def glyph(self, record: Row) -> TextSpan:
        """The sign of a row's kind; that of a gap where the source names nobody."""
        if record.flags & Flag.UNNAMED:
            return (GLYPHS["gap"], "gap")
        return (GLYPHS[record.kind], kind_style(record.kind))

    def line_content(self, item: int, line: int, width: int, thumb: bool) -> LineContent:
        """One line of a row, dimmed where the row is not related to that which the list is seen from."""
        row = self.rows[item]
        seen = self.seen(row)
        spans = self._composed(seen, line, width)
        return LineContent(spans, item == self.cursor, seen.dimmed, thumb)

    def seen(self, row: int) -> Seen:
        """How a row is seen now."""
        return Seen(row, self.reason(row), self.dims, row in self.pinned, row in self.marked)

    def compose_line(self, seen: Seen, line: int, width: int) -> tuple[TextSpan, ...]:
        """One line of a row, from nothing but the rows, the width and what is said here: it is kept until they change.

        Args:
            seen: The row, and all that changes how it is seen.
            line: The line, from 0.
            width: Cells.
        """
        record = self.model.one(seen.row)
        trailing = seen.reason or ("" if seen.dims else record.trailing)
        if self.item_height > 1:
            return self._two_lines(record, seen, trailing, line, width)
        head = [self.sign(seen), self.glyph(record), (" ", "")]
        style = "strong" if seen.pinned else ""
        room = width - 4
        label = record.label
        if width >= THREE_COLUMNS:
            first = max(20, min(self._label_cells(), room * 11 // 20))
            last = min(cells_of(trailing), room // 3)
            middle = room - first - last - 4
            parts = [(pad(label, first), style), ("  " + pad(record.secondary, middle) + "  ", "muted")]
            return (*head, *parts, (right(trailing, last), "muted"))
        spare = room - cells_of(label) - 2
        last = min(cells_of(trailing), max(spare, SHORTEST_TRAILING))
        text = pad(label, room - last - (2 if last else 0))
        tail: list[TextSpan] = [("  " + right(trailing, last), "muted")] if last else []
        return (*head, (text, style), *tail)

    def sample(self) -> list[Row]:
        """The first rows, by which columns are measured."""
        rows = self.rows[:ROWS_MEASURED]
        # Of neighbours, as most lists are, the range is quicker to ask for than a list.
        if rows and rows[-1] - rows[0] == len(rows) - 1:
            return self.model.load_range(rows[0], rows[-1] + 1)
        return self.model.load(rows)

    def _label_cells(self) -> int:
        """Cells of the longest label, as far as they are measured."""
        if self._measured is None:
            self._measured = max((cells_of(record.label) for record in self.sample()), default=0)
        return self._measured

    def _two_lines(self, record: Row, seen: Seen, trailing: str, line: int, width: int) -> tuple[TextSpan, ...]:
        """A label and, below, what tells it from its namesakes; a label too long for one line takes both."""
        room = width - 3
        first, rest = _broken(record.label, room)
        if line == 0:
            return (self.sign(seen), self.glyph(record), (" ", ""), (first, ""))
        if rest:
            left = max(0, room - cells_of(rest) - 2)
            tail = "  " + right(trailing, left) if left > SHORTEST_TRAILING else ""
            return (("   ", ""), (clip(rest, room), ""), (tail, "muted"))
        if seen.reason:
            return (("   ", ""), (clip(trailing, room), "muted"))
        text = clip(record.secondary, room - cells_of(trailing) - 2) if trailing else clip(record.secondary, room)
        gap = room - cells_of(text) - cells_of(trailing)
        return (("   ", ""), (text + " " * max(gap, 1) + trailing, "muted"))


def _broken(text: str, cells: int) -> tuple[str, str]:
    """A text in two lines, broken at a space where there is one, after ``cells`` cells at most."""
    if cells_of(text) <= cells:
        return text, ""
    head = set_cell_size(text, cells)
    end = head.rfind(" ")
    if end <= 0:
        end = len(head.rstrip())
    return text[:end], text[end:].lstrip()


def load_shown(model: ReadModel, panes: Iterable[ListPane]) -> None:
    """Ask together for all that some lists are about to draw: their rows, and why these are related.

    Args:
        model: The read model of all of them.
        panes: The lists, with their rows, cursors and places as they are to be drawn.
    """
    shown: list[tuple[ListPane, list[int]]] = []
    for pane in panes:
        pane.measure()
        shown.append((pane, pane.rows_on_screen()))
    model.load([row for _, rows in shown for row in rows])
    model.load_reasons([(pane.seen_from, rows) for pane, rows in shown if pane.seen_from is not None])

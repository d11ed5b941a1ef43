"""A pane over rows of the index: speakers, organisations, questions; and what the timeline builds on."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import msgspec
from rich.cells import set_cell_size

from convenings.domain.kinds import GLYPHS
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import Flag, Rows
from convenings.tui.paint.segments import TextSpan, cells_of, clip, pad, right
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.pane import CACHED_LINES, LineContent, Pane

ROWS_MEASURED = 200
"""How many labels are measured to find the width of their column."""
SHORTEST_SIDE = 12
"""Cells that the right-hand column takes at least from a label too long for its row."""
THREE_COLUMNS = 66
"""From this width on a row shows its context between label and tie."""

NEIGHBOURS = 400
"""Rows of the index within which those on screen are asked for together why they are related."""


class Seen(msgspec.Struct, frozen=True, gc=False):
    """A row of the index, and all that changes how it is seen while the same rows are shown."""

    row: int
    why: str
    """Why it is related to what is looked at; empty where it is not."""
    dims: bool
    """Whether what is not related is dimmed."""
    pinned: bool
    marked: bool
    folded: bool = False
    """Whether its parts are folded away."""

    @property
    def dimmed(self) -> bool:
        """Whether it is drawn as one that is not related."""
        return self.dims and not (self.pinned or self.why)


class ListPane(Pane):
    """Rows of the index with, at the right, why each is related to what is looked at."""

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
        """Row that the others are related to; None where nothing is looked at."""
        self._whys: dict[int, str] = {}
        """Row to why it is related to ``seen_from``, of the rows that were asked for since that changed."""
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
        at = self.rows.position(row)
        if at >= 0:
            self.move_to(at)
        return at >= 0

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

    def on_screen(self) -> list[int]:
        """Rows of the index that are on screen."""
        return self.rows[self.offset_item : self.offset_item + self.shown]

    def why(self, row: int) -> str:
        """Why a row is related to what is looked at; an empty string where it is not. Asked only of rows on screen."""
        if self.seen_from is None:
            return ""
        if row not in self._whys:
            self._read_whys(row)
        return self._whys[row]

    def _read_whys(self, row: int) -> None:
        """Ask for the reasons of all rows on screen at once where they are neighbours, else for that of one."""
        assert self.seen_from is not None
        shown = self.on_screen()
        if row in shown and (last := max(shown)) - (first := min(shown)) < NEIGHBOURS:
            self._whys |= dict.fromkeys(shown, "") | self.model.reasons(self.seen_from, first, last + 1)
        else:
            self._whys[row] = self.model.reason(self.seen_from, row)

    def relate(self, row: int | None, *, dims: bool, bring: bool = False) -> None:
        """Show why rows are related to ``row``.

        Args:
            row: What is looked at, if anything.
            dims: Dim the rows that are not related.
            bring: Scroll so that the related rows are on screen, where they can be.
        """
        self.seen_from = row
        self._whys = {}
        self.dims = dims and row is not None and self.model.complete
        self._brings = bring
        self._bring_related()
        self.repaint()

    def fit(self) -> None:
        """Take up the present size, with the cursor in view and what is related."""
        super().fit()
        self._bring_related()

    def _bring_related(self) -> None:
        """Scroll as little as shows the first and the last related row, or else the first where none is shown."""
        if not (self._brings and self.size.height) or self.seen_from is None or self.count <= self.shown:
            return
        ends = self.model.related_ends(self.seen_from, *self.model.range(self.pane_range))
        first, last = (self.rows.position(end) for end in ends) if ends else (-1, -1)
        if first < 0 or last < first:
            return
        shown = self.shown
        top, bottom = self.offset_item, self.offset_item + shown - 1
        if last - first < shown:
            self.offset_item = min(max(top, last - shown + 1), first)
        elif last < top or first > bottom or not any(map(self.why, self.on_screen())):
            self.offset_item = min(first, self.count - shown)

    @property
    def pane_range(self) -> str:
        """Name of the index's range behind the pane."""
        return self.id or ""

    def sign(self, seen: Seen) -> TextSpan:
        """The cell before a row: whether it is pinned or marked."""
        if seen.pinned:
            return ("▶", "number")
        return ("*", "number") if seen.marked else (" ", "")

    def glyph(self, found: Row) -> TextSpan:
        """The sign of a row's kind; that of a gap where the source names nobody."""
        if found.flags & Flag.UNNAMED:
            return (GLYPHS["gap"], "gap")
        return (GLYPHS[found.kind], kind_style(found.kind))

    def line_content(self, item: int, line: int, width: int, thumb: bool) -> LineContent:
        """One line of a row, dimmed where the row is not related to what is looked at."""
        row = self.rows[item]
        seen = self.seen(row)
        spans = self._composed(seen, line, width)
        return LineContent(spans, item == self.cursor, seen.dimmed, thumb)

    def seen(self, row: int) -> Seen:
        """How a row is seen now."""
        return Seen(row, self.why(row), self.dims, row in self.pinned, row in self.marked)

    def compose_line(self, seen: Seen, line: int, width: int) -> tuple[TextSpan, ...]:
        """One line of a row, from nothing but the rows, the width and what is said here: it is kept until they change.

        Args:
            seen: The row, and all that changes how it is seen.
            line: The line, from 0.
            width: Cells.
        """
        found = self.model.one(seen.row)
        side = seen.why or ("" if seen.dims else found.trailing)
        if self.item_height > 1:
            return self._two_lines(found, seen, side, line, width)
        head = [self.sign(seen), self.glyph(found), (" ", "")]
        style = "strong" if seen.pinned else ""
        room = width - 4
        label = found.label
        if width >= THREE_COLUMNS:
            first = max(20, min(self._label_cells(), room * 11 // 20))
            last = min(cells_of(side), room // 3)
            middle = room - first - last - 4
            parts = [(pad(label, first), style), ("  " + pad(found.secondary, middle) + "  ", "muted")]
            return (*head, *parts, (right(side, last), "muted"))
        spare = room - cells_of(label) - 2
        last = min(cells_of(side), max(spare, SHORTEST_SIDE))
        text = pad(label, room - last - (2 if last else 0))
        tail: list[TextSpan] = [("  " + right(side, last), "muted")] if last else []
        return (*head, (text, style), *tail)

    def sample(self) -> list[Row]:
        """The first rows, by which columns are measured; read at once where they are neighbours, as most lists are."""
        measured = min(self.count, ROWS_MEASURED)
        if not measured:
            return []
        first, last = self.rows[0], self.rows[measured - 1]
        if last - first == measured - 1:
            return self.model.load_range(first, last + 1)
        return [self.model.one(self.rows[at]) for at in range(measured)]

    def _label_cells(self) -> int:
        """Cells of the longest label, as far as they are measured."""
        if self._measured is None:
            self._measured = max((cells_of(found.label) for found in self.sample()), default=0)
        return self._measured

    def _two_lines(self, found: Row, seen: Seen, side: str, line: int, width: int) -> tuple[TextSpan, ...]:
        """A label and its context; a label too long for one line takes both."""
        room = width - 3
        first, rest = _broken(found.label, room)
        if line == 0:
            return (self.sign(seen), self.glyph(found), (" ", ""), (first, ""))
        if rest:
            left = max(0, room - cells_of(rest) - 2)
            tail = "  " + right(side, left) if left > SHORTEST_SIDE else ""
            return (("   ", ""), (clip(rest, room), ""), (tail, "muted"))
        if seen.why:
            return (("   ", ""), (clip(side, room), "muted"))
        text = clip(found.secondary, room - cells_of(side) - 2) if side else clip(found.secondary, room)
        gap = room - cells_of(text) - cells_of(side)
        return (("   ", ""), (text + " " * max(gap, 1) + side, "muted"))


def _broken(text: str, cells: int) -> tuple[str, str]:
    """A text in two lines, broken at a space where there is one, after ``cells`` cells at most."""
    if cells_of(text) <= cells:
        return text, ""
    head = set_cell_size(text, cells)
    at = head.rfind(" ")
    if at <= 0:
        at = len(head.rstrip())
    return text[:at], text[at:].lstrip()

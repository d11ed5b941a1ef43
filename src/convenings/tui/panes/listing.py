"""A pane over rows of the index: speakers, organisations, questions; and what the timeline builds on."""

from __future__ import annotations

from collections.abc import Collection

from rich.cells import cell_len, set_cell_size

from convenings.domain.labels import GLYPHS
from convenings.index.model import ReadModel, Row
from convenings.index.rows import Flag, Rows
from convenings.tui.painting import Span, clip, pad, right
from convenings.tui.panes.pane import Pane, kind_style

ROWS_MEASURED = 500
"""How many labels are measured to find the width of their column."""
SHORTEST_SIDE = 12
"""Cells that the right-hand column takes at least from a label too long for its row."""
THREE_COLUMNS = 66
"""From this width on a row shows its context between label and tie."""


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
        self._measured: int | None = None
        self.nothing = ""
        """Why there are no rows."""
        self.dims = False
        """Whether what is not related is dimmed."""
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
        self.cursor = rows.nearest(keep) if keep is not None else 0
        self.keep_in_view()
        self.repaint()

    def seek(self, row: int) -> bool:
        """Put the cursor on a row of the index; False where it is not shown."""
        at = self.rows.position(row)
        if at >= 0:
            self.move_to(at)
        return at >= 0

    def on_screen(self) -> list[int]:
        """Rows of the index that are on screen."""
        return self.rows[self.offset_item : self.offset_item + self.shown]

    def why(self, row: int) -> str:
        """Why a row is related to what is looked at; an empty string where it is not. Asked only of rows on screen."""
        if self.seen_from is None:
            return ""
        if row not in self._whys:
            self._whys[row] = self.model.tie(self.seen_from, row)
        return self._whys[row]

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
        if bring and row is not None and self.count > self.shown:
            self._bring_related(row)
        self.repaint()

    def _bring_related(self, row: int) -> None:
        """Scroll as little as shows the first and the last related row, or else the first where none is shown."""
        ends = self.model.tied_ends(row, *self.model.range(self.pane_range))
        first, last = (self.rows.position(end) for end in ends) if ends else (-1, -1)
        if first < 0 or last < first:
            return
        top, bottom = self.offset_item, self.offset_item + self.shown - 1
        if last - first < self.shown:
            self.offset_item = min(max(top, last - self.shown + 1), first)
        elif last < top or first > bottom or not any(map(self.why, self.on_screen())):
            self.offset_item = min(first, self.count - self.shown)

    @property
    def pane_range(self) -> str:
        """Name of the index's range behind the pane."""
        return self.id or ""

    def is_dimmed(self, item: int) -> bool:
        """Whether a row is unrelated to what is looked at."""
        if not self.dims:
            return False
        row = self.rows[item]
        return row not in self.pinned and not self.why(row)

    def sign(self, row: int) -> Span:
        """The cell before a row: whether it is pinned or marked."""
        if row in self.pinned:
            return ("▶", "number")
        return ("*", "number") if row in self.marked else (" ", "")

    def side(self, found: Row) -> str:
        """What stands at the right of a row."""
        return self.why(found.row) or ("" if self.dims else found.side)

    def glyph(self, found: Row) -> Span:
        """The sign of a row's kind; that of a gap where the source names nobody."""
        if found.flags & Flag.UNNAMED:
            return (GLYPHS["gap"], "gap")
        return (GLYPHS[found.kind], kind_style(found.kind))

    def spans(self, item: int, line: int, width: int) -> list[Span]:
        """One line of a row."""
        found = self.model.one(self.rows[item])
        if self.item_height > 1:
            return self._two_lines(found, line, width)
        side = self.side(found)
        room = width - 4
        label = found.label
        if width >= THREE_COLUMNS:
            first = max(20, min(self._label_cells(), room * 11 // 20))
            last = min(cell_len(side), room // 3)
            middle = room - first - last - 4
            parts = [(pad(label, first), self._label_style(found)), ("  " + pad(found.context, middle) + "  ", "muted")]
            return [self.sign(found.row), self.glyph(found), (" ", ""), *parts, (right(side, last), "muted")]
        spare = room - cell_len(label) - 2
        last = min(cell_len(side), max(spare, SHORTEST_SIDE))
        text = pad(label, room - last - (2 if last else 0))
        tail: list[Span] = [("  " + right(side, last), "muted")] if last else []
        return [self.sign(found.row), self.glyph(found), (" ", ""), (text, self._label_style(found)), *tail]

    def _label_cells(self) -> int:
        """Cells of the longest label, as far as they are measured."""
        if self._measured is None:
            sample = (self.model.one(self.rows[at]).label for at in range(min(self.count, ROWS_MEASURED)))
            self._measured = max(map(cell_len, sample), default=0)
        return self._measured

    def _label_style(self, found: Row) -> str:
        return "strong" if found.row in self.pinned else ""

    def _two_lines(self, found: Row, line: int, width: int) -> list[Span]:
        """A label and its context; a label too long for one line takes both."""
        side, room = self.side(found), width - 3
        first, rest = _broken(found.label, room)
        if line == 0:
            return [self.sign(found.row), self.glyph(found), (" ", ""), (first, "")]
        if rest:
            left = max(0, room - cell_len(rest) - 2)
            return [
                ("   ", ""),
                (clip(rest, room), ""),
                ("  " + right(side, left) if left > SHORTEST_SIDE else "", "muted"),
            ]
        if self.why(found.row):
            return [("   ", ""), (clip(side, room), "muted")]
        text = clip(found.context, room - cell_len(side) - 2) if side else clip(found.context, room)
        gap = room - cell_len(text) - cell_len(side)
        return [("   ", ""), (text + " " * max(gap, 1) + side, "muted")]


def _broken(text: str, cells: int) -> tuple[str, str]:
    """A text in two lines, broken at a space where there is one, after ``cells`` cells at most."""
    if cell_len(text) <= cells:
        return text, ""
    head = set_cell_size(text, cells)
    at = head.rfind(" ")
    if at <= 0:
        at = len(head.rstrip())
    return text[:at], text[at:].lstrip()

"""A pane over rows of the index: speakers, organisations, questions; and what the timeline builds on.

A list never asks the index while it paints. What several lists are about to draw is asked for together by
:func:`load_visible`, once they have their rows, cursors and places; a list that is scrolled by the mouse, or gets
another size, asks for its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from convenings.domain.kinds import GLYPHS
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import Flag, Rows
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.line_content import LineContent
from convenings.tui.paint.segments import TextSpan, cells_of, clip, clip_apart, clip_middle, pad, right
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.pane import CACHED_LINES, Pane
from convenings.tui.panes.row_state import NOTE_SIGN, RowState, cut_label, labelled, two_parts, without_role

ROWS_MEASURED = 200
"""How many labels are measured to find the width of their column."""
SHORTEST_TRAILING = 12
"""Cells that the right-hand column takes at least from a label too long for its row."""
THREE_COLUMNS = 66
"""From this width on a row shows what tells it from its namesakes between its label and the right-hand column."""


class ListPane(Pane):
    """Rows of the index with, at the right, why each is related to the record at the centre."""

    LEGEND = (
        "▶ pinned · * marked. What is related to the row under the cursor stands out in the other panes, and the "
        "borders count it; at the right of a row stands why. A filter takes words, role:moderator, date:2018, !not."
    )

    def __init__(self, name: str, number: int, title: str, model: ReadModel, item_height: int = 1) -> None:
        super().__init__(name, number, title)
        self.model = model
        self.item_height = item_height
        self.rows = Rows()
        self.centre: int | None = None
        """Row that the others are related to; None where there is none."""
        self.order = ""
        """The order of its rows; what that goes by is shown in each."""
        self._connections: dict[int, int] = {}
        """Row to how many rows are related to it, where the order goes by that, of the rows that were on screen."""
        self._reasons: dict[int, str] = {}
        """Row to why it is related to ``centre``, of the rows that were on screen since that changed."""
        self._label_width: int | None = None
        self._line_cache = lru_cache(CACHED_LINES)(self.compose_line)
        """Lines of the present rows."""
        self._first_item, self._states = 0, list[RowState]()
        """The items about to be drawn: the first of them, and how each is drawn."""
        self.dims_unrelated = False
        """Whether what is not related is dimmed."""
        self._scrolls = False
        """Whether what is related is scrolled to, also where the pane gets another size."""
        self.pinned: Collection[int] = ()
        self.marked: Collection[int] = ()
        self.noted: Collection[int] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def lines_needed(self) -> int:
        """Lines that show all rows, without its border."""
        return self.count * self.item_height + len(self.dividers) + self.header

    @property
    def highlighted(self) -> int | None:
        """Row of the index under the cursor."""
        return self.rows[self.cursor] if self.cursor < self.count else None

    def set_rows(self, rows: Rows, cursor: int | None = None, dividers: tuple[tuple[int, str], ...] = ()) -> None:
        """Show other rows, with the cursor on ``cursor``, or on the one it stood on, or as near as can be."""
        cursor = self.highlighted if cursor is None else cursor
        self.rows, self.dividers = rows, dividers
        self._label_width = None
        self._line_cache.cache_clear()
        self.cursor = rows.nearest(cursor) if cursor is not None else 0
        self.keep_in_view()
        self.repaint()

    def set_order(self, order: str) -> None:
        """Say in each row what an order goes by."""
        if order != self.order:
            self.order = order
            self._line_cache.cache_clear()
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
                self.offset_item = self.offset_for(self.planned_capacity)
            self.repaint()

    @property
    def planned_capacity(self) -> int:
        """How many rows fit once the pane has the size that is planned."""
        return self.capacity_at(self.planned.height) if self.planned else self.capacity

    def rows_on_screen(self) -> list[int]:
        """Rows of the index that are on screen, and one more: a row of two lines may be cut by the border."""
        return list(self.rows[self.offset_item : self.offset_item + self.capacity + 1 + len(self.dividers)])

    def rows_needed(self) -> list[int]:
        """Rows of the index that are on screen, and those that will be once the pane has the size that is planned.

        With those around them, which are looked at to tell labels apart.
        """
        offset, capacity = self.offset_item, self.capacity
        rows = self._around(offset, capacity)
        fits = self.planned_capacity
        if fits != capacity or not self.size.height:
            rows += self._around(self._offset_of_related(self.offset_for(fits), fits), fits)
        return rows

    def places_needed(self) -> Collection[int]:
        """Rows of the places that the pane is about to name; its own rows are loaded."""
        return ()

    def _around(self, offset: int, capacity: int) -> list[int]:
        """The rows shown from an offset on, counted as those on screen are, with the one before and the one behind."""
        return list(self.rows[max(0, offset - 1) : offset + capacity + 2 + len(self.dividers)])

    def measure(self) -> None:
        """Find the width of the labels' column, where the pane has columns."""
        if self.item_height == 1 and max(self.area.width, self.planned.width) - FRAME > THREE_COLUMNS:
            self._label_cells()

    def load(self) -> None:
        """Ask for what the pane is about to draw."""
        load_visible(self.model, (self,))

    def reason(self, row: int) -> str:
        """Why a row is related to the record at the centre; an empty string where it is not."""
        if self.centre is None:
            return ""
        if row not in self._reasons:
            rows = self.rows_on_screen()
            rows = rows if row in rows else [row]
            self._reasons |= dict.fromkeys(rows, "") | self.model.reasons_for(self.centre, rows)
        return self._reasons[row]

    def relate(self, row: int | None, *, dim_unrelated: bool, scroll: bool = False) -> None:
        """Show why rows are related to the record of ``row``.

        Args:
            row: The record at the centre, if there is one.
            dim_unrelated: Whether to dim the rows that are not related.
            scroll: Whether to scroll so that the related rows are on screen, where they can be.
        """
        self.centre = row
        self._reasons = {}
        self.dims_unrelated = dim_unrelated and row is not None and self.model.complete
        self._scrolls = scroll
        self._scroll_to_related()
        self.repaint()

    def fit(self) -> None:
        """Take up the present size, with the cursor in view and what is related."""
        super().fit()
        self._scroll_to_related()
        self.load()

    def scroll_items(self, by: int) -> None:
        """Scroll without moving the cursor."""
        super().scroll_items(by)
        self.load()

    def _scroll_to_related(self) -> None:
        if self.size.height:
            self.offset_item = self._offset_of_related(self.offset_item, self.capacity)

    def _offset_of_related(self, offset: int, capacity: int) -> int:
        """First item to be shown where ``capacity`` of them fit.

        It differs from ``offset`` as little as shows the first and the last related row, or else the first where none
        would be shown.
        """
        if not self._scrolls or self.centre is None or self.count <= capacity:
            return offset
        ends = self.model.related_ends(self.centre, self.pane_range)
        first, last = (self.rows.position(end) for end in ends) if ends else (-1, -1)
        if first < 0 or last < first:
            return offset
        if last - first < capacity:
            return min(max(offset, last - capacity + 1), first)
        is_away = last < offset or first > offset + capacity - 1
        # Not all of them fit. A view that begins with what is dimmed would show less of them than one that does not.
        if is_away or not self.model.is_any_related(self.centre, self.rows[offset : offset + (capacity + 1) // 2]):
            return min(first, self._last_offset(capacity))
        return offset

    def target_at(self, item: int, line: int, column: int) -> str:
        """The sign of a pin takes it off."""
        return "pin" if column == 0 and line == 0 and self.rows[item] in self.pinned else ""

    @property
    def pane_range(self) -> str:
        """Name of the index's range behind the pane."""
        return self.id or ""

    def sign(self, state: RowState) -> TextSpan:
        """The cell before a row: whether it is pinned or marked, or has a note."""
        if state.pinned:
            return ("▶", "number")
        if state.marked:
            return ("*", "number")
        return (NOTE_SIGN, "number") if state.noted else (" ", "")

    def glyph(self, record: Row) -> TextSpan:
        """The sign of a row's kind; that of a gap where the source names nobody."""
        if record.flags & Flag.UNNAMED:
            return (GLYPHS["gap"], "gap")
        return (GLYPHS[record.kind], kind_style(record.kind))

    def prepare_lines(self, items: range) -> None:
        """Work out how each row is drawn."""
        super().prepare_lines(items)
        self._first_item = items.start
        self._states = [self.row_state(row) for row in self.rows[items.start : items.stop]]

    def line_content(self, item: int, line: int, width: int, thumb: bool) -> LineContent:
        """One line of a row, dimmed where the row is not related to the record at the centre."""
        state = self._states[item - self._first_item]
        spans = self._line_cache(state, line, width)
        return LineContent(spans, item == self.cursor, state.dimmed, thumb)

    def row_state(self, row: int) -> RowState:
        """How a row is drawn now."""
        return RowState(
            row, self.reason(row), self.dims_unrelated, row in self.pinned, row in self.marked, row in self.noted
        )

    def compose_line(self, state: RowState, line: int, width: int) -> tuple[TextSpan, ...]:
        """One line of a row, from nothing but the rows, the width and the state: it is cached until they change.

        Args:
            state: The row, and all that changes how it is drawn.
            line: The line, from 0.
            width: Cells.
        """
        record = self.model.one(state.row)
        reason = without_role(state.reason, self.model.common_role)
        trailing = reason or ("" if state.dims_unrelated else self._own_text(record))
        least = SHORTEST_TRAILING
        if self.order:
            value = self._sorted_by(record)
            trailing, least = (
                " · ".join(filter(None, (value, trailing))),
                max(least, min(cells_of(value) + 1, width // 2)),
            )
        if self.item_height > 1:
            return self._two_lines(record, state, trailing, line, width, least)
        head = [self.sign(state), self.glyph(record), (" ", "")]
        style = "strong" if state.pinned or state.stands_out else ""
        room = width - 4
        label = labelled(record.label, state)
        if width >= THREE_COLUMNS:
            first = max(20, min(self._label_cells(), room * 11 // 20))
            last = min(cells_of(trailing), max(room // 3, least))
            middle = room - first - last - 4
            parts = [
                (self.fitted(record, state, first, cut_label), style),
                ("  " + pad(record.secondary, middle) + "  ", "muted"),
            ]
            return (*head, *parts, (right(trailing, last), "muted"))
        if record.flags & Flag.NAMESAKE and record.secondary:
            trailing = f"{record.secondary}; {reason}" if reason else record.secondary
        spare = room - cells_of(label) - 2
        last = min(cells_of(trailing), max(spare, least))
        text = self.fitted(record, state, room - last - (2 if last else 0), cut_label)
        tail: list[TextSpan] = [("  " + right(trailing, last), "muted")] if last else []
        return (*head, (text, style), *tail)

    def _own_text(self, record: Row) -> str:
        """What stands at the right of a row when nothing else is said; no role that everybody has."""
        return "" if record.trailing == self.model.common_role.partition(" (")[0] else record.trailing

    def name_of(self, record: Row) -> str:
        """What a row calls its record."""
        return record.label

    def fitted(self, record: Row, state: RowState, cells: int, cut_label: Callable[[Row, int], str]) -> str:
        """A label in exactly so many cells; unlike those of its neighbours, unless these are called the same.

        Args:
            record: The record.
            state: How it is drawn: the sign of a note stays, however much of the label is cut.
            cells: Cells.
            cut_label: Cuts the label of a record to so many cells.
        """
        left = cells - cells_of(labelled("", state))
        text, name = cut_label(record, left), self.name_of(record)
        if cells_of(name) > left:
            at = self.rows.position(record.row)
            around = (self.model.one(self.rows[by]) for by in (at - 1, at + 1) if 0 <= by < self.count)
            others = [self.name_of(other) for other in around if cut_label(other, left) == text]
            if any(other != name for other in others):
                text = clip_apart(name, others, left)
        return pad(labelled(text, state), cells)

    def _sorted_by(self, record: Row) -> str:
        """What the order of the rows goes by, of one of them."""
        if self.order == "earliest":
            # Nobody needs it at the start.
            from convenings.domain.dates import day_in_words

            return "undated" if record.first is None else day_in_words(record.first)
        if record.row not in self._connections:
            self.load_connections([record.row])
        return f"{self._connections[record.row]:,}"

    def load_connections(self, rows: Collection[int]) -> None:
        """Ask together to how many rows each of some is related, where the order goes by that."""
        if self.order == "most connected" and (new := [row for row in rows if row not in self._connections]):
            if len(self._connections) > CACHED_LINES:
                self._connections.clear()
            self._connections |= dict.fromkeys(new, 0) | self.model.index.connections(new)

    def sample(self) -> list[Row]:
        """The first rows, by which columns are measured."""
        rows = self.rows[:ROWS_MEASURED]
        # Of neighbours, as most lists are, the range is quicker to ask for than a list.
        if rows and rows[-1] - rows[0] == len(rows) - 1:
            return self.model.load_range(rows[0], rows[-1] + 1)
        return self.model.load(rows)

    def _label_cells(self) -> int:
        """Cells of the longest label, as far as they are measured."""
        if self._label_width is None:
            self._label_width = max((cells_of(record.label) for record in self.sample()), default=0)
        return self._label_width

    def _two_lines(
        self, record: Row, state: RowState, trailing: str, line: int, width: int, least: int
    ) -> tuple[TextSpan, ...]:
        """A label and, below, what tells it from its namesakes; a label too long for one line takes both."""
        room, style = width - 3, "strong" if state.pinned or state.stands_out else ""
        first, rest = two_parts(labelled(record.label, state), room)
        if line == 0:
            return (self.sign(state), self.glyph(record), (" ", ""), (first, style))
        if rest:
            cut_rest = clip_middle if record.flags & Flag.ALIKE else clip
            if not trailing:
                return (("   ", ""), (cut_rest(rest, room), style))
            # The end of a label may be cut, why it is related may not be missing.
            last = min(max(room - cells_of(rest) - 2, least), room // 2)
            rest = cut_rest(rest, room - last - 2)
            return (("   ", ""), (rest, style), ("  " + right(trailing, room - cells_of(rest) - 2), "muted"))
        if state.reason:
            return (("   ", ""), (clip(trailing, room), "muted"))
        text = clip(record.secondary, room - cells_of(trailing) - 2) if trailing else clip(record.secondary, room)
        gap = room - cells_of(text) - cells_of(trailing)
        return (("   ", ""), (text + " " * max(gap, 1) + trailing, "muted"))


def load_visible(model: ReadModel, panes: Iterable[ListPane]) -> None:
    """Ask together for all that some lists are about to draw: their rows, and why these are related.

    Args:
        model: The read model of all of them.
        panes: The lists, with their rows, cursors and places as they are to be drawn.
    """
    visible: list[tuple[ListPane, list[int]]] = []
    for pane in panes:
        pane.measure()
        visible.append((pane, pane.rows_needed()))
    model.load([row for _, rows in visible for row in rows])
    model.load({place for pane, _ in visible for place in pane.places_needed()})
    for pane, rows in visible:
        pane.load_connections(rows)
    model.load_reasons([(pane.centre, rows) for pane, rows in visible if pane.centre is not None])

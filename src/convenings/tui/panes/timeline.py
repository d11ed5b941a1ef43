"""The timeline: the tree of events beside an axis, precision drawn as width, what is inferred drawn hollow."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import Flag, Rows
from convenings.tui.paint.axis import Axis
from convenings.tui.paint.segments import TextSpan, cells_of, clip, pad
from convenings.tui.panes.listing import ListPane, RowState

DATE_CELLS = 11
"""Cells of ``16 Sep 2023``."""
SMALLEST_AXIS = 12
"""Below this many columns the axis gives way to the labels."""
POINT, HOLLOW, INHERITED = "◆", "◇", "◦"
FULL, LIGHT = "▒", "░"


class TimelinePane(ListPane):
    """Events in time."""

    HELP = """
    **The timeline.** ◆ a day as stated, ◇ an inferred one, ◦ a session on the day of its event, ▒ a month or a year
    drawn as wide as it is. Undated events have no mark. **+** and **-** zoom around the event, arrows fold and unfold
    its parts.
    """

    def __init__(self, model: ReadModel) -> None:
        super().__init__("timeline", 1, "Timeline", model)
        self.folded: frozenset[int] = frozenset()
        """Events whose parts are folded away."""
        self.zoom: tuple[float, float] | None = None
        """First day and days shown; None for everything."""
        self._columns: tuple[object, int, Axis] | None = None

    @property
    def pane_range(self) -> str:
        """Name of the index's range behind the pane."""
        return "events"

    @property
    def header(self) -> int:  # type: ignore[override]
        """The line of ticks, where there is room for an axis."""
        return int(self.has_axis)

    @property
    def has_axis(self) -> bool:
        """Whether there is room for an axis beside the labels."""
        return self.layout_columns(self.text_width)[1].width >= SMALLEST_AXIS

    def set_rows(self, rows: Rows, cursor: int | None = None) -> None:
        """Show other events."""
        self._columns = None
        super().set_rows(rows, cursor)

    def set_zoom(self, zoom: tuple[float, float] | None) -> None:
        """Show another stretch of time."""
        if zoom == self.zoom:
            return
        self.zoom = zoom
        self._columns = None
        self._line_cache.cache_clear()
        self.repaint()

    def zoomed(self, factor: float) -> tuple[float, float] | None:
        """First day and days of a closer (factor below 1) or wider look around the event under the cursor."""
        whole, axis = self.whole_axis(), self.layout_columns(self.text_width)[1]
        row = self.model.one(self.highlighted) if self.highlighted is not None else None
        around = None if row is None or row.first is None else (row.first + (row.last or row.first)) / 2
        zoomed = axis.zoomed(factor, around, whole)
        return None if zoomed.days >= whole.days else (zoomed.first, zoomed.days)

    def whole_axis(self) -> Axis:
        """An axis over everything dated."""
        return Axis.over(*self.model.event_span, self.layout_columns(self.text_width)[1].width)

    def _label_cells(self) -> int:
        """Cells of the longest label with its indent, as far as they are measured."""
        if self._label_width is None:
            cells = (cells_of(event.label) + 2 * event.depth for event in self.sample())
            self._label_width = max(cells, default=10)
        return self._label_width

    def layout_columns(self, width: int) -> tuple[int, Axis]:
        """Width of the labels' column, and the axis in what is left."""
        key = (width, self.zoom)
        if self._columns is None or self._columns[0] != key:
            need = self._label_cells() + 4
            room = width - DATE_CELLS - 2
            label = min(need, room)
            if room - label < SMALLEST_AXIS:
                label = room - SMALLEST_AXIS if room - SMALLEST_AXIS >= min(need, 34) else room
            axis_width = max(0, room - label - 1)
            axis = Axis.over(*self.model.event_span, axis_width)
            if self.zoom is not None:
                axis = Axis(self.zoom[0], self.zoom[1], axis.width)
            self._columns = (key, label, axis)
        return self._columns[1], self._columns[2]

    def header_spans(self, line: int, width: int) -> list[TextSpan]:
        """The ticks."""
        label, axis = self.layout_columns(width - 1)
        text = ""
        for column, tick in axis.ticks:
            text += " " * (column - len(text)) + tick
        return [(" " * (label + DATE_CELLS + 2), ""), (text, "heading")]

    def row_state(self, row: int) -> RowState:
        """How an event is drawn now."""
        return replace(super().row_state(row), folded=row in self.folded)

    def compose_line(self, state: RowState, line: int, width: int) -> tuple[TextSpan, ...]:
        """One event; cached until rows, width or zoom change."""
        event = self.model.one(state.row)
        label, axis = self.layout_columns(width)
        indent = "  " * min(event.depth, 6)
        fold: TextSpan = (" ", "")
        if event.size > 1:
            fold = ("▸" if state.folded else "▾", "muted")
        date = event.date or ("" if event.flags & Flag.INHERITED else "undated")
        dated = "inferred" if event.flags & Flag.INFERRED else "muted"
        style = "strong" if state.pinned else ""
        head = [self.sign(state), (indent, ""), fold, (" ", "")]
        if axis.width < SMALLEST_AXIS:
            name = pad(event.label, width - 4 - len(indent) - (len(date) + 1 if date else 0))
            return (*head, (name, style), (f" {date}" if date else "", dated))
        name = pad(event.label, label - 3 - len(indent))
        when = pad(clip(date, DATE_CELLS), DATE_CELLS)
        return (*head, (name, style), (" ", ""), (when, dated), (" ", ""), *self._bar(event, axis))

    def _bar(self, event: Row, axis: Axis) -> list[TextSpan]:
        cells = [" "] * axis.width
        for column, _ in axis.ticks:
            cells[column] = "·"
        span = axis.bar(event.first, event.last)
        if span is None:
            return [("".join(cells), "faint")]
        first, last = span
        weak = event.flags & (Flag.INFERRED | Flag.INHERITED)
        exact = event.first == event.last
        if exact:
            mark = INHERITED if event.flags & Flag.INHERITED else HOLLOW if weak else POINT
        else:
            mark = LIGHT if weak else FULL
        return [("".join(cells[:first]), "faint"), (mark * (last - first), "event"), ("".join(cells[last:]), "faint")]

    def set_folded(self, folded: Collection[int]) -> None:
        """Draw exactly these events as folded; which rows are left out is for the list of rows to say."""
        self.folded = frozenset(folded)

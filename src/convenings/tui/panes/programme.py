"""The pane of a day by rooms and hours: times down, rooms across, and the cursor on a session."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from convenings.index.model import ReadModel
from convenings.index.rows import Flag
from convenings.tui.paint.line_content import LineContent
from convenings.tui.paint.segments import TextSpan, clip, pad, wrapped
from convenings.tui.pane_names import PROGRAMME, TITLES
from convenings.tui.panes.event_times import START_CELLS, clock_words
from convenings.tui.panes.pane import Pane

if TYPE_CHECKING:
    from convenings.presentation.programme import Programme, Session

LEAST_COLUMN, MOST_COLUMN = 22, 40
"""Cells of a room."""
LINES_OF_TIME, MOST_TIMES = 2, 40
"""Lines of a time, and times from which on each has one line: then they are close, and a session lasts for several."""
NO_PLACE = "no room recorded"
CANCELLED = "×"


class ProgrammePane(Pane):
    """A table: a row is a time at which something begins, a column a room."""

    LEGEND = (
        "A row is a time at which something begins, a column a room; a bar stands beside each session for as long as "
        "it lasts. ▶ pinned · * marked · × cancelled. Arrows go to the next session and the next room, < and > to "
        "the day before and after; enter pins the session, d or esc goes back."
    )
    header = 1
    item_height = LINES_OF_TIME

    def __init__(self, model: ReadModel) -> None:
        super().__init__(PROGRAMME, 1, TITLES[PROGRAMME])
        self.model = model
        self.programme: Programme | None = None
        self.session: Session | None = None
        """The one under the cursor."""
        self.first_column = 0
        """The first room on the screen."""
        self.pinned: Collection[int] = ()
        self.marked: Collection[int] = ()
        self._texts: dict[tuple[int, int], list[str]] = {}
        """Row of a session, and cells, to its title in lines."""

    @property
    def count(self) -> int:
        """How many times there are."""
        return len(self.programme.times) if self.programme is not None else 0

    def show(self, programme: Programme | None, ref: str) -> None:
        """Show a programme, with the cursor on a session."""
        if programme is not self.programme:
            self.programme = programme
            self._texts = {}
            self.offset_item = self.first_column = 0
            self.item_height = LINES_OF_TIME if self.count < MOST_TIMES else 1
        self.session = None if programme is None else programme.session(ref)
        if self.session is not None:
            self.cursor = self.session.first
            self.keep_in_view()
        self.repaint()

    # Columns

    @property
    def columns_shown(self) -> range:
        """The rooms on the screen, by their numbers."""
        number = len(self.programme.columns) if self.programme is not None else 0
        fits = max(1, (self.text_width - START_CELLS) // LEAST_COLUMN)
        return range(self.first_column, min(self.first_column + fits, number))

    def _widths(self, shown: range) -> list[int]:
        """Cells of each room on the screen."""
        room, widths = self.text_width - START_CELLS, list[int]()
        for left in range(len(shown), 0, -1):
            widths.append(min(room // left, MOST_COLUMN))
            room -= widths[-1]
        return widths

    def keep_in_view(self) -> None:
        """Scroll as little as shows the session under the cursor."""
        super().keep_in_view()
        if self.session is None or not self.area.width:
            return
        fits, column = max(1, (self.text_width - START_CELLS) // LEAST_COLUMN), self.session.column
        last = max(0, len(self.programme.columns) - fits) if self.programme is not None else 0
        self.first_column = min(max(self.first_column, column - fits + 1), column, last)

    def rows_needed(self) -> list[int]:
        """Rows of the index that the pane is about to name: sessions, and rooms."""
        if self.programme is None:
            return []
        places = [column.place for column in self.programme.columns if column.place is not None]
        shown, times = self.columns_shown, range(self.offset_item, self.offset_item + self.capacity + 1)
        sessions = (self.programme.at(time, column) for time in times for column in shown)
        return [*places, *(session.row for session in sessions if session is not None)]

    def room_name(self, column: int) -> str:
        """What a room is called, with the number of the column where it has several."""
        if self.programme is None:
            return ""
        place, lane = self.programme.columns[column].place, self.programme.columns[column].lane
        name = NO_PLACE if place is None else self.model.one(place).label
        return f"{name} ({lane + 1})" if lane else name

    # Lines

    def header_spans(self, line: int, width: int) -> list[TextSpan]:
        """The names of the rooms on the screen."""
        shown = self.columns_shown
        names = [pad(clip(self.room_name(at), cells - 2), cells - 2) for at, cells in self._cells(shown)]
        return [(" " * START_CELLS, ""), *((f"  {name}", "heading") for name in names)]

    def _cells(self, shown: range) -> list[tuple[int, int]]:
        return list(zip(shown, self._widths(shown), strict=True))

    def line_content(self, item: int, line: int, width: int, thumb: bool) -> LineContent:
        """One line of the sessions that are on at a time."""
        if self.programme is None:
            return LineContent((), thumb=thumb)
        clock = clock_words(self.programme.times[item]) if line == 0 else ""
        is_here = self.session is not None and self.session.first == item
        spans: list[TextSpan] = [(pad(clock, START_CELLS), "strong" if is_here else "number")]
        for column, cells in self._cells(self.columns_shown):
            session = self.programme.at(item, column)
            spans += [(" " * cells, "")] if session is None else self._session(session, item, line, cells)
        return LineContent(tuple(spans), thumb=thumb)

    def _session(self, session: Session, item: int, line: int, cells: int) -> list[TextSpan]:
        """One line of a session in a cell of the table."""
        number = (item - session.first) * self.item_height + line
        last = (session.last - session.first + 1) * self.item_height - 1
        event = self.model.one(session.row)
        lines = self._lines(session, cells - 3)
        text = lines[number] if number < len(lines) else ""
        if number == last and len(lines) > last + 1:
            text = clip(" ".join(lines[number:]), cells - 3)
        is_called_off = bool(event.flags & Flag.CANCELLED)
        style = "gap" if is_called_off else "strong" if session.row in self.pinned else ""
        if self.session is not None and session.ref == self.session.ref:
            style = "cursor" if self.has_focus else "cursor-idle"
        sign = " "
        if number == 0:
            is_pinned, is_marked = session.row in self.pinned, session.row in self.marked
            sign = "▶" if is_pinned else "*" if is_marked else CANCELLED if is_called_off else " "
        return [(" ", ""), ("▌", "event"), (sign, "number"), (pad(text, cells - 3), style)]

    def _lines(self, session: Session, cells: int) -> list[str]:
        """The title of a session in lines of so many cells, with when it ends behind it."""
        key = session.row, cells
        if key not in self._texts:
            event = self.model.one(session.row)
            # The end stands where there is room for it, and the title has gone before.
            end = "" if event.finish is None else f"until {clock_words(event.finish)}"
            lines = wrapped(event.label, cells)
            lines += wrapped(end, cells) if end else []
            self._texts[key] = lines
        return self._texts[key]

    def target_at(self, item: int, line: int, column: int) -> str:
        """A click on a session goes to it."""
        if self.programme is None:
            return ""
        at = START_CELLS
        for number, cells in self._cells(self.columns_shown):
            at += cells
            if column < at:
                session = self.programme.at(item, number) if column >= START_CELLS else None
                return "" if session is None else f"session:{session.ref}"
        return ""

    def note(self) -> str:
        """What of the rooms and the sessions is on the screen."""
        if self.programme is None:
            return ""
        shown, number = self.columns_shown, len(self.programme.columns)
        rooms = f"rooms {shown.start + 1} to {shown.stop} of {number}" if len(shown) < number else ""
        number = len(self.programme.sessions)
        sessions = f"{'the first ' if self.programme.is_cut else ''}{number:,} session{'s' if number != 1 else ''}"
        return " · ".join(filter(None, (rooms, sessions)))

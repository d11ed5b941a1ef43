"""The timeline: the tree of events beside an axis, precision drawn as width, what is inferred drawn hollow."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from convenings.domain.days import MINUTES
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import Flag, Rows
from convenings.tui.paint.axis import Axis
from convenings.tui.paint.segments import TextSpan, cells_of, clip, clip_middle, cut, pad, right
from convenings.tui.panes.event_times import LONGEST_DAY, SHORTEST_DAY, SPAN_CELLS, START_CELLS, day_and_times, day_of
from convenings.tui.panes.listing import ROWS_MEASURED, SHORTEST_TRAILING, ListPane
from convenings.tui.panes.row_state import RowState, labelled, without_role

SHORT_DATE, LONG_DATE = 16, 30
"""Cells of a date at most: ``3 to 4 Feb 2018`` where there is little room, ``27 Dec 2018 to 3 Jan 2019`` where there is
enough."""
SMALLEST_AXIS = 12
"""Below this many columns the axis gives way to the labels."""
ROOM_FOR_DAYS = 96
"""Columns from which on a day is said with its weekday and year before the times of its events."""
ENOUGH_AXIS = 36
"""Columns beyond which the axis leaves the room to labels that would be cut."""
SMALLEST_LABEL = 28
"""Cells that labels with what stands before them keep beside an axis, if they need them."""
GAPS = 3
"""Cells beside the date, and one that the bars leave free."""
MOST_LABELS = 0.9
"""Share of the labels that are to stand whole wherever there is room: the longest few do not decide for all."""
OUTLIERS_CELLS = 60
"""Cells of the sentence on outliers above labels and dates, where there is room."""
SHORTEST_NAME = 8
"""Cells of an outlier's label that say which it is."""
POINT_COLUMNS = 2
"""Up to so many columns a day is a sign; wider, the sign begins a bar as wide as the day is."""
DEEPEST = 6
"""Levels of parts that are indented."""
BEFORE, AFTER = "‹", "›"
UNDATED = "undated"
DAYS_OF_YEAR = 365.2425
POINT, HOLLOW, INHERITED, CANCELLED = "◆", "◇", "◦", "×"
FULL, LIGHT = "▒", "░"


class TimelinePane(ListPane):
    """Events in time."""

    LEGEND = (
        "◆ a day or a time as stated · ◇ an inferred one · ◦ a session on the day of its event · ▒ a month or a year "
        "drawn as wide as it is · × cancelled · ‹ › off the axis · ▾ ▸ has parts, unfolded or folded · ▶ pinned · "
        "* marked. Undated events have no sign."
    )

    def __init__(self, model: ReadModel) -> None:
        super().__init__("timeline", 1, "Timeline", model)
        self.folded: frozenset[int] = frozenset()
        """Events whose parts are folded away."""
        self.common_places: frozenset[int] = frozenset()
        """Places that every row is at, so that none has to say so."""
        self.zoom: tuple[float, float] | None = None
        """First day and days shown; None for everything but outliers."""
        self._columns: tuple[object, int, int, Axis] | None = None
        self._span_of_few: tuple[int | None, int | None] | None = None
        """Days of its rows, where the lens leaves few of a programme."""
        self._usual_width = 0
        """Cells of the labels that are to stand whole, with their indent."""

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
        return self.layout_columns(self.text_width)[2].width >= SMALLEST_AXIS

    def rows_needed(self) -> list[int]:
        """Rows of the index that the pane is about to draw anything of, those it names as outliers among them."""
        return [*super().rows_needed(), *self.model.days.outliers]

    def places_needed(self) -> set[int]:
        """Rows of the places that the pane is about to name; its own rows are loaded."""
        events = map(self.model.one, super().rows_needed())
        return {event.place for event in events if event.place is not None and event.start is not None}

    def set_rows(self, rows: Rows, cursor: int | None = None, dividers: tuple[tuple[int, str], ...] = ()) -> None:
        """Show other events."""
        self._columns = self._span_of_few = None
        super().set_rows(rows, cursor, dividers)

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
        axis, opening = self.layout_columns(self.text_width)[2], self._axis_over(self._span())
        zoomed = axis.zoomed(factor, self._centre(), self._axis_over(self.model.days.span))
        return None if axis.days < opening.days <= zoomed.days else (zoomed.first, zoomed.days)

    def _centre(self) -> float | None:
        """The middle of the event under the cursor, in days."""
        row = self.model.one(self.highlighted) if self.highlighted is not None else None
        if row is None:
            return None
        if row.start is not None:
            return row.start / MINUTES
        ends = [end for end in (row.first, row.last) if end is not None]
        return sum(ends) / len(ends) + 0.5 if ends else None

    @property
    def whole_zoom(self) -> tuple[float, float] | None:
        """First day and days of all of the time; None where the axis opens so."""
        days = self.model.days
        whole = self._axis_over(days.span)
        return (whole.first, whole.days) if days.outliers else None

    def _span(self) -> tuple[int | None, int | None]:
        """The days that the axis opens with: those of all but the outliers; of what the lens leaves of a programme, its
        own, as years would be all that could be told apart."""
        days = self.model.days
        if not days.has_ends or self.count > ROWS_MEASURED or self.count >= len(range(*self.model.range("events"))):
            return days.main_span
        if self._span_of_few is None:
            events = self.sample()
            firsts = [event.first for event in events if event.first is not None]
            lasts = [event.last for event in events if event.last is not None]
            self._span_of_few = min(firsts, default=None), max(lasts, default=None)
        return days.main_span if None in self._span_of_few else self._span_of_few

    def _axis_over(self, span: tuple[int | None, int | None], width: int = 1) -> Axis:
        return Axis.over(*span, width, has_hours=self.model.days.has_times)

    def _label_cells(self) -> int:
        """Cells of the longest label with its indent, as far as they are measured."""
        if self._label_width is None:
            sample = self.sample()
            self.model.load({event.place for event in sample if event.place is not None and event.start is not None})
            cells = sorted(self._cells_of_name(event) + 2 * event.depth for event in sample) or [10]
            self._usual_width = cells[int((len(cells) - 1) * MOST_LABELS)]
            self._label_width = cells[-1]
        return self._label_width

    def _cells_of_name(self, event: Row) -> int:
        # Where no session has an end, the room is said where there is room for it.
        place = cells_of(self._place(event)) if self.model.days.has_ends else 0
        return cells_of(_name(event)) + (place + 2 if place else 0)

    def _place(self, event: Row) -> str:
        """Where an event is that begins at a time, unless its name says so."""
        if event.place is None or event.start is None or event.place in self.common_places:
            return ""
        place = self.model.one(event.place).label
        return "" if event.flags & Flag.NAMESAKE and place in _name(event) else place

    def _cells_of_place(self, title: str, place: str, room: int) -> int:
        """Cells of a place beside a label, which only a programme, where rooms matter as much, cuts for it."""
        if self.model.days.has_ends:
            return _beside(title, place, room)
        return cells_of(place) if cells_of(title) + cells_of(place) + 2 <= room else 0

    def _date_widths(self, width: int) -> tuple[int, ...]:
        """Cells that the column of dates may have, the most first."""
        days = self.model.days
        if days.span[0] is None:
            return ()
        longest = min(max(days.longest_date, len(UNDATED)), LONG_DATE)
        if not days.has_times:
            return longest, min(longest, SHORT_DATE)
        if not days.has_ends:
            return longest, max(SHORTEST_DAY + 2 + START_CELLS, min(longest, SHORT_DATE))
        short = max(SHORTEST_DAY + 2 + SPAN_CELLS, min(longest, SHORT_DATE))
        return (max(longest, LONGEST_DAY + 1 + SPAN_CELLS), short) if width >= ROOM_FOR_DAYS else (short,)

    def layout_columns(self, width: int) -> tuple[int, int, Axis]:
        """Width of the labels' column and of the dates', and the axis in what is left."""
        key = (width, self.zoom)
        if self._columns is None or self._columns[0] != key:
            longest, usual = self._label_cells() + 4, self._usual_width + 4
            days = self.model.days
            widths = self._date_widths(width)
            # Where there is little room, from when to when and where says more than a sign among years.
            has_axis = not days.has_ends or width >= ROOM_FOR_DAYS or self.zoom is not None
            label, when, left = width, widths[-1] if widths else len(UNDATED), 0
            for date in widths:
                room = width - date - GAPS
                if has_axis and room - SMALLEST_AXIS >= min(longest, SMALLEST_LABEL):
                    label = min(longest, max(room // 2, room - ENOUGH_AXIS, min(usual, room - SMALLEST_AXIS)))
                    if days.outliers:
                        label = max(label, min(OUTLIERS_CELLS - date, room - SMALLEST_AXIS))
                    when, left = date, room - label
                    break
            axis = self._axis_over(self._span(), left)
            if self.zoom is not None:
                axis = replace(axis, first=self.zoom[0], days=self.zoom[1])
            self._columns = (key, label, when, axis)
        return self._columns[1:]

    def header_spans(self, line: int, width: int) -> list[TextSpan]:
        """The ticks, and beside them what is so far off that the axis opens without it."""
        label, when, axis = self.layout_columns(width - 1)
        text = ""
        for column, tick in axis.ticks:
            text += " " * (column - len(text)) + tick
        return [
            ("    ", ""),
            (pad(self._outliers_in_words(label + when - 4), label + when - 2), "gap"),
            (text, "heading"),
        ]

    def _outliers_in_words(self, room: int) -> str:
        """How far off the outliers are, in ``room`` cells."""
        days = self.model.days
        if not days.outliers or days.main_span[0] is None or days.main_span[1] is None:
            return ""
        event = self.model.one(days.outliers[0])
        last, first = (
            event.first if event.last is None else event.last,
            event.last if event.first is None else event.first,
        )
        is_earlier = last is not None and last < days.main_span[0]
        distance = days.main_span[0] - last if is_earlier and last is not None else (first or 0) - days.main_span[1]
        years, number = f"{int(distance / DAYS_OF_YEAR):,} years", len(days.outliers)
        before = "one event, " if number == 1 else f"{number} events, among them "
        behind = f", {'is' if number == 1 else 'are'} {years} {'earlier' if is_earlier else 'later'}"
        if number > 1:
            behind = f", are up to {years} off"
        left = room - len(before) - len(behind)
        if left < min(cells_of(event.label), SHORTEST_NAME):
            return before.partition(",")[0] + behind[1:]
        return before + clip_middle(event.label, left, left // 3) + behind

    def name_of(self, record: Row) -> str:
        """What an event is called, with what tells it from its namesakes."""
        return _name(record)

    def target_at(self, item: int, line: int, column: int) -> str:
        """The sign before an event with parts folds and unfolds it."""
        row = self.rows[item]
        event = self.model.one(row)
        if event.size > 1 and column == 1 + 2 * min(event.depth, DEEPEST):
            return "right" if row in self.folded else "left"
        return super().target_at(item, line, column)

    def prepare_lines(self, items: range) -> None:
        """Work out how each event is drawn: of several on one day only the first on the screen says which it is."""
        super().prepare_lines(items)
        former = None
        for at, state in enumerate(self._states):
            day = day_of(self.model.one(state.row))
            if day is not None and day == former:
                self._states[at] = replace(state, repeats_day=True)
            former = day

    def row_state(self, row: int) -> RowState:
        """How an event is drawn now."""
        return replace(super().row_state(row), folded=row in self.folded)

    def compose_line(self, state: RowState, line: int, width: int) -> tuple[TextSpan, ...]:
        """One event; cached until rows, width or zoom change."""
        event = self.model.one(state.row)
        label, when, axis = self.layout_columns(width)
        indent = "  " * min(event.depth, DEEPEST)
        fold: TextSpan = (" ", "")
        if event.size > 1:
            fold = ("▸" if state.folded else "▾", "muted")
        date = event.date
        # A time alone, as 09:00, is no date.
        if event.first is None and event.last is None and date[2:3] in ("", ":"):
            date = f"{UNDATED}, {date}" if date else UNDATED
        # Of a session on the day of its event only a time is shown, which nobody inferred.
        if event.start is not None and event.first == event.last:
            date = day_and_times(event, when, has_ends=self.model.days.has_ends, repeats_day=state.repeats_day)
        dated = "inferred" if event.flags & Flag.INFERRED and not event.flags & Flag.INHERITED else "muted"
        title, reason = labelled(_name(event), state), without_role(state.reason, self.model.common_role)
        head = [self.sign(state), (indent, ""), fold, (" ", "")]
        if axis.width < SMALLEST_AXIS:
            room = width - 4 - len(indent)
            date = clip(date, max(room // 2, room - SMALLEST_LABEL))
            room -= cells_of(date) + 1 if date else 0
            beside = reason or self._place(event)
            tail = _beside(title, reason, room) if reason else self._cells_of_place(title, beside, room)
            name = self._name_beside(event, state, room, beside, tail)
            return (*head, *name, (f" {date}" if date else "", dated))
        room = label - 3 - len(indent)
        bar, tail, beside = self._bar(event, axis), 0, reason
        if reason:
            bar, tail = _with_reason(bar, reason, _beside(title, reason, room))
        if not tail and (beside := self._place(event)):
            tail = self._cells_of_place(title, beside, room)
        name = self._name_beside(event, state, room, beside, tail)
        return (*head, *name, (" ", ""), (pad(date, when), dated), (" ", ""), *bar)

    def _name_beside(self, event: Row, state: RowState, room: int, beside: str, tail: int) -> tuple[TextSpan, ...]:
        """A label, and in the last ``tail`` of its cells why its event is related, or where it is."""
        style = "strong" if state.pinned or state.stands_out else ""
        if not tail:
            return ((self.fitted(event, state, room, _cut_middle), style),)
        name = self.fitted(event, state, room - tail - 2, _cut_middle)
        return (name + "  ", style), (right(beside, tail), "muted")

    def _bar(self, event: Row, axis: Axis) -> list[TextSpan]:
        cells = [" "] * axis.width
        for column, _ in axis.ticks:
            cells[column] = "·"
        first, bar = self._sign_and_bar(event, axis)
        last = first + len(bar)
        return [("".join(cells[:first]), "faint"), (bar, "event"), ("".join(cells[last:]), "faint")]

    def _sign_and_bar(self, event: Row, axis: Axis) -> tuple[int, str]:
        """What stands for an event on the axis, and in which column that begins; nothing where it has no date."""
        weak = event.flags & (Flag.INFERRED | Flag.INHERITED)
        sign = INHERITED if event.flags & Flag.INHERITED else HOLLOW if weak else POINT
        if event.flags & Flag.CANCELLED:
            sign = CANCELLED
        side, span = axis.side(event.first, event.last), axis.bar(event.first, event.last)
        is_day = event.first is not None and event.first == event.last
        if is_day and event.start is not None and not side:
            at = axis.column(event.start / MINUTES)
            end = at + 1 if event.finish is None else max(at + 1, axis.column(event.finish / MINUTES))
            side, span = (-1 if at < 0 else 1 if at >= axis.width else 0), (at, min(end, axis.width))
        if side:
            return (0, BEFORE) if side < 0 else (axis.width - 1, AFTER)
        if span is None:
            return 0, ""
        first, last = span
        if is_day and last - first <= POINT_COLUMNS:
            return first, sign * (last - first)
        # The sign says of a day on what it rests, and stands where the day begins.
        is_timed = event.start is not None and axis.column(event.start / MINUTES) == first
        head = sign if is_day and (is_timed or axis.column(event.first or 0) == first) else ""
        return first, head + (LIGHT if weak else FULL) * (last - first - len(head))

    def set_folded(self, folded: Collection[int]) -> None:
        """Draw exactly these events as folded; which rows are left out is for the list of rows to say."""
        self.folded = frozenset(folded)


def _name(event: Row) -> str:
    """What an event is called, with what tells it from one of its name and time, such as its place or its host."""
    if event.flags & Flag.CANCELLED and "cancel" not in event.label.casefold():
        return f"{_own_name(event)} (cancelled)"
    return _own_name(event)


def _own_name(event: Row) -> str:
    if not event.flags & Flag.NAMESAKE:
        return event.label
    # That stands before the type, where every row would begin otherwise.
    difference, type_, _ = f", {event.secondary}".partition(f", {event.trailing}")
    return f"{event.label}{difference}" if type_ else event.label


def _cut_middle(event: Row, cells: int) -> str:
    """A label in so many cells, cut in its middle."""
    return clip_middle(_name(event), cells, cells // 3)


def _beside(label: str, reason: str, room: int) -> int:
    """Cells of a reason beside a label, of which it takes some where both together are too long; 0 for no room."""
    least = SHORTEST_TRAILING if room >= SMALLEST_LABEL else 0
    return min(cells_of(reason), max(room - cells_of(label) - 2, least))


def _with_reason(bar: list[TextSpan], reason: str, beside: int) -> tuple[list[TextSpan], int]:
    """A bar of the axis with the reason at its right end, or before what is drawn; and how many cells of the reason
    stand beside the label instead, where the axis has less room for it.

    Args:
        bar: What is before the sign of an event, the sign, and what is after it.
        reason: Why the event is related.
        beside: Cells that the reason can have beside the label.
    """
    (before, style), sign, (after, _) = bar
    needed, rooms = cells_of(reason), (cells_of(after) - 2, cells_of(before) - 2, beside)
    room = max(min(needed, room) for room in rooms)
    at = next(at for at, each in enumerate(rooms) if each >= room)
    if at == 2 or (room < SHORTEST_TRAILING and room < needed):
        return bar, beside
    text = right(reason, room)
    if at == 0:
        return [bar[0], sign, (cut(after, cells_of(after) - room - 1) + " ", style), (text, "muted")], 0
    return [(cut(before, cells_of(before) - room - 2) + " ", style), (text, "muted"), (" ", ""), sign, bar[2]], 0

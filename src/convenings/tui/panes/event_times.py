"""When an event is on, as its row says it: the day, once for all rows of a day, and its times."""

from __future__ import annotations

from convenings.domain.days import MINUTES, MONTHS, calendar_day, year_in_words
from convenings.index.questions import Row
from convenings.tui.paint.segments import cells_of, pad

WEEKDAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
SPAN_CELLS, START_CELLS = len("09:00–09:25"), len("09:00")
"""Cells of the times of an event, where any has an end, and where none has."""
LONGEST_DAY, SHORTEST_DAY = len("Sat 10 Feb 2020"), len("1 Feb")


def day_of(event: Row) -> int | None:
    """The one day that an event is on, or begins on at a time; None where that is not known."""
    if event.start is not None:
        return event.start // MINUTES
    return event.first if event.first == event.last else None


def day_words(day: int, cells: int) -> str:
    """A day in so many cells: "Sat 1 Feb 2020", "1 Feb 2020", "Sat 1 Feb" or "1 Feb", whichever fits first."""
    year, month, number = calendar_day(day)
    weekday, short = WEEKDAYS[day % 7], f"{number} {MONTHS[month][:3]}"
    texts = (f"{weekday} {short} {year_in_words(year)}", f"{short} {year_in_words(year)}", f"{weekday} {short}")
    return next((text for text in texts if cells_of(text) <= cells), short)


def clock_words(minute: int) -> str:
    """A minute as the clock shows it: ``09:05``."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def times(event: Row) -> str:
    """Start and end of an event that begins at a time: ``09:00–09:25``, ``09:00``."""
    if event.start is None:
        return ""
    return clock_words(event.start) + (f"–{clock_words(event.finish)}" if event.finish is not None else "")


def day_and_times(event: Row, cells: int, *, has_ends: bool, repeats_day: bool) -> str:
    """The day and the times of an event that begins at a time, the times in the same place in every row.

    Args:
        event: The event.
        cells: Cells of the column.
        has_ends: Whether the column has events with an end.
        repeats_day: Whether the row before says which day it is.
    """
    own = SPAN_CELLS if has_ends else START_CELLS
    room = cells - own - 1
    day = "" if repeats_day or event.start is None else day_words(event.start // MINUTES, room)
    return f"{pad(day, max(room, cells_of(day)))} {times(event)}"

"""When the event of a row is, of all the columns that say something of it."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from convenings.domain.text import fold
from convenings.interchange.reading import Reading
from convenings.interchange.tables.days import MONTH_OF_WORD, WEEKDAY_OF_WORD, Dates, Day, weekday_of
from convenings.interchange.tables.mapping import Column
from convenings.interchange.tables.plan import Plan
from convenings.interchange.tables.times import MINUTES, ZONE_BEHIND, later, read_length, read_time

_WEEKS = frozenset(("woche", "semaine", "semana", "kw", "weeknumber"))
_QUARTERS = frozenset(("quarter", "quartal", "trimestre"))
_MONTH_NAMES = frozenset(("month", "monat", "mois", "mes"))
_DAY_NAMES = frozenset(("day", "tag", "jour", "dia", "weekday"))
_MORNING = "08:00"
"""Until when what began the day before is still of that day."""


class When(msgspec.Struct, frozen=True, gc=False):
    """When an event is; see the fields of :class:`~convenings.domain.records.Event`."""

    date: str | None = None
    inferred: str = ""
    """From what the date was inferred, where it was."""
    start_time: str | None = None
    end_time: str | None = None
    zone: str | None = None


_YEAR = re.compile(r"[12]\d{3}")


class Clockwork:
    """Reads when the events of a table are.

    Args:
        plan: How it is read.
        reading: Told of what has no home.
    """

    def __init__(self, plan: Plan, reading: Reading) -> None:
        self._plan = plan
        self._reading = reading
        guess = plan.guess
        self._days = [column for column in guess.of("date") if column.index in plan.dates]
        self._last_days = guess.of("end-date")
        self._starts, self._ends = guess.of("start"), guess.of("end")
        self._times, self._lengths = guess.of("time"), guess.of("duration")
        self._zones, self._years, self._parts = guess.of("zone"), guess.of("year"), guess.of("weekday")
        self._cells: dict[tuple[int, str, int | None], Day | None] = {}
        self._contradictions: list[tuple[str, str, str]] = []
        """Column, cell and place of each date that is another day of the week than it says."""
        self._strays: dict[tuple[str | None, tuple[str, ...]], list[str]] = {}
        """Date, and what stands in the columns of its parts, to the names of those that say something else."""
        self._above: Day | None = None
        """The day of the last row that has one."""
        self.heading: Day | None = None
        """The day that a heading above the row states."""

    def finish(self) -> None:
        """Tell what the dates of the table contradict."""
        if self._contradictions:
            column, text, place = self._contradictions[0]
            count = len(self._contradictions)
            cells = f"'{text}' ({place}) is" if count == 1 else f"'{text}' ({place}) and {count - 1} more are"
            self._reading.remark(f"Column {column}: {cells} another day of the week; the date was kept")

    def of(self, row: int) -> When:
        """When the event of a row is.

        Raises:
            ValueError: no calendar has such a day; the message names it.
        """
        plan = self._plan
        year = self._year(row)
        first = last = None
        for column in self._days:
            day = self._day(row, column, year)
            if day is not None:
                first = first or day
                if first is not day and day.start and not first.start:
                    first = msgspec.structs.replace(first, start=day.start, end=day.end)
        for column in self._last_days:
            last = last or self._day(row, column, year)
        start = end = ""
        for column in self._starts:
            if column.index in plan.dates:
                day = self._day(row, column, year)
                if day is not None:
                    first = first or day
                    start = start or day.start
                    zone_of_start = day.zone
                    # Of "local" and "utc" side by side the offset of the one says nothing of the other.
                    if zone_of_start and first is not day and first.start in ("", day.start):
                        first = msgspec.structs.replace(first, zone=first.zone or zone_of_start)
            else:
                start = start or self._time(row, column)[0]
        for column in self._ends:
            if column.index in plan.dates:
                day = self._day(row, column, year)
                if day is not None:
                    last = last or day
                    end = end or day.start
            else:
                end = end or self._time(row, column)[0]
        for column in self._times:
            one, other = self._time(row, column)
            start, end = start or one, end or other
        first = first or self.heading or self._day_above(row, start)
        if first is None and not self._days:
            first = self._part(row) or (Day(date=alone) if (alone := self._year_of(row)) else None)
        self._above = first if first is not None and first.date else self._above
        # A time of its own column is said on purpose; that within a date may be filler.
        start = start or (first.start if first else "")
        end = end or (first.end if first else "") or (last.start if last else "")
        days = 0
        for column in self._lengths:
            days = self._length(row, column, start, end) or days
            if start and not end and days:
                end, days = later(start, days), (int(start[:2]) * 60 + int(start[3:]) + days) // MINUTES
        return self._joined(row, first, last, start, end, days)

    def _joined(self, row: int, first: Day | None, last: Day | None, start: str, end: str, days: int) -> When:
        date, inferred = (first.date, first.inferred) if first and first.date else (None, "")
        zone = (first.zone if first else "") or None
        for column in self._zones:
            if text := self._plan.cell(row, column):
                zone = zone_of(text) or zone
                if zone_of(text) is None:
                    self._reading.without_home(column.name)
        if last and last.date and date is None:
            date, inferred = last.date, last.inferred
        elif last and last.date and date and last.date[:10] != date[:10]:
            if last.date < date:
                raise ValueError(f"it ends on {last.date}, before it begins on {date}")
            # What ends after midnight is an event of one day, as its end says.
            if not (start and end and end <= min(start, _MORNING) and _is_next_day(date, last.date)):
                date = f"{date.partition('/')[0]}/{last.date.rpartition('/')[2]}"
        self._check_parts(row, date)
        if end and end == start and date and "/" not in date:
            # A length of nothing says when it begins.
            end = ""
        return When(date, inferred, start or None, end or None, zone)

    def _year(self, row: int) -> int | None:
        return int(self._year_of(row) or 0) or self._plan.year

    def _day_above(self, row: int, start: str) -> Day | None:
        """The day of the rows above, of a row that has a time and leaves the day out."""
        above, days = self._above, self._days
        if above is None or not start or not days or any(self._plan.cell(row, column) for column in days):
            return None
        return Day(date=above.date, inferred="the day stands in a row above")

    def _part(self, row: int) -> Day | None:
        """The month or quarter of a row that has no more, with the year where that stands in a column of its own."""
        alone = self._year_of(row)
        for column in self._parts:
            text = self._plan.cell(row, column)
            for each in (text, f"{text} {alone}", f"{text}/{alone}") if alone else (text,):
                day = Dates().read(each) if each and not each.isdigit() else None
                if day is not None and day.date:
                    return day
        return None

    def _year_of(self, row: int) -> str:
        """The year in a column of years."""
        texts = (self._plan.cell(row, column) for column in self._years)
        return next((text for text in texts if _YEAR.fullmatch(text)), "")

    def _day(self, row: int, column: Column, year: int | None) -> Day | None:
        """What a cell says of when; a text that is no day has no home."""
        text = self._plan.cell(row, column)
        if not text:
            return None
        key = column.index, text, year
        if key not in self._cells:
            self._cells[key] = self._plan.dates[column.index].read(text, year)
        day = self._cells[key]
        if day is None and (clock := read_time(text)) is not None:
            # A column of days may have a time where one would be too much.
            return Day(start=clock.start, end=clock.end or "")
        if day is None or (not day.date and day.month_day):
            self._reading.without_home(column.name)
        if day is not None and day.weekday is not None and day.date and weekday_of(day.date) not in (None, day.weekday):
            self._contradictions.append((column.name, text, self._plan.sheet.place(row)))
        return day

    def _time(self, row: int, column: Column) -> tuple[str, str]:
        """Start and end in a cell of times."""
        text = self._plan.cell(row, column)
        clock = read_time(text, packed=True) if text else None
        if text and clock is None and (match := ZONE_BEHIND.fullmatch(text)):
            clock = read_time(match[1], packed=True)
            if clock is not None:
                self._reading.without_home(f"{column.name}: time zone")
        if text and clock is None:
            self._reading.without_home(column.name)
        return (clock.start, clock.end or "") if clock else ("", "")

    def _length(self, row: int, column: Column, start: str, end: str) -> int:
        """Minutes in a cell of lengths; one that says no more than start and end is at home there."""
        text = self._plan.cell(row, column)
        minutes = read_length(text) if text else None
        if text and (minutes is None or not start or (end and later(start, minutes) != end)):
            self._reading.without_home(column.name)
        return minutes or 0

    def _check_parts(self, row: int, date: str | None) -> None:
        """Count parts of a date that its date does not say already."""
        columns = (*self._parts, *self._years)
        if not columns:
            return
        texts = tuple([self._plan.cell(row, column) for column in columns])
        # Once for each date and what stands beside it, as years of rows have few dates.
        if (date, texts) not in self._strays:
            self._strays[date, texts] = [
                column.name
                for column, text in zip(columns, texts, strict=True)
                if text and not (date and _is_part(text, column.name, date))
            ]
        for name in self._strays[date, texts]:
            self._reading.without_home(name)


@lru_cache(maxsize=65536)
def _is_part(text: str, column: str, date: str) -> bool:
    """Whether a weekday, month, week, quarter or year is that of a date."""
    name = fold(column)
    if len(date) < 10 or "/" in date:
        # The month or quarter that the date itself was read from.
        return text == date[:4] or _part_of(text, date)
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:10])
    folded = fold(text)
    weekday = weekday_of(date) or 0
    if WEEKDAY_OF_WORD.get(folded) == weekday or MONTH_OF_WORD.get(folded) == month:
        return True
    if not text.isdigit():
        return folded == f"q{(month + 2) // 3}"
    number, quarter = int(text), (month + 2) // 3
    words = name.split()
    if any(word in _WEEKS for word in words) or words[-1:] == ["week"] or name == "week number":
        return 0 <= number <= 53
    for names, part in ((_QUARTERS, quarter), (_MONTH_NAMES, month), (_DAY_NAMES, day)):
        if any(word in names for word in words):
            # Days of the week are numbered from either end of the weekend.
            return number == part or (part is day and "week" in words and number in (weekday, weekday + 1))
    return number in (year, month, day, quarter)


def _part_of(text: str, date: str) -> bool:
    day = Dates().read(text, None) if not text.isdigit() else None
    alone = Dates().read(f"{text} {date[:4]}") if not text.isdigit() else None
    return any(each is not None and each.date == date for each in (day, alone)) or (
        text.isdigit() and date[4:] == f"-{int(text):02}"
    )


def _is_next_day(first: str, second: str) -> bool:
    import datetime

    try:
        return datetime.date.fromisoformat(first) + datetime.timedelta(days=1) == datetime.date.fromisoformat(second)
    except (ValueError, OverflowError):
        return False


@lru_cache(maxsize=1024)
def zone_of(text: str) -> str | None:
    """A time zone as the model has it; None for a text that names none."""
    bare = text.strip()
    if bare.upper() in ("UTC", "GMT", "Z"):
        return "UTC"
    if match := re.fullmatch(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?", bare, re.IGNORECASE):
        return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}" if int(match[2]) <= 14 else None
    if not re.fullmatch(r"[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}", bare):
        return None
    from zoneinfo import ZoneInfo  # wanted only for tables with zones

    try:
        return ZoneInfo(bare).key
    except (KeyError, ValueError, OSError):
        return None

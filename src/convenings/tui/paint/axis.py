"""The time axis: days to columns, ticks, and bars whose width is the precision of a date."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from math import ceil, floor

import msgspec

from convenings.domain.days import MONTHS, calendar_day, day_number, month_end, year_in_words

YEAR, MONTH = 365, 28
"""Days that one has at least."""
WHOLE_YEARS, WHOLE_MONTHS = 2 * YEAR, 62
"""From so many days on an axis over all of the time begins and ends with a year, or with a month."""
LEAST_DAYS, LEAST_HOURS = 1.0, 3 / 24
"""Fewest days an axis shows where nothing has a time, and where something has."""
GAP = 2
"""Columns between two labels, at least."""
_ROUND = (1, 2, 5, 10, 20, 25, 50)
_CLOCK, _WITH_DAY = len("09:00"), len("30 Sep 09:00")


class Axis(msgspec.Struct, frozen=True, dict=True):
    """A stretch of time on a number of columns."""

    first: float
    """First day, as :mod:`~convenings.domain.days` numbers them."""
    days: float
    width: int
    """Columns; none where there is nothing to show."""
    has_hours: bool = False
    """Whether what it shows has times."""

    @classmethod
    def over(cls, first: int | None, last: int | None, width: int, *, has_hours: bool = False) -> Axis:
        """An axis over everything from ``first`` to ``last``, in whole years, months or days as these are long.

        Without a first and last day it has no columns: nothing is invented.
        """
        if first is None or last is None:
            return cls(0.0, LEAST_DAYS, 0)
        length = last - first + 1
        if length >= WHOLE_YEARS:
            first, last = day_number(calendar_day(first)[0], 1, 1), day_number(calendar_day(last)[0], 12, 31)
        elif length >= WHOLE_MONTHS:
            first = day_number(*calendar_day(first)[:2], 1)
            last = month_end(*calendar_day(last)[:2])
        return cls(float(first), float(last - first + 1), max(0, width), has_hours)

    @property
    def end(self) -> float:
        """Where it ends, in days."""
        return self.first + self.days

    def column(self, day: float) -> int:
        """Column of a day, or of a time of a day; outside 0 to ``width`` where it is not on the axis."""
        return floor((day - self.first) / self.days * self.width)

    def bar(self, first: int | None, last: int | None) -> tuple[int, int] | None:
        """Columns of a span, first and one past the last, as far as they are on the axis; open ends reach its edge."""
        if (first is None and last is None) or self.side(first, last):
            return None
        start = self.column(first) if first is not None else 0
        # What ends with a column does not begin the next one, however its days were rounded.
        end = ceil((last + 1 - self.first) / self.days * self.width - 1e-6) if last is not None else self.width
        start, end = max(start, 0), min(end, self.width)
        return (start, end) if start < end else None

    def side(self, first: int | None, last: int | None) -> int:
        """-1 where a span lies before the axis, 1 where it lies after it, else 0."""
        if last is not None and last + 1 <= self.first:
            return -1
        return 1 if first is not None and first >= self.end else 0

    def zoomed(self, factor: float, around: float | None, whole: Axis) -> Axis:
        """A closer look (factor below 1) or a wider one, around a day, within ``whole``."""
        least = min(least_days(self.has_hours), whole.days)
        days = min(max(self.days * factor, least), whole.days)
        centre = around if around is not None else self.first + self.days / 2
        first = min(max(centre - days / 2, whole.first), whole.end - days)
        return msgspec.structs.replace(self, first=first, days=days)

    @cached_property
    def ticks(self) -> list[tuple[int, str]]:
        """Columns and labels of the ticks, at round years, months, days or hours: the closest that stand apart."""
        if not self.width:
            return []
        for marks, days, cells in self._steps():
            if days / self.days * self.width >= cells + GAP:
                ticks = [(self.column(day), label) for day, label in marks]
                fitting = [(at, label) for at, label in ticks if 0 <= at <= self.width - len(label)]
                return fitting or self._only_tick()
        return []

    def _steps(self) -> Iterator[tuple[Iterator[tuple[float, str]], float, int]]:
        """Marks with their labels, the days from one to the next, and cells of a label, the closest marks first."""
        if self.has_hours:
            cells = _CLOCK if ceil(self.first) < self.end else _WITH_DAY
            for hours in (1, 3, 6, 12):
                yield self._hours(hours, with_day=cells == _WITH_DAY), hours / 24, cells
        for days in (1, 7, 14):
            yield self._days(days), days, len("30 Sep")
        first, last = calendar_day(floor(self.first))[0], calendar_day(ceil(self.end) - 1)[0]
        cells = max(len(year_in_words(year)) for year in (first, last))
        for months in (1, 3, 6):
            yield self._months(months), MONTH * months + months // 2, len("Sep ") + cells
        scale = 1
        while True:
            for step in _ROUND if scale == 1 else _ROUND[3:]:
                yield self._years(step * scale, first, last), YEAR * step * scale, cells
            scale *= 10

    def _hours(self, step: int, *, with_day: bool) -> Iterator[tuple[float, str]]:
        for hour in range(ceil(self.first * 24 / step) * step, ceil(self.end * 24), step):
            day, clock = divmod(hour, 24)
            label = f"{clock:02}:00" if clock else _day_label(day)
            yield hour / 24, f"{_day_label(day)} {label}" if with_day and clock else label
            with_day = False

    def _days(self, step: int) -> Iterator[tuple[float, str]]:
        # Weeks begin on Mondays, and day 1 is one.
        for day in range(ceil((self.first - 1) / step) * step + 1, ceil(self.end), step):
            yield day, _day_label(day)

    def _months(self, step: int) -> Iterator[tuple[float, str]]:
        year, month, _ = calendar_day(floor(self.first))
        at = (month - 1) // step * step
        while (day := day_number(year + at // 12, at % 12 + 1, 1)) < self.end:
            yield day, f"{MONTHS[at % 12 + 1][:3]} {year_in_words(year + at // 12)}"
            at += step

    def _years(self, step: int, first: int, last: int) -> Iterator[tuple[float, str]]:
        """Years that are round as they are said: 500 BC is the year -499."""
        years = [1 - before for before in range((1 - first) // step * step, max(0, -last), -step)] if first < 1 else []
        for year in (*years, *range(-(-max(first, 1) // step) * step, last + 1, step)):
            yield day_number(year, 1, 1), year_in_words(year)

    def _only_tick(self) -> list[tuple[int, str]]:
        """The first day of an axis on which no round one is."""
        day = ceil(self.first)
        column, label = self.column(day), _day_label(day)
        return [(column, label)] if column <= self.width - len(label) else []


def least_days(has_hours: bool) -> float:
    """Fewest days an axis shows."""
    return LEAST_HOURS if has_hours else LEAST_DAYS


def _day_label(day: int) -> str:
    _, month, number = calendar_day(day)
    return f"{number} {MONTHS[month][:3]}"

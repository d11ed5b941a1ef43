"""The time axis: days to columns, ticks, and bars whose width is the precision of a date."""

from __future__ import annotations

from datetime import date
from functools import cached_property

import msgspec

YEAR = 365.25
MOST_ZOOM = 2.0
"""Fewest days an axis shows."""


class Axis(msgspec.Struct, frozen=True, dict=True):
    """A stretch of time on a number of columns."""

    first: float
    """First day, proleptic Gregorian ordinal."""
    days: float
    width: int
    """Columns."""

    @classmethod
    def over(cls, first: int | None, last: int | None, width: int) -> Axis:
        """An axis over whole years that hold everything from ``first`` to ``last``."""
        if first is None or last is None:
            return cls(date(2000, 1, 1).toordinal(), YEAR, max(1, width))
        start = date(date.fromordinal(first).year, 1, 1).toordinal()
        year = date.fromordinal(last).year
        end = date(year + 1, 1, 1).toordinal() if year < date.max.year else date.max.toordinal()
        return cls(start, max(float(end - start), MOST_ZOOM), max(1, width))

    def column(self, day: float) -> int:
        """Column of a day; outside 0 to ``width`` where it is not on the axis."""
        return int((day - self.first) / self.days * self.width // 1)

    def bar(self, first: int | None, last: int | None) -> tuple[int, int] | None:
        """Columns of a span, first and one past the last, as far as they are on the axis; open ends reach its edge."""
        if first is None and last is None:
            return None
        start = self.column(first) if first is not None else 0
        end = self.column(last + 0.999) + 1 if last is not None else self.width
        start, end = max(start, 0), min(end, self.width)
        return (start, end) if start < end else None

    def zoomed(self, factor: float, around: float | None, whole: Axis) -> Axis:
        """A closer look (factor below 1) or a wider one, around a day, within ``whole``."""
        days = min(max(self.days * factor, MOST_ZOOM), whole.days)
        centre = around if around is not None else self.first + self.days / 2
        first = min(max(centre - days / 2, whole.first), whole.first + whole.days - days)
        return msgspec.structs.replace(self, first=first, days=days)

    @cached_property
    def ticks(self) -> list[tuple[int, str]]:
        """Columns and labels of the ticks: years, months or days, as many as stand apart."""
        ticks: list[tuple[int, str]] = []
        free = 0
        for day, label in _marks(self.first, self.days):
            column = self.column(day)
            if free <= column <= self.width - len(label):
                ticks.append((column, label))
                free = column + len(label) + 2
        return ticks


def _marks(first: float, days: float) -> list[tuple[int, str]]:
    """Candidate ticks from the coarsest unit of which a few fall into the stretch."""
    low = max(1, int(first))
    high = min(date.max.toordinal(), int(first + days))
    start, end = date.fromordinal(low), date.fromordinal(high)
    if days > 1.5 * YEAR:
        step = max(1, int(days / YEAR / 40))
        return [(date(y, 1, 1).toordinal(), str(y)) for y in range(start.year, end.year + 1) if y % step == 0]
    if days > 62:
        months = range(start.year * 12 + start.month - 1, end.year * 12 + end.month)
        return [(date(m // 12, m % 12 + 1, 1).toordinal(), f"{date(m // 12, m % 12 + 1, 1):%b %Y}") for m in months]
    return [(day, f"{date.fromordinal(day).day} {date.fromordinal(day):%b}") for day in range(low, high + 1)]

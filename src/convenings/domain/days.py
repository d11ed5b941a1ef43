"""Days of the proleptic Gregorian calendar as numbers, of any year.

A day's number is that of :meth:`datetime.date.toordinal`, which has none before the year 1 nor after 9999: day 1 is
1 January of the year 1. Years are astronomical, as in ISO 8601: 0 is 1 BC, -1 is 2 BC.
"""

from __future__ import annotations

MONTHS = (
    "", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MINUTES = 24 * 60
"""Of a day."""

_CYCLE = 146_097
"""Days of 400 years, after which the calendar repeats."""
_MARCH = 305
"""1 March of the year 0 is the day -305; the leap day is the last of the years that begin so."""


def day_number(year: int, month: int, day: int) -> int:
    """Number of a day of the calendar."""
    # Hinnant's algorithm, with March as the first month.
    cycle, within = divmod(year - (month < 3), 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return cycle * _CYCLE + within * 365 + within // 4 - within // 100 + day_of_year - _MARCH


def calendar_day(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day's number."""
    cycle, day = divmod(number + _MARCH, _CYCLE)
    within = (day - day // 1460 + day // 36524 - day // 146096) // 365
    day_of_year = day - (365 * within + within // 4 - within // 100)
    month = (5 * day_of_year + 2) // 153
    year = cycle * 400 + within + (month > 9)
    return year, (month + 2) % 12 + 1, day_of_year - (153 * month + 2) // 5 + 1


def month_end(year: int, month: int) -> int:
    """Number of the last day of a month, which may be counted on beyond December."""
    over, month = divmod(month, 12)
    return day_number(year + over, month + 1, 1) - 1


def year_in_words(year: int) -> str:
    """A year as people write it: 2018, 552 BC for the year -551."""
    return str(year) if year > 0 else f"{1 - year} BC"

"""Dates as exactly as they are known: EDTF (ISO 8601-2) level 0 and 1, with the seasons and parts of years of level 2.

A day, month or year (``2018-06-20``, ``2018-06``, ``2018``, ``-0551``, ``Y17000``), a day with a time
(``2018-06-20T09:00:00+08:00``), unspecified digits (``201X``, ``20XX``, ``2018-XX``, ``2018-06-XX``, ``2018-XX-XX``),
seasons (``2018-21`` spring to ``2018-24`` winter; ``25`` to ``28`` northern, ``29`` to ``32`` southern), quarters
(``33`` to ``36``), thirds and halves of a year, each but the time with ``?`` uncertain, ``~`` approximate or ``%``
both; and intervals of two of them, an end of which may be open (``..``) or unknown (empty). Years are astronomical
(``0000`` is 1 BC), proleptic Gregorian, of at most twelve digits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from convenings.domain.basis import mark_basis
from convenings.domain.date_errors import MOST_DIGITS, EdtfError, error, near_miss
from convenings.domain.days import MONTHS, calendar_day, day_number, month_end, year_in_words
from convenings.domain.text import plain

__all__ = [
    "Edtf", "EdtfError", "Moment", "clock_minute", "date_in_words", "day_in_words", "parse", "parse_moment",
    "start_minute", "when_in_words", "within",
]  # fmt: skip

Precision = Literal["day", "month", "season", "year", "decade", "century", "interval"]


class Edtf(msgspec.Struct, frozen=True):
    """A date as written, with the days it may cover."""

    text: str
    """Exactly as written."""
    earliest: int | None
    """First day it can be, as :mod:`~convenings.domain.days` counts; None where the start is open or unknown."""
    latest: int | None
    """Last day it can be, included; None where the end is open or unknown."""
    precision: Precision
    uncertain: bool
    """Marked ``?`` or ``%``; of an interval, either end."""
    approximate: bool
    """Marked ``~`` or ``%``; of an interval, either end."""
    minute: int | None = None
    """Of a day with a time, its minute of that day, by the clock at the place."""
    offset: int | None = None
    """Minutes by which that clock is ahead of UTC; None where it is not written."""


class Moment(msgspec.Struct, frozen=True):
    """A minute that is asked for."""

    day: int
    minute: int
    """Of the day, by the clock at the place."""
    offset: int | None
    """Minutes by which that clock is ahead of UTC; None for the clock of each place."""


_SEASONS = ("spring", "summer", "autumn", "winter")
# First month and number of months of what stands in the place of a month.
_PARTS_OF_YEAR = {
    **{21 + at: (3 + 3 * at, 3) for at in range(4)},
    **{25 + at: (3 + 3 * at, 3) for at in range(4)},
    # The southern summer begins in December as the northern winter does, and ends in the next year.
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    **{33 + at: (1 + 3 * at, 3) for at in range(4)},
    **{37 + at: (1 + 4 * at, 4) for at in range(3)},
    **{40 + at: (1 + 6 * at, 6) for at in range(2)},
}  # fmt: skip
_LENGTHS = {3: "quarter", 4: "third", 6: "half"}
_ORDER = ("first", "second", "third", "fourth")

_DATE = r"(-?(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX))(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)"
_LONG_YEAR = r"Y(-?[1-9][0-9]*)(?:E([0-9]{1,2}))?([?~%]?)"
_OFFSET = r"(Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
_CLOCK = r"((?:[01][0-9]|2[0-3]):[0-5][0-9])"
_TIMED = rf"(-?[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T{_CLOCK}:[0-5][0-9]{_OFFSET}"
_MOMENT = rf"(-?[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T{_CLOCK}(?::[0-5][0-9])?{_OFFSET}"


@lru_cache(maxsize=16384)
def parse(text: str) -> Edtf:
    """Read a date.

    Seasons are whole months, and those that name no hemisphere (21 to 24) the northern ones: spring is March to May,
    winter December to February of the next year. A time keeps the day it is written with.

    Raises :class:`EdtfError` for anything else than the forms this module names, and for days that no calendar has.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _single(text, text)
    if "/" in end:
        raise error(text, "a slash stands only between the two ends of an interval", "write 2018-06-20, or 2018/2020")
    if start in ("", "..") and end in ("", ".."):
        raise error(text, "an interval needs at least one end", "write 2018/.., ../2018 or 2018/2020")
    first = None if start in ("", "..") else _single(start, text)
    last = None if end in ("", "..") else _single(end, text)
    if "T" in text:
        raise error(text, "an interval has no times", "write 2018-06-20/2018-06-22")
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest is not None and latest is not None and earliest > latest:
        raise error(text, "the interval ends before it starts", "write the earlier date first, as in 2018/2020")
    ends = [each for each in (first, last) if each]
    return Edtf(
        text, earliest, latest, "interval", any(each.uncertain for each in ends), any(each.approximate for each in ends)
    )


def _single(part: str, whole: str) -> Edtf:
    """One date, or one end of the interval ``whole``."""
    if match := re.fullmatch(_LONG_YEAR, part):
        return _long_year(part, whole, *match.groups())
    timed = re.fullmatch(_TIMED, part)
    match = re.fullmatch(_DATE, timed[1] if timed else part)
    if match is None or part.startswith("-0000"):
        raise near_miss(part, whole)
    year, month, day, mark = match.groups()
    uncertain, approximate = mark in ("?", "%"), mark in ("~", "%")
    if "X" in year:
        if month:
            raise error(whole, "a month cannot follow a year with unspecified digits", "write 201X, or 2018-06")
        low, high = sorted((int(year.replace("X", "0")), int(year.replace("X", "9"))))
        span: Precision = "century" if year.endswith("XX") else "decade"
        return Edtf(part, day_number(low, 1, 1), day_number(high, 12, 31), span, uncertain, approximate)
    earliest, latest, precision = _days(int(year), month, day, whole)
    if timed is None:
        return Edtf(part, earliest, latest, precision, uncertain, approximate)
    return Edtf(part, earliest, latest, precision, uncertain, approximate, clock_minute(timed[2]), _offset(timed[3]))


def _long_year(part: str, whole: str, digits: str, exponent: str | None, mark: str) -> Edtf:
    """A year of more than four digits."""
    length = len(digits.lstrip("-")) + int(exponent or 0)
    if length <= 4:
        raise error(whole, "Y is for years of more than four digits", "write 2018, or -0551")
    if length > MOST_DIGITS:
        raise near_miss(part, whole)
    year = int(digits) * 10 ** int(exponent or 0)
    first, last = day_number(year, 1, 1), day_number(year, 12, 31)
    return Edtf(part, first, last, "year", mark in ("?", "%"), mark in ("~", "%"))


def _days(year: int, month: str | None, day: str | None, whole: str) -> tuple[int, int, Precision]:
    """First and last day of a year, season, month or day."""
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise error(whole, "a day cannot follow an unspecified month", "write 2018-XX-XX, or 2018-06-20")
        return day_number(year, 1, 1), day_number(year, 12, 31), "year"
    number = int(month)
    if number in _PARTS_OF_YEAR:
        if day is not None:
            raise error(whole, "a season has no day", "write 2018-21 for spring, or 2018-06-20")
        start, months = _PARTS_OF_YEAR[number]
        return day_number(year, start, 1), month_end(year, start + months - 1), "season"
    if not 1 <= number <= 12:
        hint = "write 01 to 12, as in 2018-06, 21 to 32 for a season, as in 2018-29, or 33 to 36 for a quarter"
        raise error(whole, f"there is no month {month}", hint)
    first, last = day_number(year, number, 1), month_end(year, number)
    if day is None or day == "XX":
        return first, last, "month"
    if not 1 <= int(day) <= last - first + 1:
        what = f"{MONTHS[number]} {_year(f'{year:04}')} has no day {day}"
        raise error(whole, what, "write a day of the calendar, as in 2018-06-20")
    ordinal = first + int(day) - 1
    return ordinal, ordinal, "day"


# Times


@lru_cache(maxsize=4096)
def clock_minute(text: str | None) -> int | None:
    """Minute of the day of a time as ``HH:MM``; None where it is not one."""
    match = re.fullmatch(rf"{_CLOCK}(?::[0-5][0-9])?", text or "")
    return int(match[1][:2]) * 60 + int(match[1][3:]) if match else None


def start_minute(date: Edtf | None, start_time: str | None) -> int | None:
    """Minute of the day at which what has a date and perhaps a ``start_time`` begins; None where neither says it."""
    return date.minute if date is not None and date.minute is not None else clock_minute(start_time)


def _offset(zone: str | None) -> int | None:
    """Minutes ahead of UTC of ``Z`` or ``+08:00``; None where nothing is written."""
    if not zone:
        return None
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:] or 0)
    return -minutes if zone.startswith("-") else minutes


def parse_moment(text: str) -> Moment | None:
    """Read a day with a time, seconds and offset being optional; None for text that has no time.

    Raises :class:`EdtfError` for a time that is none, and for a day that no calendar has.
    """
    if "T" not in text:
        return None
    match = re.fullmatch(_MOMENT, text)
    if match is None:
        if "/" in text:
            raise error(text, "an interval has no times", "write 2018-06-20/2018-06-22, or 2018-06-20T09:00")
        raise error(text, "the time is not one", "write 2018-06-20T09:00, or 2018-06-20T09:00+08:00")
    day, minute = parse(match[1]).earliest, clock_minute(match[2])
    assert day is not None
    assert minute is not None
    return Moment(day, minute, _offset(match[3]))


def within(inner: str | Edtf, outer: str | Edtf) -> bool:
    """Whether every known bound of ``inner`` lies inside ``outer``; an open or unknown bound of either hinders nothing.

    Raises :class:`EdtfError` for text that is not a date.
    """
    inside = parse(inner) if isinstance(inner, str) else inner
    outside = parse(outer) if isinstance(outer, str) else outer
    # A bound that nobody knows cannot be shown to lie outside.
    return all(
        (outside.earliest is None or outside.earliest <= bound) and (outside.latest is None or bound <= outside.latest)
        for bound in (inside.earliest, inside.latest)
        if bound is not None
    )


# In words


@lru_cache(maxsize=4096)
def times_in_words(start_time: str | None, end_time: str | None) -> str:
    """Start and end of an event in words: "09:00–09:25", "09:00", "until 09:25"; what is no time stands as it is."""
    ends = [plain(time or "") for time in (start_time, end_time)]
    start, end = (time[:5] if clock_minute(time) is not None else time for time in ends)
    if not start:
        return f"until {end}" if end else ""
    return f"{start}–{end}" if end else start


def when_in_words(
    date: str | None,
    start_time: str | None,
    basis: str | None = None,
    *,
    short: bool = False,
    end_time: str | None = None,
) -> str:
    """Date and time of an event: "20 June 2018, 09:00"; the time alone, or nothing, where it has no date of its own.

    Args:
        date: Its own date, EDTF.
        start_time: When it begins, ``HH:MM``.
        basis: ``inferred`` adds that the date is.
        short: As for :func:`date_in_words`.
        end_time: When it ends, ``HH:MM``.
    """
    time = times_in_words(start_time, end_time)
    if not date:
        return time
    words = date_in_words(date, short=short)
    # A date with a time has said it already.
    line = f"{words}, {time}" if time and "T" not in date else words
    return mark_basis(line, basis)


def day_in_words(number: int) -> str:
    """The day of a number in words."""
    year, month, day = calendar_day(number)
    return f"{day} {MONTHS[month]} {year_in_words(year)}"


@lru_cache(maxsize=4096)
def date_in_words(text: str | None, basis: str | None = None, *, short: bool = False) -> str:
    """A date in words: "20 June 2018", "about 2018", "June 2018?", "2018 to 2020", "until 2018", "2010s", "undated".

    ``basis`` "inferred" adds that it is; ``short`` cuts months to three letters and leaves out how a clock differs from
    UTC. Text that is not EDTF comes back as it stands, made harmless.
    """
    if not text:
        return "undated"
    try:
        whole = parse(text)
    except EdtfError:
        return plain(text)
    line = _interval_in_words(text, short) if whole.precision == "interval" else _in_words(text, short)
    return mark_basis(line, basis)


def _in_words(text: str, short: bool) -> str:
    """One valid date in words, with its qualifier."""
    mark = text[-1] if text[-1] in "?~%" else ""
    about = "about " if mark in ("~", "%") else ""
    doubt = "?" if mark in ("?", "%") else ""
    return f"{about}{_days_in_words(text.rstrip('?~%'), short)}{doubt}"


def _days_in_words(text: str, short: bool) -> str:
    """One valid date without a qualifier in words."""
    if match := re.fullmatch(_LONG_YEAR, text):
        return year_in_words(int(match[1]) * 10 ** int(match[2] or 0))
    days, _, time = text.partition("T")
    year, month, day = (*days.removeprefix("-").split("-"), "", "")[:3]
    year = f"-{year}" if days.startswith("-") else year
    if year.endswith("X"):
        return _unspecified_in_words(year)
    if "XX" in (month, day) and not short:
        rest = _days_in_words(days.replace("-XX", ""), short)
        return f"{rest}, {'month' if day == '' else 'day'} not known"
    if month in ("", "XX"):
        return _year(year)
    if int(month) in _PARTS_OF_YEAR:
        return _part_in_words(int(month), _year(year))
    name = MONTHS[int(month)][: 3 if short else None]
    if day in ("", "XX"):
        return f"{name} {_year(year)}"
    date_only = f"{int(day)} {name} {_year(year)}"
    if not time:
        return date_only
    zone = "" if short else time[8:]
    return f"{date_only}, {time[:5]}" + (f" UTC{zone.removeprefix('Z')}" if zone else "")


def _year(text: str) -> str:
    """A year of four digits in words; one after Christ as it is written."""
    year = int(text)
    return text if year > 0 else year_in_words(year)


def _unspecified_in_words(year: str) -> str:
    """A year with unspecified digits in words."""
    low, high = year.replace("X", "0"), year.replace("X", "9")
    if year.startswith("-"):
        return f"between {1 - int(high)} and {1 - int(low)} BC"
    return f"between {low} and {high}" if year.endswith("XX") else f"{low}s"


def _part_in_words(number: int, year: str) -> str:
    """A season, quarter, third or half of a year in words."""
    if number <= 32:
        hemisphere = ("", "northern ", "southern ")[(number - 21) // 4]
        return f"{hemisphere}{_SEASONS[(number - 21) % 4]} {year}"
    start, months = _PARTS_OF_YEAR[number]
    return f"{_ORDER[start // months]} {_LENGTHS[months]} of {year}"


def _interval_in_words(text: str, short: bool) -> str:
    """A valid interval in words."""
    start, _, end = text.partition("/")
    if start in ("", ".."):
        return f"until {_in_words(end, short)}" + ("" if start else ", start not known")
    if end in ("", ".."):
        return f"from {_in_words(start, short)}" + ("" if end else ", end not known")
    first, last = _in_words(start, short), _in_words(end, short)
    unqualified = re.compile(r"-?[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
    if unqualified.fullmatch(start) and unqualified.fullmatch(end) and len(start) == len(end) and first != last:
        # "20 to 22 June 2018", "June to August 2018": what both ends share is said once.
        head, tail = first.split(), last.split()
        while head and head[-1] == tail[-1]:
            head.pop()
            tail.pop()
        first = " ".join(head)
    return f"{first} to {last}" if first != last else first

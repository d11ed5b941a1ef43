"""Dates as exactly as they are known: EDTF (ISO 8601-2) level 0 and the part of level 1 that events need.

A day, month or year (``2018-06-20``, ``2018-06``, ``2018``), a day with a time (``2018-06-20T09:00:00+08:00``),
unspecified digits (``201X``, ``20XX``, ``2018-XX``, ``2018-06-XX``, ``2018-XX-XX``), seasons (``2018-21`` spring to
``2018-24`` winter), each but the time with ``?`` uncertain, ``~`` approximate or ``%`` both; and intervals of two of
them, an end of which may be open (``..``) or unknown (empty). Years run from 0001 to 9999, proleptic Gregorian.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from convenings.domain.text import plain

Precision = Literal["day", "month", "season", "year", "decade", "century", "interval"]


class EdtfError(ValueError):
    """Text that is not a date we read; the message says what is wrong and gives a right example."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as written, with the days it may cover."""

    text: str
    """Exactly as written."""
    earliest: int | None
    """First day it can be, as ``datetime.date.toordinal`` counts; None where the start is open or unknown."""
    latest: int | None
    """Last day it can be, included; None where the end is open or unknown."""
    precision: Precision
    uncertain: bool
    """Marked ``?`` or ``%``; of an interval, either end."""
    approximate: bool
    """Marked ``~`` or ``%``; of an interval, either end."""


_MONTHS = (
    "", "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_FIRST_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}

_DATE = r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)"
_TIMED = (
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T((?:[01][0-9]|2[0-3]):[0-5][0-9]):[0-5][0-9]"
    r"(Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
)
_EXAMPLE = "write a date like 2018-06-20, 2018-06, 2018, 2018~ or 2018/2020"

# Ways of writing a date that are close to EDTF, each with what to say; the first that fits is said.
_NEAR_MISSES = (
    (r"\s.*|.*\s", "it begins or ends with a space", "write 2018-06-20"),
    (
        r"[+-].*|Y[+-]?[0-9].*",
        "years before 0001 and after 9999 are not read",
        "write four digits, as in 2018",
    ),
    (r"[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?", "month and day have two digits", "write 2018-06-09"),
    (r"[0-9]{8}", "the hyphens are missing", "write 2018-06-20"),
    (r"[0-9]{1,3}", "a year has four digits", "write 2018, or 0987"),
    (r"[0-9]+[./][0-9]+[./][0-9]+", "day, month and year stand in another order", "write 2018-06-20"),
    (r"[0-9]{2,4}[xXuU-]+", "unspecified digits are a capital X", "write 201X, 2018-XX or 2018-06-XX"),
    (r".*[0-9]T.*", "the time is not one", "write 2018-06-20T09:00:00+08:00"),
    (r".*[0-9Xx][?~%]+.", "a qualifier stands once, at the end", "write 2018-06? or 2018~"),
    (r"[^\W\d_]{3,}.*|.*\s.*", "words are not read", "write 2018-06-20 for a day, 2018-06 for a month"),
)


@lru_cache(maxsize=16384)
def parse(text: str) -> Edtf:
    """Read a date.

    Seasons are taken as the northern ones of whole months (spring is March to May, winter December to February of the
    next year); a time keeps the day it is written with.

    Raises :class:`EdtfError` for anything else than the forms this module names, and for days that no calendar has.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _single(text, text)
    if "/" in end:
        raise _error(text, "a slash stands only between the two ends of an interval", "write 2018-06-20, or 2018/2020")
    if start in ("", "..") and end in ("", ".."):
        raise _error(text, "an interval needs at least one end", "write 2018/.., ../2018 or 2018/2020")
    first = None if start in ("", "..") else _single(start, text)
    last = None if end in ("", "..") else _single(end, text)
    if "T" in text:
        raise _error(text, "an interval has no times", "write 2018-06-20/2018-06-22")
    earliest = first.earliest if first else None
    latest = last.latest if last else None
    if earliest is not None and latest is not None and earliest > latest:
        raise _error(text, "the interval ends before it starts", "write the earlier date first, as in 2018/2020")
    ends = [each for each in (first, last) if each]
    return Edtf(
        text, earliest, latest, "interval", any(each.uncertain for each in ends), any(each.approximate for each in ends)
    )


def _single(part: str, whole: str) -> Edtf:
    """One date, or one end of the interval ``whole``."""
    timed = re.fullmatch(_TIMED, part)
    match = re.fullmatch(_DATE, timed[1] if timed else part)
    if match is None:
        raise _near_miss(part, whole)
    year, month, day, mark = match.groups()
    uncertain, approximate = mark in ("?", "%"), mark in ("~", "%")
    if "X" in year:
        if month:
            raise _error(whole, "a month cannot follow a year with unspecified digits", "write 201X, or 2018-06")
        # No year 0, so that 00XX begins with the year 1.
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        span: Precision = "century" if year.endswith("XX") else "decade"
        return Edtf(
            part, date(max(low, 1), 1, 1).toordinal(), date(high, 12, 31).toordinal(), span, uncertain, approximate
        )
    if year == "0000":
        raise _error(whole, "there is no year 0000", "write a year from 0001 to 9999, as in 2018")
    earliest, latest, precision = _days(int(year), month, day, whole)
    return Edtf(part, earliest, latest, precision, uncertain, approximate)


def _days(year: int, month: str | None, day: str | None, whole: str) -> tuple[int, int, Precision]:
    """First and last day of a year, season, month or day."""
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise _error(whole, "a day cannot follow an unspecified month", "write 2018-XX-XX, or 2018-06-20")
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), "year"
    number = int(month)
    if number in _SEASONS:
        if day is not None:
            raise _error(whole, "a season has no day", "write 2018-21 for spring, or 2018-06-20")
        first = date(year, _FIRST_MONTHS[number], 1).toordinal()
        # Winter is the one season that ends in the next year.
        if number < 24:
            return first, _month_end(year, _FIRST_MONTHS[number] + 2), "season"
        return first, _month_end(year + 1, 2) if year < 9999 else date.max.toordinal(), "season"
    if not 1 <= number <= 12:
        raise _error(whole, f"there is no month {month}", "write 01 to 12, as in 2018-06, or 21 to 24 for a season")
    if day is None or day == "XX":
        return date(year, number, 1).toordinal(), _month_end(year, number), "month"
    if not 1 <= int(day) <= monthrange(year, number)[1]:
        raise _error(
            whole, f"{_MONTHS[number]} {year:04} has no day {day}", "write a day of the calendar, as in 2018-06-20"
        )
    ordinal = date(year, number, int(day)).toordinal()
    return ordinal, ordinal, "day"


def _month_end(year: int, month: int) -> int:
    """Last day of a month, as an ordinal."""
    return date(year, month, monthrange(year, month)[1]).toordinal()


def _near_miss(part: str, whole: str) -> EdtfError:
    """What to say of text that has none of the forms."""
    if not part.isascii() and any(char.isdigit() and not char.isascii() for char in part):
        return _error(whole, "its digits are not 0 to 9", "write 2018-06-20")
    for pattern, what, hint in _NEAR_MISSES:
        if re.fullmatch(pattern, part):
            return _error(whole, what, hint)
    return _error(whole, "it has no form that is read", _EXAMPLE)


def _error(text: str, what: str, hint: str) -> EdtfError:
    """The error that quotes a text, says what is wrong with it, and how to write it."""
    quote = plain(text if len(text) <= 40 else text[:39] + "…")
    return EdtfError(
        f'"{quote}" is not an EDTF date: {what}; {hint}' if text else f"an EDTF date is missing; {_EXAMPLE}"
    )


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


@lru_cache(maxsize=4096)
def date_in_words(text: str | None, basis: str | None = None, *, short: bool = False) -> str:
    """A date in words: "20 June 2018", "about 2018", "June 2018?", "2018 to 2020", "until 2018", "2010s", "undated".

    ``basis`` "inferred" adds that it is; ``short`` cuts months to three letters and leaves times out. Text that is not
    EDTF comes back as it stands, made harmless.
    """
    if not text:
        return "undated"
    try:
        whole = parse(text)
    except EdtfError:
        return plain(text)
    line = _interval_in_words(text, short) if whole.precision == "interval" else _in_words(text, short)
    return f"{line} (inferred)" if basis == "inferred" else line


def _in_words(text: str, short: bool) -> str:
    """One valid date in words, with its qualifier."""
    mark = text[-1] if text[-1] in "?~%" else ""
    about = "about " if mark in ("~", "%") else ""
    doubt = "?" if mark in ("?", "%") else ""
    return f"{about}{_days_in_words(text.rstrip('?~%'), short)}{doubt}"


def _days_in_words(text: str, short: bool) -> str:
    """One valid date without a qualifier in words."""
    days, _, time = text.partition("T")
    year, month, day = (*days.split("-"), "", "")[:3]
    if year.endswith("XX"):
        return f"between {year[:2]}00 and {year[:2]}99"
    if year.endswith("X"):
        return f"{year[:3]}0s"
    if "XX" in (month, day) and not short:
        rest = _days_in_words(days.replace("-XX", ""), short)
        return f"{rest}, {'month' if day == '' else 'day'} not known"
    if month in ("", "XX"):
        return year
    if int(month) in _SEASONS:
        return f"{_SEASONS[int(month)]} {year}"
    name = _MONTHS[int(month)][: 3 if short else None]
    if day in ("", "XX"):
        return f"{name} {year}"
    date_only = f"{int(day)} {name} {year}"
    if not time or short:
        return date_only
    zone = time[8:]
    return f"{date_only}, {time[:5]}" + (f" UTC{zone.removeprefix('Z')}" if zone else "")


def _interval_in_words(text: str, short: bool) -> str:
    """A valid interval in words."""
    start, _, end = text.partition("/")
    if start in ("", ".."):
        return f"until {_in_words(end, short)}" + ("" if start else ", start not known")
    if end in ("", ".."):
        return f"from {_in_words(start, short)}" + ("" if end else ", end not known")
    first, last = _in_words(start, short), _in_words(end, short)
    unqualified = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
    if unqualified.fullmatch(start) and unqualified.fullmatch(end) and len(start) == len(end) and first != last:
        # "20 to 22 June 2018", "June to August 2018": what both ends share is said once.
        head, tail = first.split(), last.split()
        while head and head[-1] == tail[-1]:
            head.pop()
            tail.pop()
        first = " ".join(head)
    return f"{first} to {last}" if first != last else first

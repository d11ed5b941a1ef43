"""Dates as people write them in a query: a year, a month by its name, a day."""

from __future__ import annotations

import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_ISO = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]+)\.?,? ([12]\d{3})")
_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? ([12]\d{3})")

MOST_WORDS = 3
"""Words that a date has at most: a day, a month and a year."""


def date_in(text: str) -> str:
    """The EDTF date that a text is, words one space apart; an empty string where it is none.

    Read are ``2020``, ``2020-05``, ``2020-05-04``, ``May 2020``, ``4 May 2020`` and ``May 4, 2020``; of a month at
    least three letters. Only years from 1000 to 2999: other numbers are seldom meant as years.
    """
    text = text.casefold()
    if _ISO.fullmatch(text):
        return text
    if match := _DAY_FIRST.fullmatch(text):
        day, name, year = match.groups()
    elif match := _MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
    else:
        return ""
    month = _month(name)
    if not month or (day and not 1 <= int(day) <= 31):
        return ""
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


def _month(name: str) -> int:
    """Number of a month by three or more of its first letters; 0 where there is none."""
    if len(name) < 3 or name[:3] not in _MONTHS:
        return 0
    number = _MONTHS.index(name[:3])
    return number + 1 if _NAMES[number].startswith(name) or name == "sept" else 0

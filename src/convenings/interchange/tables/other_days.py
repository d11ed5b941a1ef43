"""Days that stand in a table otherwise than as day, month and year: weeks, months from and to, Chinese and Japanese."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from convenings.domain.text import fold

_WEEK = re.compile(
    r"(?:(?P<year>[12]\d{3})\s*[-/, ]?\s*(?:W|KW|week|woche|semaine|semana|vecka|uge)\s?\.?(?P<week>\d{1,2})"
    r"(?:-(?P<day>[1-7]))?|(?:W|CW|KW|week|woche|semaine|semana|vecka|uge)\s?\.?(?P<first>\d{1,2})\s*"
    r"(?:[-/,]|\bof\b|\bde\b)?\s*(?P<last>[12]\d{3}))",
    re.IGNORECASE,
)
_HAN_DAY = re.compile(
    r"(令和|平成|昭和|民国|民國)?\s*(\d{1,4}|元)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号號])?\s*"
    r"(?:[(（]?\s*(?:周|星期|礼拜)?[一二三四五六日天月火水木金土](?:曜日?)?\s*[)）]?)?\s*(.*)"
)
_ERAS = {"": 0, "令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911, "民國": 1911}
"""Chinese and Japanese counts of years to what is added to theirs."""
_MONTHS = re.compile(
    r"([^\W\d_]{3,10})\.?(?:\s+(\d{4}))?\s*(?:-|–|—|/|\bto\b|\bbis\b|\bau\b|\bà\b|\ba\b|\bthrough\b)\s*"
    r"([^\W\d_]{3,10})\.?\s+(?:de |of )?(\d{4})",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    r"(?:Q([1-4])\s*[-/, ]?\s*([12]\d{3})|([12]\d{3})\s*[-/, ]?\s*Q([1-4])"
    r"|([1-4])\.?\s?(?:quartal|trimestre)\s+(?:de )?([12]\d{3}))",
    re.IGNORECASE,
)


def week_of(text: str) -> tuple[str, str] | None:
    """A week by its number in its year (ISO 8601), or a day of it, as EDTF; and from what it was inferred.

    Raises:
        ValueError: the year has no such week.
    """
    match = _WEEK.fullmatch(text)
    if match is None:
        return None
    year, week = int(match["year"] or match["last"]), int(match["week"] or match["first"])
    try:
        first = datetime.date.fromisocalendar(year, week, int(match["day"] or 1))
    except ValueError as error:
        raise ValueError(f"the year {year} has no week {week}") from error
    if match["day"]:
        return first.isoformat(), ""
    return f"{first}/{first + datetime.timedelta(days=6)}", f"'{text}' is a week by its number"


def months_of(text: str, month_of_word: Mapping[str, int]) -> str | None:
    """Months from and to, or a quarter, as EDTF.

    Args:
        text: As written.
        month_of_word: Name of a month, folded, to its number.
    """
    if match := _QUARTER.fullmatch(text):
        quarter, year = match[1] or match[4] or match[5], match[2] or match[3] or match[6]
        return f"{year}-{int(quarter) * 3 - 2:02}/{year}-{int(quarter) * 3:02}"
    if match := _MONTHS.fullmatch(text):
        first, last = month_of_word.get(fold(match[1])), month_of_word.get(fold(match[3]))
        start = match[2] or match[4]
        if first and last and f"{start}-{first:02}" < f"{match[4]}-{last:02}":
            return f"{start}-{first:02}/{match[4]}-{last:02}"
    return None


def in_numbers(text: str) -> str | None:
    """A day, or month, of a Chinese or Japanese text as ISO 8601, with what stands behind it; None for other text."""
    match = _HAN_DAY.fullmatch(text)
    if match is None or not (match[1] or len(match[2]) == 4):
        return None
    year = (1 if match[2] == "元" else int(match[2])) + _ERAS[match[1] or ""]
    month = f"{year:04}-{int(match[3]):02}"
    return f"{month}-{int(match[4]):02} {match[5]}".strip() if match[4] else month

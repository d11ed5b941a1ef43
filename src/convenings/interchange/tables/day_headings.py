"""Days that stand as headings above rows and columns of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from convenings.domain.text import fold
from convenings.interchange.tables.days import MONTH_OF_WORD, WEEKDAY_OF_WORD, Dates, Day

_NUMBERED = re.compile(r"(?i)^(?:day|tag|jour|día|dia|jornada|giorno|dag)\s*\d+\s*[-–—:,|(]\s*")
"""What numbers a day before it is named."""


def days_across(cells: Sequence[str], year: int | None) -> dict[int, tuple[str, Day]]:
    """Column to the heading of a day above it and that day, of a row that has nothing but such headings.

    A heading stands above its column and those behind it, up to the next one. Empty where the row has anything else.

    Args:
        cells: Of the row; of merged cells the first alone.
        year: The one that stands above the table.
    """
    days: dict[int, tuple[str, Day]] = {}
    last: tuple[str, Day] | None = None
    for column, cell in enumerate(cells):
        text = " ".join(cell.split())
        if text and not (
            column == 0 and fold(text) in ("time", "start", "date", "day", "zeit", "heure", "hora", "tag")
        ):
            day = day_in(text, year)
            if day is None:
                return {}
            last = text, day
        if last is not None:
            days[column] = last
    return days if any(day.date or day.month_day or day.weekday is not None for _, day in days.values()) else {}


def day_in(text: str, year: int | None) -> Day | None:
    """The day that a heading names, in whatever words stand around it; None for one that names none."""
    # "Day 1 - 3 May" is no stretch of days.
    whole = " ".join(text.split())
    plain = _NUMBERED.sub("", whole) or whole
    try:
        day = (
            Dates(order="day-first").read(plain, year)
            if not re.search(r"\d[/-]\d", plain)
            else Dates().read(plain, year)
        )
    except ValueError:
        return None
    if day is not None:
        return day
    parts = re.findall(r"[^\W\d_]+|\d+", plain)
    month = next((MONTH_OF_WORD[fold(word)] for word in parts if fold(word) in MONTH_OF_WORD), None)
    weekday = next(
        (WEEKDAY_OF_WORD[fold(word)] for word in parts if len(word) > 2 and fold(word) in WEEKDAY_OF_WORD), None
    )
    years = [int(word) for word in parts if re.fullmatch(r"(?:19|20)\d\d", word)]
    if month is not None:
        # The number beside the name of the month is the day; another may number the days of the conference.
        at = next(number for number, word in enumerate(parts) if fold(word) in MONTH_OF_WORD)
        near = [*parts[at + 1 :], *reversed(parts[:at])] if at + 1 < len(parts) else list(reversed(parts[:at]))
        numbers = [int(word) for word in near if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31]
        behind = next((int(word) for word in parts[at + 1 : at + 4] if word.isdigit() and len(word) <= 2), None)
        number = behind or (numbers[0] if numbers else None)
        stated = years[0] if len(years) == 1 else year
        if number is None:
            return None
        if stated is None:
            return Day(month_day=(month, number), weekday=weekday)
        note = "" if years else f"the year {stated} stands elsewhere in the file"
        try:
            day = Dates().read(f"{stated:04}-{month:02}-{number:02}")
        except ValueError:
            return None
        return msgspec.structs.replace(day, inferred=note, weekday=weekday) if day else None
    is_day = weekday is not None or re.match(r"(?i)(day|tag|jour|día|dia)\s*\d+\b", whole)
    return Day(weekday=weekday, month_day=None) if is_day and len(parts) <= 6 else None

"""In which order the numbers of a column of dates stand, as all its cells settle it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from convenings.domain.errors import BadInput
from convenings.interchange.tables.days import LONGEST_DAY, NUMERIC, RANGE, TIMED, Dates, Order, without_weekday

ORDERS: tuple[Order, ...] = ("day-first", "month-first", "year-first")
SERIALS = ("excel", "excel-1904")
"""What ``--dates`` takes besides: days by their number in a spreadsheet, from 1900 or from 1904."""
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")


def dates_of(
    cells: Iterable[tuple[str, str]],
    column: str,
    chosen: str,
    file: str,
    *,
    is_1904: bool = False,
    serial: bool = False,
) -> Dates:
    """How a column of dates is read, as all its cells settle it.

    Args:
        cells: Place and text of the cells that are not empty; those that are alike need to be there once only.
        column: Its name.
        chosen: What the user said of it, one of ``ORDERS`` or ``SERIALS``; else empty.
        file: Name of the file, for messages.
        is_1904: Whether its workbook counts days from 1904.
        serial: Whether plain numbers are its cells, in a workbook.

    Raises:
        BadInput: it can be read in two orders, or in none.
    """
    if chosen and chosen not in (*ORDERS, *SERIALS):
        hint = f"write {', '.join(ORDERS)}, {SERIALS[0]} or {SERIALS[1]}"
        raise BadInput(f"'{chosen}' is no order of dates", file=file, place="--dates", hint=hint)
    midnights = times = 0
    first_over: dict[str, tuple[str, str]] = {}
    ambiguous: tuple[str, str] | None = None
    for place, text in cells:
        if len(text) > LONGEST_DAY:
            continue
        bare = without_weekday(" ".join(text.split()))[1]
        timed = TIMED.fullmatch(bare)
        if timed and NUMERIC.match(timed[1]):
            times += 1
            midnights += bool(
                re.fullmatch(r"0{1,2}[:.]00(?:[:.]00(?:\.0+)?)?|12:00(?::00)?\s*am", timed[2], re.IGNORECASE)
            )
            bare = timed[1].rstrip("T, ")
        elif re.fullmatch(r"\d{8}T000000Z?", bare):
            times, midnights = times + 1, midnights + 1
        elif re.fullmatch(r"\d{8}T\d+Z?", bare):
            times += 1
        for part in RANGE.split(bare):
            match = NUMERIC.fullmatch(part.strip())
            if match is None or len(match[1]) > 2 or len(match[4]) not in (2, 4):
                continue
            first, second = int(match[1]), int(match[3])
            if first > 31 and len(match[4]) == 2:
                first_over.setdefault("year-first", (place, text))
            elif first > 12 and second <= 12:
                first_over.setdefault("day-first", (place, text))
            elif second > 12 and first <= 12:
                first_over.setdefault("month-first", (place, text))
            elif first != second and match[2] != ".":
                ambiguous = ambiguous or (place, text)
            elif first != second:
                first_over.setdefault("point", (place, text))
    no_times = times > 0 and times == midnights
    serials: Literal["", "excel", "excel-1904"] = ""
    if serial or chosen in SERIALS:
        is_later = chosen == "excel-1904" or (is_1904 and chosen != "excel")
        serials = "excel-1904" if is_later else "excel"
    if chosen in ORDERS:
        return Dates(order=next(order for order in ORDERS if order == chosen), no_times=no_times, serials=serials)
    settled = [order for order in ORDERS if order in first_over]
    hint = "say with --dates day-first or --dates month-first which it is"
    if len(settled) > 1:
        (one, a), (other, b) = first_over[settled[0]], first_over[settled[1]]
        what = f"'{a}' ({one}) has the day {_where(settled[0])}, and '{b}' ({other}) {_where(settled[1])}"
        raise BadInput(what, file=file, place=f"column {column}", hint=f"write them alike, or {hint}")
    order = settled[0] if settled else _order_in_name(column) or ("day-first" if "point" in first_over else None)
    if ambiguous and order is None:
        place, text = ambiguous
        what = f"'{text}' ({place}) can be read with the day or the month first, and no cell of the column says which"
        raise BadInput(what, file=file, place=f"column {column}", hint=hint)
    return Dates(order=order, no_times=no_times, serials=serials)


def is_serial(text: str) -> bool:
    """Whether a text is a number by which a spreadsheet knows a day between 1938 and 2119."""
    return bool(_SERIAL.fullmatch(text)) and 14_000 < float(text) < 80_000


def _where(order: Order) -> str:
    return {"day-first": "first", "month-first": "second", "year-first": "last"}[order]


def _order_in_name(column: str) -> Order | None:
    """The order that the name of a column states: ``Date (DD/MM/YYYY)``."""
    match = re.search(r"\b(d|t|m|y|j)\1*[/.\-\s](?:dd?|tt?|mm?)\b", column.casefold())
    if match is None:
        return None
    return "month-first" if match[1] == "m" else "day-first" if match[1] in "dt" else "year-first"

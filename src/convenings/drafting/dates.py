"""Dates in a text, as EDTF with their places; what the text does not say stays out: no year, no day is made up."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

import msgspec

from convenings.drafting.value import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier enero januar janeiro gennaio",
            "february feb février fevrier febrero februar fevereiro febbraio",
            "march mar mars marzo märz março",
            "april apr avril abril aprile",
            "may mai mayo maio maggio",
            "june jun juin junio juni junho giugno",
            "july jul juillet julio juli julho luglio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre setembro settembre",
            "october oct octobre octubre oktober outubro ottobre",
            "november nov novembre noviembre novembro",
            "december dec décembre decembre diciembre dezember dezembro dicembre",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?<![\d.])([0-3]?\d)(?:\s?(?:st|nd|rd|th|er|º|\.)(?![a-z0-9]))?"
_YEAR = r"(?:\s*,?\s*(?:of\s+|de\s+|del\s+)?((?:19|20)\d\d)(?!\d))?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s*,?\s*)?"
_TO = rf"\s*(?:-|–|—|to|until|and|&|through|au|al|bis|y|et|e)\s*(?:the\s+)?{_WEEKDAY}"
_OF = r"\s*(?:of\s+|de\s+|,\s*)?"
_DATES = re.compile(
    rf"(?:{_DAY}{_TO}{_DAY}{_OF}(?P<m1>{_MONTH})\b\.?{_YEAR})"
    rf"|(?:{_DAY}{_OF}(?P<m2a>{_MONTH})\b\.?{_YEAR}{_TO}{_DAY}{_OF}(?P<m2b>{_MONTH})\b\.?{_YEAR})"
    rf"|(?:{_DAY}{_OF}(?P<m3>{_MONTH})\b\.?{_YEAR})"
    rf"|(?:\b(?P<m4>{_MONTH})\b\.?\s*{_DAY}{_TO}(?P<m4b>(?:{_MONTH})\b\.?\s*)?{_DAY}(?!\d){_YEAR})"
    rf"|(?:\b(?P<m5>{_MONTH})\b\.?\s*(?:the\s+)?{_DAY}(?!\d){_YEAR})"
    rf"|(?:\b(?P<m6>{_MONTH})\b\.?\s*,?\s*(?:of\s+|de\s+)?(?P<y6>(?:19|20)\d\d)(?!\d))"
    r"|(?P<iso>(?<![\d-])(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![\d-]))"
    # Dots part day, month and year in this order; slashes leave it open unless the number of a day is above twelve.
    r"|(?P<dmy>(?<![\d.])(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.\s?(?:19|20)\d\d(?![\d.]*\d)"
    r"|(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\d/]))"
    r"|(?P<han>(?:(?P<hy>(?:19|20)\d\d)\s*年\s*)?(?P<hm>1[0-2]|0?[1-9])\s*月\s*(?P<hd>[0-3]?\d)\s*[日号]?"
    r"(?:\s*(?:至|到|-|–|—|~|～|、)\s*(?:(?P<hm2>1[0-2]|0?[1-9])\s*月\s*)?(?P<hd2>[0-3]?\d)\s*[日号])?)"
    r"|(?P<hanm>(?P<hmy>(?:19|20)\d\d)\s*年\s*(?P<hmm>1[0-2]|0?[1-9])\s*月)",
    re.I,
)

_DIGIT = re.compile(r"\d")
"""What every date has, which is quick to look for."""


class DateSpan(msgspec.Struct, frozen=True):
    """A date in a text."""

    edtf: str
    """With ``XXXX`` where no year stands there."""
    span: Span


def dates_in(whole: str, start: int, end: int) -> Iterator[DateSpan]:
    """Every date of a stretch, in order; linear, as each starts at a number or the name of a month."""
    if not _DIGIT.search(whole, start, end):
        return
    for match in _DATES.finditer(whole, start, end):
        edtf = _edtf(match)
        if edtf:
            yield DateSpan(edtf, _trimmed(whole, match))


def _trimmed(whole: str, match: re.Match[str]) -> Span:
    text = match[0].rstrip(" ,\n")
    return match.start(), match.start() + len(text)


def _edtf(match: re.Match[str]) -> str:
    groups = match.groupdict()
    numbers = [value for value in match.groups() if value and value.isdigit()]
    days = [int(value) for value in numbers if len(value) <= 2]
    years = [value for value in numbers if len(value) == 4]
    if groups["iso"]:
        year, month, day = re.split(r"[-/.]", groups["iso"])
        return _day(year, int(month), int(day))
    if groups["dmy"]:
        number, month, year = re.split(r"[./]\s?", groups["dmy"])
        return _day(year, int(month), int(number))
    if groups["han"]:
        year = groups["hy"] or "XXXX"
        first = _day(year, int(groups["hm"]), int(groups["hd"]))
        if groups["hd2"]:
            return _interval(first, _day(year, int(groups["hm2"] or groups["hm"]), int(groups["hd2"])))
        return first
    if groups["hanm"]:
        return f"{groups['hmy']}-{int(groups['hmm']):02}"
    if groups["m6"]:
        return f"{groups['y6']}-{_number(groups['m6']):02}"
    year = years[-1] if years else "XXXX"
    if groups["m2a"]:
        first = _day(years[0] if len(years) > 1 else year, _number(groups["m2a"]), days[0])
        return _interval(first, _day(year, _number(groups["m2b"]), days[1]))
    month = _number(groups["m1"] or groups["m3"] or groups["m4"] or groups["m5"])
    last_month = _number(groups["m4b"].strip(" .\n")) if groups["m4b"] else month
    first = _day(year, month, days[0])
    return _interval(first, _day(year, last_month, days[1])) if len(days) > 1 else first


def _number(name: str) -> int:
    return _MONTHS[name.casefold()]


def _day(year: str, month: int, day: int) -> str:
    # Of a year that is not stated, February may have 29 days.
    longest = monthrange(2000 if year == "XXXX" else int(year), month)[1]
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= longest else ""


def _interval(first: str, last: str) -> str:
    return f"{first}/{last}" if first and last and first < last else ""

"""When an event begins and ends, by the clock at its place, and how far that clock is ahead of UTC."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from convenings.domain.dates import Edtf, EdtfError, clock_minute, date_in_words, parse
from convenings.domain.days import calendar_day


def status_in_words(status: str | None, moved_from: str | None, *, short: bool = False) -> str:
    """What has become of an event that is not simply held: "cancelled", "moved from 5 May 2021", or nothing."""
    moved = f"moved from {date_in_words(moved_from, short=short)}" if moved_from else ""
    if status == "moved":
        return moved or status
    return ", ".join(filter(None, (status, moved)))


def start_and_end(date: str | None, start_time: str | None, end_time: str | None) -> tuple[str | None, str | None]:
    """Start and end of an event as ISO 8601 has them, no more exact than they are known; None for what is not.

    ``2021-02-06T14:00`` where day and time are known, else the date alone, or ``T14:00`` the time alone. The end of an
    event of one day whose time of beginning alone is known is not known.

    Args:
        date: Its date, EDTF.
        start_time: ``HH:MM``, on the first day of the date.
        end_time: ``HH:MM``, on the last day; on the day after where it is not after the start of an event of one day.
    """
    edtf = _parsed(date)
    if edtf is None:
        return _time_alone(start_time), _time_alone(end_time)
    first, last = _bounds(edtf)
    begin, end = clock_minute(start_time), clock_minute(end_time)
    if edtf.minute is not None:
        first, begin = _day(edtf.earliest), edtf.minute
        last = first
    is_one_day = edtf.earliest is not None and edtf.earliest == edtf.latest
    start = _timed(first, begin)
    if end is None:
        return start, None if is_one_day and begin is not None else last
    if is_one_day and begin is not None and end <= begin:
        last = _day(edtf.latest, 1)
    return start, _timed(last, end)


def _time_alone(time: str | None) -> str | None:
    return f"T{time}" if clock_minute(time) is not None else None


def _bounds(edtf: Edtf) -> tuple[str | None, str | None]:
    """Both ends of a date, as they are written."""
    if edtf.precision != "interval":
        return edtf.text, edtf.text
    first, _, last = edtf.text.partition("/")
    return (None if first in ("", "..") else first), (None if last in ("", "..") else last)


def _timed(date: str | None, minute: int | None) -> str | None:
    """A day with a time; a date that is no day stays without."""
    edtf = _parsed(date)
    if minute is None or edtf is None or edtf.precision != "day" or edtf.uncertain or edtf.approximate:
        return date
    return f"{_day(edtf.earliest)}T{minute // 60:02}:{minute % 60:02}"


def _day(number: int | None, later: int = 0) -> str | None:
    if number is None:
        return None
    year, month, day = calendar_day(number + later)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def _parsed(date: str | None) -> Edtf | None:
    try:
        return parse(date) if date else None
    except EdtfError:
        return None


@lru_cache(maxsize=4096)
def utc_offset(zone: str, day: int, minute: int) -> int | None:
    """Minutes by which the clock of a zone is ahead of UTC at a time of a day; None where nobody can say.

    Args:
        zone: IANA name, or an offset as ``+01:00``.
        day: As :mod:`~convenings.domain.days` numbers them.
        minute: Of the day, by that clock; of a time that comes twice as summer ends, the first.
    """
    if zone[:1] in ("+", "-"):
        minutes = (clock_minute(zone[1:]) or 0) * (-1 if zone[0] == "-" else 1)
        return minutes if clock_minute(zone[1:]) is not None else None
    # Few datasets have zones, and their tables take a while.
    from zoneinfo import ZoneInfo

    try:
        moment = datetime.combine(datetime.fromordinal(day), datetime.min.time(), ZoneInfo(zone))
        offset = (moment + timedelta(minutes=minute)).utcoffset()
    except (ValueError, OverflowError, OSError, LookupError):
        return None
    return None if offset is None else int(offset.total_seconds() // 60)

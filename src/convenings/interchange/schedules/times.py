"""When a session is, by the clock at its place, of all that a schedule says about it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cache

import msgspec

DAY = 1440
"""Minutes."""
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?(?=$|\s)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d\d)(?::\d\d(?:\.\d+)?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,3}):(\d\d)(?::\d\d)?")
_DAYS_AND_LENGTH = re.compile(r"(\d{1,2})(?:\s*days?,?\s*|:)(\d{1,2}):(\d\d)(?::\d\d)?")
_ISO_LENGTH = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d+(?:\.\d+)?S)?)?", re.IGNORECASE)
_LENGTH_IN_WORDS = re.compile(
    r"(?:(\d{1,3})\s*h(?:ours?|rs?|)?)?\s*(?:(\d{1,4})\s*(?:m|mins?|minutes?|'|)?)?", re.IGNORECASE
)
_SMALL_HOURS = 6 * 60


class Moment(msgspec.Struct, frozen=True, gc=False):
    """A day, or a time of it."""

    day: date
    minute: int | None = None
    """Of the day; absent where only the day is said."""
    offset: int | None = None
    """Minutes that the clock is before UTC; absent where that is not said."""


class Stated(msgspec.Struct, kw_only=True, gc=False):
    """What a schedule says about when a session is; empty where it says nothing."""

    day: str = ""
    """Date of the conference day under which it stands."""
    day_start: str = ""
    day_end: str = ""
    date: str = ""
    start: str = ""
    end: str = ""
    duration: str = ""
    day_change: str = ""
    """Clock before which a session belongs to the day before."""
    previous: int | None = None
    """Minute at which the session listed before it, in its room and day, starts."""


class When(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """When a session is."""

    day: date | None = None
    last_day: date | None = None
    start: int | None = None
    """Minute of the day."""
    end: int | None = None
    offset: int | None = None
    """Of its own clock, minutes before UTC, where its date says so."""
    day_from: str = ""
    """From what the day was inferred; empty where it is stated."""
    conflict: str = ""
    """What of the file disagrees, and was passed over: ``zone`` (the date is by another clock than the local start),
    ``start`` (another time), ``end``; or what could not be read: ``date``, ``time``, ``duration``."""

    @property
    def date(self) -> str | None:
        """EDTF."""
        if self.day is None:
            return None
        last = self.last_day
        return self.day.isoformat() if last is None or last == self.day else f"{self.day}/{last}"


def moment(text: str) -> Moment | None:
    """A day, or day and time, of ISO 8601; None where the text is none."""
    match = _MOMENT.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, zone = match.groups()
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if hour is None:
        return Moment(on)
    if int(hour) > 23 or int(minute) > 59:
        return None
    return Moment(on, int(hour) * 60 + int(minute), offset_of(zone) if zone else None)


def offset_of(zone: str) -> int | None:
    """Minutes of ``+05:30``, ``-0300`` or ``Z``."""
    if zone in ("Z", "z"):
        return 0
    digits = zone[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return (-minutes if zone[0] == "-" else minutes) if minutes <= 14 * 60 else None


def offset_text(offset: int) -> str:
    """``+05:30`` of minutes."""
    hours, minutes = divmod(abs(offset), 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


def clock(text: str) -> int | None:
    """Minutes after midnight of ``9:30``, ``09:30:00`` or ``9:30 pm``; up to 47:59, where a day is counted on."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return hour * 60 + minute if hour < 48 and minute < 60 else None


def clock_text(minute: int) -> str:
    """``09:30`` of minutes after midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def length(text: str) -> int | None:
    """Minutes of a duration: ``1:30``, ``00:50:00``, ``90``, ``45 min``, ``1h30``, ``PT1H30M``; else None."""
    text = text.strip()
    if match := _LENGTH.fullmatch(text):
        return int(match[1]) * 60 + int(match[2])
    if text[:1] in "Pp" and (match := _ISO_LENGTH.fullmatch(text)) and any(match.groups()):
        days, hours, minutes = (int(group or 0) for group in match.groups())
        return days * DAY + hours * 60 + minutes
    if match := _DAYS_AND_LENGTH.fullmatch(text):
        return int(match[1]) * DAY + int(match[2]) * 60 + int(match[3])
    if re.fullmatch(r"\d{1,4}\.0+", text):
        return int(text.partition(".")[0])
    match = _LENGTH_IN_WORDS.fullmatch(text)
    return int(match[1] or 0) * 60 + int(match[2] or 0) if match and any(match.groups()) else None


@cache
def zone_of(name: str) -> tzinfo | None:
    """The rules of a zone by its IANA name or offset; None where it is unknown."""
    if re.fullmatch(r"[+-]\d\d:?\d\d", name):
        offset = offset_of(name)
        return None if offset is None else timezone(timedelta(minutes=offset))
    from zoneinfo import ZoneInfo  # needed only for a schedule that names one

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def offset_in(zone: tzinfo, day: date, minute: int) -> int | None:
    """Minutes before UTC of a zone's clock when it shows a time."""
    try:
        away = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone).utcoffset()
    except OverflowError:
        return None
    return None if away is None else int(away.total_seconds() // 60)


def when(stated: Stated, zone: tzinfo | None) -> When:
    """When a session is: the local start wins over every other clock, and the end stands on the start's clock.

    Args:
        stated: what the file says.
        zone: that of the conference.
    """
    conflict = day_from = ""
    at = moment(stated.date) or moment(stated.start)
    if stated.date and at is None:
        conflict = "date"
    start = clock(stated.start)
    if start is None and (by_start := moment(stated.start)) is not None:
        at, start = by_start, by_start.minute
    elif start is None and stated.start:
        conflict = conflict or "time"
    offset: int | None = None
    if at is not None and at.minute is not None:
        local = _by_zone(at, zone)
        start = None if start is None else start % DAY
        if start is None or start == at.minute:
            day, start, offset = at.day, at.minute, at.offset
        elif local is not None and local.minute == start:
            day, conflict = local.day, "zone"
        else:
            base = local or at
            day = _nearest_day(base, start)
            conflict = "zone" if at.offset == 0 and zone is None and (start - at.minute) % 15 == 0 else "start"
    else:
        of_conference = moment(stated.day)
        listed = at or of_conference
        if listed is None:
            return When(start=None if start is None else start % DAY, conflict=conflict)
        day = listed.day
        if start is not None:
            if start >= DAY:
                day, start = _later(day, 1), start - DAY
            # A date of its own that is not that of the day under which it stands is the calendar's.
            elif of_conference is None or day == of_conference.day:
                day_from = _after_midnight(stated, start)
                day = _later(day, 1) if day_from else day
    end, end_conflict = _minutes(stated, day, start, offset, zone)
    last_day = None
    if start is not None and end is not None:
        # A time of day says no more than that it is within a day of the start.
        last_day, end = (_later(day, (start + end) // DAY) if end >= DAY else None), (start + end) % DAY
    return When(
        day=day,
        last_day=last_day,
        start=start,
        end=end,
        offset=offset,
        day_from=day_from,
        conflict=conflict or end_conflict,
    )


def _by_zone(at: Moment, zone: tzinfo | None) -> Moment | None:
    """A moment by the clock of a zone."""
    if zone is None or at.offset is None or at.minute is None:
        return None
    try:
        there = datetime(
            at.day.year, at.day.month, at.day.day, at.minute // 60, at.minute % 60,
            tzinfo=timezone(timedelta(minutes=at.offset)),
        ).astimezone(zone)  # fmt: skip
    except OverflowError:
        return None
    return Moment(there.date(), there.hour * 60 + there.minute)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _nearest_day(at: Moment, start: int) -> date:
    """The day on which a clock time is nearest to a moment."""
    away = start - (at.minute or 0)
    return _later(at.day, -1 if away > DAY // 2 else 1 if away < -DAY // 2 else 0)


def _after_midnight(stated: Stated, start: int) -> str:
    """Why a session is on the calendar day after the day under which it stands; empty where it is not."""
    change = clock(stated.day_change)
    if change:
        return f"it starts before the day's change at {clock_text(change % DAY)}" if start < change else ""
    first, last = moment(stated.day_start), moment(stated.day_end)
    if first and last and first.minute is not None and last.minute is not None:
        if first.offset == last.offset and last.day > first.day and start < first.minute and start <= last.minute:
            return f"the day lasts until {clock_text(last.minute)} of the next"
        return ""
    if change is None and stated.previous is not None and start < _SMALL_HOURS < stated.previous:
        return f"it is listed after a session at {clock_text(stated.previous)} of that day"
    return ""


def _minutes(
    stated: Stated, day: date, start: int | None, offset: int | None, zone: tzinfo | None
) -> tuple[int | None, str]:
    """How long a session lasts, in minutes, and what of that could not be used."""
    minutes = length(stated.duration) if stated.duration else None
    conflict = "duration" if stated.duration and minutes is None else ""
    if minutes:
        return minutes, conflict
    if not stated.end or start is None:
        return None, conflict
    end = moment(stated.end)
    if end is None:
        by_clock = clock(stated.end)
        if by_clock is None or by_clock == start:
            return None, conflict or ("" if by_clock == start else "end")
        return (by_clock - start) % DAY, conflict
    if end.minute is None:
        return None, conflict
    away = 0
    if end.offset is not None:
        of_start = offset if offset is not None else None if zone is None else offset_in(zone, day, start)
        if of_start is None:
            return None, "end"
        away = of_start - end.offset
    minutes = (end.day - day).days * DAY + end.minute + away - start
    return (minutes, conflict) if 0 < minutes <= 400 * DAY else (None, conflict or ("end" if minutes else ""))

"""Dates, times and durations of a calendar (RFC 5545, sections 3.3.4 to 3.3.6), as a clock at the place shows them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, time, timedelta

import msgspec

from convenings.interchange.calendars.lines import ContentLine
from convenings.interchange.calendars.zones import UTC_ZONE, Zone, Zones

_TIME = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]+)?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"([+-]?)P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,8})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,9})S)?)?"
)
DAY = timedelta(days=1)


class BadTime(Exception):
    """A date, time or duration that cannot be read. ``str()`` says why, in a few words."""


class When(msgspec.Struct, frozen=True, gc=False):
    """A day, or a time by a clock."""

    at: datetime
    """By the clock of the zone; without a zone by that of wherever it is. Of a day its midnight."""
    is_day: bool = False
    zone: Zone | None = None

    def in_zone(self, zone: Zone | None) -> When:
        """When this is by the clock of another zone; itself where one of the two is none, or it is a day."""
        if self.is_day or zone is None or self.zone is None or zone == self.zone:
            return self
        try:
            return When(zone.from_utc(self.zone.to_utc(self.at)), zone=zone)
        except OverflowError:
            return self

    def plus(self, length: Length) -> When:
        """When it is later by a length: its days by the calendar, the rest by the clock of UTC.

        Raises:
            BadTime: there is no such year.
        """
        try:
            at = self.at + timedelta(days=length.days)
            if length.seconds and self.zone is not None:
                at = self.zone.from_utc(self.zone.to_utc(at) + timedelta(seconds=length.seconds))
            else:
                at += timedelta(seconds=length.seconds)
        except OverflowError:
            raise BadTime("it leads beyond the year 9999") from None
        return When(at, self.is_day and not length.seconds, self.zone)

    @property
    def stamp(self) -> str:
        """The time as a key: of UTC where the zone is settled, such as ``20210206T130000Z``."""
        at = self.at
        if self.is_day:
            return f"{at.year:04}{at.month:02}{at.day:02}"
        suffix = ""
        if self.zone is not None:
            with suppress(OverflowError):
                at, suffix = self.zone.to_utc(at), "Z"
        return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}{suffix}"

    @property
    def day(self) -> str:
        """Its day in EDTF."""
        return f"{self.at.year:04}-{self.at.month:02}-{self.at.day:02}"

    @property
    def clock(self) -> str | None:
        """``HH:MM``; None for a day."""
        return None if self.is_day else f"{self.at.hour:02}:{self.at.minute:02}"

    @property
    def edtf(self) -> str:
        """Day, or day and time by the clock at the place, in EDTF."""
        return self.day if self.is_day else f"{self.day}T{self.at.hour:02}:{self.at.minute:02}:{self.at.second:02}"


class Length(msgspec.Struct, frozen=True, gc=False):
    """How long something takes."""

    days: int
    seconds: int


def when_of(line: ContentLine, zones: Zones, text: str | None = None) -> When:
    """The time of a property.

    Args:
        line: The property, whose zone it is in.
        zones: Those of its calendar.
        text: One of several values of it; else the whole.

    Raises:
        BadTime: it is none.
    """
    value = (line.value if text is None else text).strip()
    match = _TIME.fullmatch(value)
    if match is None:
        raise BadTime(f"'{value[:40]}' is no date or time")
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3]))
        if match[4] is None:
            return When(day, is_day=True)
        hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
        # Programs write the end of a day as its 24th hour, and a leap second is one.
        at = (
            day + DAY
            if (hour, minute, second) == (24, 0, 0)
            else day.replace(hour=hour, minute=minute, second=min(second, 59))
        )
    except (ValueError, OverflowError):
        raise BadTime(f"'{value[:40]}' is in no calendar") from None
    if match[7]:
        return When(at, zone=UTC_ZONE if match[7] in "Zz" else Zones().zone(match[7]))
    name = line.parameter("TZID")
    return When(at, zone=zones.zone(name) if name else None)


def length_of(text: str) -> Length:
    """Length of a duration such as ``PT1H30M``.

    Raises:
        BadTime: it is none, or goes back in time.
    """
    word = text.strip().upper()
    match = _DURATION.fullmatch(word)
    if match is None or word[-1:] in ("P", "T"):
        raise BadTime(f"'{word[:40]}' is no duration")
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
    if match[1] == "-":
        raise BadTime(f"the duration '{word[:40]}' goes back in time")
    return Length(weeks * 7 + days, hours * 3600 + minutes * 60 + seconds)


def is_midnight(when: When) -> bool:
    """Whether it is a time at the very beginning of a day."""
    return not when.is_day and when.at.time() == time()

"""Time zones of a calendar: by name (IANA, Windows, as programs spell them), by their definition, or as an offset."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from convenings.interchange.calendars.lines import Component
from convenings.interchange.calendars.rules import BadRule, rule_times

_OFFSET = re.compile(r"\(?(?:UTC|GMT|Z)?\s*([+-])([01]?[0-9])(?::?([0-5][0-9]))?(?::?[0-5][0-9])?\)?", re.IGNORECASE)
_OF_THE_MACHINE = frozenset({"localtime", "posixrules", "factory"})
_UTC_NAMES = frozenset({"z", "utc", "gmt", "etc/utc", "etc/gmt", "zulu", "coordinated universal time", "etc/zulu"})


class Zone(msgspec.Struct, frozen=True, gc=False):
    """A time zone that is settled."""

    name: str
    """IANA name, or empty where only its offsets are known."""
    offset_at: Callable[[datetime], timedelta]
    """Ahead of UTC at a time of its clock."""

    def name_at(self, at: datetime) -> str:
        """Its IANA name, or else the offset at a time of its clock, such as ``+05:30``."""
        if self.name:
            return self.name
        minutes = round(self.offset_at(at).total_seconds() / 60)
        return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    def to_utc(self, at: datetime) -> datetime:
        """Time of UTC at a time of its clock.

        Raises:
            OverflowError: it is before the year 1 or after 9999.
        """
        return at - self.offset_at(at)

    def from_utc(self, at: datetime) -> datetime:
        """Time of its clock at a time of UTC.

        Raises:
            OverflowError: it is before the year 1 or after 9999.
        """
        if self.name:
            return at.replace(tzinfo=UTC).astimezone(ZoneInfo(self.name)).replace(tzinfo=None)
        # The offset at the one clock is nearly always that at the other; near a change the second look settles it.
        return at + self.offset_at(at + self.offset_at(at))


UTC_ZONE = Zone("UTC", lambda _: timedelta())


class Zones:
    """The zones of one calendar.

    Args:
        definitions: Its VTIMEZONE components.
    """

    def __init__(self, definitions: Sequence[Component] = ()) -> None:
        self._definitions = {name: part for part in definitions for line in part.all("TZID") if (name := line.text)}
        self._zones: dict[str, Zone | None] = {}

    def zone(self, name: str) -> Zone | None:
        """The zone that a calendar means by a name; None where nothing tells."""
        if name not in self._zones:
            definition = self._definitions.get(name)
            names = [name, *([definition.text("X-LIC-LOCATION")] if definition else [])]
            zones = (zone for word in names if word and (zone := zone_by_name(word)))
            self._zones[name] = next(zones, None) or (defined_zone(definition) if definition else None)
        return self._zones[name]


@cache
def zone_by_name(name: str) -> Zone | None:
    """The zone of a name in any spelling that programs have for it; None where it is none."""
    if name.casefold() in _UTC_NAMES:
        return UTC_ZONE
    parts = name.split("/")
    for word in (name, *("/".join(parts[-number:]) for number in (3, 2, 1) if number < len(parts))):
        if zone := _iana(word) or _windows(word):
            return zone
    match = _OFFSET.fullmatch(name.strip())
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    ahead = timedelta(minutes=-minutes if match[1] == "-" else minutes)
    return Zone("", lambda _: ahead)


def _iana(name: str) -> Zone | None:
    if name.casefold() in _UTC_NAMES:
        return UTC_ZONE
    if name.casefold() in _OF_THE_MACHINE or not re.fullmatch(r"[A-Za-z0-9_+/-]{2,60}", name):
        return None
    spelling = _spellings().get(name.casefold())
    return _zone_of(spelling) if spelling else None


@cache
def _zone_of(name: str) -> Zone:
    zone = ZoneInfo(name)
    return Zone(name, lambda at: zone.utcoffset(at) or timedelta())


@cache
def _spellings() -> dict[str, str]:
    """Name of a zone in small letters to the name itself."""
    return {name.casefold(): name for name in available_timezones()}


def _windows(name: str) -> Zone | None:
    """The zone that Windows calls so, by the table of the Unicode Consortium."""
    if "time" not in name.casefold() and "utc" not in name.casefold():
        return None
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    iana = WINDOWS_TO_OLSON.get(name.strip())
    return _iana(iana) if iana else None


class _Change(msgspec.Struct, gc=False):
    """A STANDARD or DAYLIGHT part of a definition: the clock is set again and again by one rule."""

    ahead: timedelta
    before: timedelta
    start: datetime
    rule: str
    dates: list[datetime]
    years: dict[int, list[datetime]] = {}

    def last_before(self, at: datetime) -> datetime | None:
        """When the clock was last set by this rule, at or before a time."""
        times = [time for time in (self.start, *self.dates) if time <= at]
        for year in (at.year - 1, at.year) if self.rule else ():
            times += (time for time in self._in(year) if self.start <= time <= at)
        return max(times, default=None)

    def _in(self, year: int) -> list[datetime]:
        if year not in self.years:
            try:
                start = self.start.replace(year=max(year, 1), month=1, day=1)
                times = rule_times(self.rule, start, datetime(min(year, 9998) + 1, 1, 1))
                self.years[year] = [time for time, _ in zip(times, range(10), strict=False)]
            except (BadRule, ValueError):
                self.years[year] = []
        return self.years[year]


def defined_zone(definition: Component) -> Zone | None:
    """The zone that a VTIMEZONE defines; None where nothing in it can be read."""
    changes = [change for part in definition.parts if (change := _change(part))]
    if not changes:
        return None
    first = min(changes, key=lambda change: change.start)

    def offset_at(at: datetime) -> timedelta:
        latest = [(time, change.ahead) for change in changes if (time := change.last_before(at)) is not None]
        return max(latest)[1] if latest else first.before

    return Zone("", offset_at)


def _change(part: Component) -> _Change | None:
    ahead, before = (_offset(part.text(name)) for name in ("TZOFFSETTO", "TZOFFSETFROM"))
    start = _local_time(part.text("DTSTART"))
    if ahead is None or start is None:
        return None
    rule = re.sub(r";?(COUNT)=[^;]*", "", part.text("RRULE"), flags=re.IGNORECASE)
    if "FREQ=YEARLY" not in rule.upper():
        rule = ""
    dates = [time for line in part.all("RDATE") for word in line.value.split(",") if (time := _local_time(word))]
    return _Change(ahead, before if before is not None else ahead, start, rule, dates)


def _offset(text: str) -> timedelta | None:
    match = re.fullmatch(r"([+-]?)([0-9]{2}):?([0-5][0-9])(?::?[0-5][0-9])?", text)
    if match is None or int(match[2]) > 23:
        return None
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -ahead if match[1] == "-" else ahead


def _local_time(text: str) -> datetime | None:
    match = re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})[0-9]{2}Z?)?", text.strip())
    if match is None:
        return None
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), int(match[4] or 0), int(match[5] or 0))
    except ValueError:
        return None

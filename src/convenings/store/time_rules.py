"""The rules of dates and times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from convenings.domain import dates
from convenings.domain.kinds import DATE_FIELDS
from convenings.domain.labels import ONGOING
from convenings.domain.records import Event, Membership, Record
from convenings.store.book import Book, Finding

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_OFFSET = re.compile(r"[+-](?:0[0-9]|1[0-4]):[0-5][0-9]")


def when(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Dates are EDTF, have a basis, and a session lies within the date of its event."""
    # Only dates that can be read are compared with each other.
    sound = True
    for name in DATE_FIELDS.get(kind, ()):
        value = getattr(record, name)
        try:
            if value is not None and not (value == ONGOING and isinstance(record, Membership) and name == "end"):
                dates.parse(value)
        except dates.EdtfError as error:
            sound = False
            what, _, hint = str(error).partition("; ")
            yield Finding(name, what, hint or "write it like 2018-06-20")
    if isinstance(record, Membership) and sound:
        yield from _term(record)
    if not isinstance(record, Event) or record.date is None:
        return
    if record.date_basis is None:
        yield Finding("date_basis", "the date has no basis", "write stated or inferred")
    outer = _outer_date(record, book)
    if sound and outer and not _is_within(record, outer[1]):
        what = f"{record.date} lies outside the date of '{outer[0]}', {outer[1]}"
        yield Finding("date", what, "correct one of the two dates")


def _is_within(event: Event, outer: str) -> bool:
    """Whether a session lies within a date, or begins at a time of the night behind it."""
    inside, outside = dates.parse(event.date or ""), dates.parse(outer)
    if dates.within(inside, outside):
        return True
    has_time = dates.start_minute(inside, event.start_time) is not None
    return has_time and outside.latest is not None and inside.earliest == inside.latest == outside.latest + 1


def _term(record: Membership) -> Iterator[Finding]:
    """A membership ends after it begins."""
    if not record.start or record.end in (None, ONGOING):
        return
    begin, end = dates.parse(record.start).earliest, dates.parse(record.end or "").latest
    if begin is not None and end is not None and end < begin:
        yield Finding("end", f"{record.end} is before the start, {record.start}", "correct one of the two dates")


def times(kind: str, record: Record, book: Book) -> Iterator[Finding]:
    """Times are those of a clock, in a zone that is known; what recurs is a series."""
    if not isinstance(record, Event):
        return
    for name in ("start_time", "end_time"):
        value = getattr(record, name)
        if value is not None and not _TIME.fullmatch(value):
            yield Finding(name, f"'{value}' is not a time", "write it like 09:00")
    if record.zone is not None and not is_zone(record.zone):
        hint = "write a name like Europe/Brussels, or an offset like +01:00"
        yield Finding("zone", f"there is no time zone '{record.zone}'", hint)
    if record.type != "series":
        for name in ("recurrence", "expanded_until"):
            if getattr(record, name):
                hint = "let the event be of type series, or take it out"
                yield Finding(name, "only a series recurs", hint)


@cache
def is_zone(name: str) -> bool:
    """Whether a name is that of a time zone (IANA), or an offset from UTC as ``+01:00``."""
    if _OFFSET.fullmatch(name):
        return True
    # Few datasets have zones, and their tables take a while.
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        # A system without tables knows no zone at all, and none of them is wrong for that.
        return name != "" and not available_timezones()
    return True


def _outer_date(event: Event, book: Book) -> tuple[str, str] | None:
    """Id and date of the nearest event above that has a date that can be read."""
    # Parents may close in a circle, which the check reports elsewhere.
    visited: set[str] = set()
    above, outer = book.get(event.super_event), None
    while isinstance(above, Event) and above.id not in visited and above.id != event.id:
        if above.id in book.outer_dates:
            outer = book.outer_dates[above.id]
            break
        visited.add(above.id)
        if above.date is not None:
            try:
                dates.parse(above.date)
                outer = above.id, above.date
            except dates.EdtfError:
                pass
            break
        above = book.get(above.super_event)
    # Else each event of a long chain would go all the way up.
    if above is None or above.id != event.id:
        book.outer_dates |= dict.fromkeys(visited, outer)
    return outer


RULES = (when, times)

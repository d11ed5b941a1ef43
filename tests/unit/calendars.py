"""Small calendars for the tests of their reader and writer."""

from __future__ import annotations

from typing import Any

from convenings.domain.records import Event, Participation, Place, Source
from convenings.interchange.calendars.reader import read
from convenings.interchange.reading import ForeignFile, Reading


def calendar(*events: str, head: str = "") -> str:
    """A calendar of events, each given by its lines without BEGIN and END."""
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head.strip()}\n{body}END:VCALENDAR\n"


def reading_of(data: str | bytes, **options: Any) -> Reading:
    """What the reader makes of a file."""
    data = data.encode() if isinstance(data, str) else data
    reading = Reading(
        ForeignFile(name="a.ics", data=data, **options), Source(id="source/a", label="a.ics", type="data")
    )
    read(reading.file, reading)
    return reading


def events_of(reading: Reading) -> list[Event]:
    return [record for record in reading.records.values() if isinstance(record, Event)]


def event_of(reading: Reading) -> Event:
    """The only event."""
    (event,) = events_of(reading)
    return event


def series_of(reading: Reading) -> Event:
    """The only series."""
    (series,) = (event for event in events_of(reading) if event.type == "series")
    return series


def occurrences_of(reading: Reading) -> list[Event]:
    """Events that are part of others, in order."""
    return [event for event in events_of(reading) if event.super_event is not None]


def times_of(event: Event) -> tuple[str | None, str | None, str | None, str | None]:
    """Date, start, end and zone."""
    return event.date, event.start_time, event.end_time, event.zone


def places_of(reading: Reading) -> list[Place]:
    return [record for record in reading.records.values() if isinstance(record, Place)]


def roles_of(reading: Reading) -> dict[str, tuple[str, str]]:
    """Label of who takes part to role and the file's words for it."""
    return {
        reading.records[record.agent or ""].label: (record.role, record.role_as_stated)  # type: ignore[attr-defined]
        for record in reading.records.values()
        if isinstance(record, Participation)
    }


def reasons_of(reading: Reading) -> list[tuple[str, str]]:
    """Place and reason of what was skipped."""
    return [(skipped.place, skipped.reason) for skipped in reading.skipped]

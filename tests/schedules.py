"""Readings of schedules that a test writes itself."""

from __future__ import annotations

import json
from typing import TypeVar

from convenings.domain.record_values import Evidence
from convenings.domain.records import Event, Participation, Person, Place, Record, Source, Topic
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.schedules import json_schedule, xml_schedule

T = TypeVar("T", bound=Record)


def reading_of(data: bytes, name: str = "schedule", *, with_contacts: bool = False) -> Reading:
    """What a schedule holds, by the reader that its content tells."""
    file = ForeignFile(name=name, data=data, with_contacts=with_contacts)
    reading = Reading(file, Source(id="source/schedule", label=name, type="data"))
    reader = max((xml_schedule, json_schedule), key=lambda module: module.fits(data[:65536], name))
    assert reader.fits(data[:65536], name) > 0
    reader.read(file, reading)
    return reading


def xml(sessions: str, conference: str = "<title>Example Days 2031</title>", day: str = "date='2031-05-03'") -> bytes:
    """A schedule of one day and room."""
    room = f"<day {day}><room name='Hall'>{sessions}</room></day>"
    return f"<schedule><conference>{conference}</conference>{room}</schedule>".encode()


def frab(sessions: list[dict[str, object]], date: str = "2031-05-03", **conference: object) -> bytes:
    """A schedule of one day and room, as JSON."""
    fields = {"title": "Example Days 2031", **conference}
    days = [{"index": 1, "date": date, "rooms": {"Hall": sessions}}]
    return json.dumps({"schedule": {"version": "1", "conference": {**fields, "days": days}}}).encode()


def events(reading: Reading) -> list[Event]:
    """The sessions, without their conference."""
    return [each for each in of(reading, Event) if each.type != "conference"]


def of(reading: Reading, struct: type[T]) -> list[T]:
    """The records of a kind."""
    return [each for each in reading.records.values() if isinstance(each, struct)]


def conference(reading: Reading) -> Event:
    return next(each for each in of(reading, Event) if each.type == "conference")


def labels(reading: Reading, struct: type[Event | Person | Place | Topic]) -> list[str]:
    return [each.label for each in of(reading, struct)]


def whens(reading: Reading) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Title of a session to its date, start and end."""
    return {each.label: (each.date, each.start_time, each.end_time) for each in events(reading)}


def speakers(reading: Reading) -> list[tuple[str, str]]:
    """Who is at which session, by their ids."""
    return [(each.agent or f"({each.unnamed})", each.event) for each in of(reading, Participation)]


def passage(reading: Reading, piece: Evidence) -> str:
    """The bytes of the file to which evidence points."""
    return reading.file.data[piece.start : piece.end].decode()

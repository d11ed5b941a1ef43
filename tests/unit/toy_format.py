"""A format of our own for tests of importing: a line for each session, ``key|title|date|room|speaker;speaker``."""

from __future__ import annotations

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Identifier
from convenings.domain.records import Event, Participation, Person, Place
from convenings.interchange.reading import ForeignFile, Piece, Reading
from convenings.interchange.registry import Format

FIRST_LINE = b"#toy"
FORMAT = Format(name="toy", title="Toy (.toy)", reader=__name__)


def fits(head: bytes, name: str) -> int:
    """Whether a file begins with the line that all of them begin with."""
    return 90 if head.startswith(FIRST_LINE) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Read it; a person written as ``Name (p7)`` has a number in a system, any other one is known by the name."""
    if b"\0" in file.data:
        raise BadInput("there is a zero byte", file=file.name)
    reading.describe(title="Toy days")
    at = 0
    for number, raw in enumerate(file.data.split(b"\n"), 1):
        piece = Piece(f"row={number}", at, at + len(raw))
        at += len(raw) + 1
        line = raw.decode()
        if not line or line.startswith("#"):
            continue
        cells = line.split("|")
        if len(cells) != 5:
            reading.skip(f"line {number}", f"it has {len(cells)} cells and not 5", line)
            continue
        key, title, date, room, speakers = cells
        place = None
        if room:
            place = reading.ref("place", f"name={room}", room)
            if not reading.has(place):
                reading.add(Place(id=place, label=room, type="room", evidence=reading.evidence(piece)))
        event = reading.ref("event", f"row={key}", title)
        reading.add(
            Event(
                id=event,
                label=title,
                type="talk",
                date=date or None,
                date_basis="stated" if date else None,
                place=place,
                place_basis="stated" if place else None,
                evidence=reading.evidence(piece),
            )
        )
        for who in filter(None, speakers.split(";")):
            name, _, number_in_system = who.rstrip(")").partition(" (")
            key_of_person = f"toy person={number_in_system}" if number_in_system else f"name={name}"
            person = reading.ref("person", key_of_person, name)
            identifiers = [Identifier(scheme="toy person", value=number_in_system)] if number_in_system else []
            if not reading.has(person):
                reading.add(Person(id=person, label=name, identifiers=identifiers, evidence=reading.evidence(piece)))
            reading.add(
                Participation(
                    id=reading.ref("participation", f"{key} {key_of_person}", f"{title} {name}"),
                    event=event,
                    agent=person,
                    role="speaker",
                    role_basis="inferred",
                    evidence=reading.evidence(piece, {"role": "whoever is listed is taken to speak"}),
                )
            )

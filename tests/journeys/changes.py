"""What other programs do to a dataset while it is open."""

from __future__ import annotations

import os
from pathlib import Path

from convenings.domain.records import Event, Participation, Person
from tests.unit import factory


def change(path: Path) -> None:
    """Add a person and an event that sort before the others, and put the file in place as an editor would."""
    passage = factory.evidence(1, "A day", "label")
    early = Event(id="event/earlier", label="Earlier day", type="workshop", date="2020", evidence=[passage])
    first = Person(id="person/aaron", label="Aaron Abel", family="Abel", evidence=[passage])
    role = Participation(id="participation/aaron", event=early.id, role="speaker", agent=first.id, evidence=[passage])
    beside = path.with_suffix(".new")
    factory.write(beside, [early, first, role, *factory.records()])
    beside.replace(path)


def change_unseen(path: Path, before: bytes, after: bytes) -> None:
    """Change the file in place as a program would that sets back its time."""
    status, data = path.stat(), path.read_bytes()
    assert len(before) == len(after)
    assert before in data
    with path.open("rb+") as file:
        file.write(data.replace(before, after))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

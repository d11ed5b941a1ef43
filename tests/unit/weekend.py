"""A conference of two days with times, by which both faces are asked for days and hours."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.records import Event, Place, Record
from tests.unit import factory

SATURDAY, SUNDAY = "2018-02-03", "2018-02-04"


def event(slug: str, date: str | None = None, **fields: str) -> Event:
    """An event that is called as its id."""
    values = {"label": slug, "type": "presentation", **fields}
    basis = {"date": date, "date_basis": "stated"} if date else {}
    return Event(id=f"event/{slug.replace(' ', '-')}", **values, **basis)  # type: ignore[arg-type]


def weekend(last: str = "sunday") -> list[Record]:
    """The conference, the sessions of which stand in no order in the file; ``last`` is what one of them is called."""
    return [
        Place(id="place/hall", label="Hall", type="room"),
        event("conference", f"{SATURDAY}/{SUNDAY}"),
        event("supper", SATURDAY, start_time="19:00", super_event="event/conference"),
        event("opening", SATURDAY, start_time="09:00", super_event="event/conference", place="place/hall"),
        event("second", SATURDAY, start_time="10:30", super_event="event/conference", place="place/hall"),
        event("farewell", f"{SUNDAY}T16:00:30+01:00", super_event="event/conference"),
        event(last, SUNDAY, start_time="11:00", super_event="event/conference"),
    ]


def dataset(folder: Path, *records: Record) -> Path:
    """The file of some records."""
    path: Path = factory.write(folder / "set.json", list(records)).path
    return path

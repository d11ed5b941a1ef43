"""A conference of very many sessions, which no profile can tell one by one."""

from __future__ import annotations

from typing import Any

from convenings.domain.record_values import Occurrence
from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Statement,
)

DAYS = ("2021-06-04", "2021-06-05")
EVENT = "event/harbour"
SESSIONS, ROOMS, PEOPLE, BODIES = 120, 3, 90, 15


def room(number: int) -> str:
    """Id of the room of a session: every fortieth has none."""
    return f"place/room-{number % ROOMS}"


def conference() -> list[Record]:
    """Half of the sessions are on each day; every person but the first three has one or two, those many more."""
    content: list[Record] = [
        Place(id="place/quay", label="Quay", type="venue"),
        *(Place(id=room(n), label=f"Room {n}", type="room", parent="place/quay") for n in range(ROOMS)),
        Event(id=EVENT, label="Harbour Days", type="fair", date="/".join(DAYS), date_basis="stated"),
        *(Organisation(id=f"organisation/o{n}", label=f"Yard {n:02}", type="company") for n in range(BODIES)),
        *(Person(id=f"person/p{n}", label=f"Pilot {n:03}") for n in range(PEOPLE)),
        Participation(id="participation/host", event=EVENT, agent="organisation/o0", role="organiser"),
        Question(
            id="question/q",
            label="Who dredges?",
            text="Who dredges?",
            form="direct",
            occurrences=[
                Occurrence(event=f"event/s{n}", act="raised", explicit=True, agents=[f"person/p{n}"]) for n in (4, 5)
            ],
        ),
    ]
    for n in range(SESSIONS):
        content += [
            Event(
                id=f"event/s{n}", label=f"Session {n:03}", type="presentation" if n % 4 else "discussion",
                super_event=EVENT, date=DAYS[n * 2 // SESSIONS], date_basis="stated",
                start_time=None if n % 60 == 59 else f"{9 + n % 60 // 8:02}:00",
                place=None if n % 60 == 58 else room(n),
            ),
            role(n, f"person/p{n % PEOPLE}", "speaker", on_behalf_of=[f"organisation/o{n % BODIES}"]),
            Statement(id=f"statement/s{n}", type="report", summary=f"Claim {n}", agents=[f"person/p{n % PEOPLE}"],
                      event=f"event/s{n}"),
        ]  # fmt: skip
        if n % 5 == 0:
            content.append(role(n, f"person/p{n % 3}", "moderator", suffix="m"))
    return content


def role(session: int, agent: str | None, name: str, suffix: str = "", **fields: Any) -> Participation:
    """Who had a role in a session."""
    ref = f"participation/{session}{suffix}"
    return Participation(id=ref, event=f"event/s{session}", agent=agent, role=name, **fields)  # type: ignore[arg-type]

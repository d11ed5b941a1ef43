"""Records of one name are told apart by what differs, the nearest at hand first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from convenings.domain.records import (
    Event,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Topic,
)
from convenings.index.rows import Flag
from tests.unit.indexing import opened, row

EVENTS: list[Record] = [
    Event(id=f"event/e{year}", label=f"Meeting {year % 10}", type="workshop", date=str(year)) for year in (2003, 2004)
]


def contexts(path: Path, content: list[Record], kind: str, label: str) -> list[str]:
    """What stands beside the rows of a name, in row order."""
    with opened(path / "set.json", content) as model:
        rows = [model.one(at) for at in range(*model.range(kind)) if model.one(at).label == label]
        assert all(each.flags & Flag.NAMESAKE for each in rows)
        return [each.secondary for each in rows]


def part(number: int, agent: str | None, event: str = "event/e2003", **fields: Any) -> Participation:
    return Participation(id=f"participation/{number}", event=event, agent=agent, **({"role": "speaker"} | fields))


PEOPLE: list[Record] = [Person(id=f"person/p{n}", label="Li Wei") for n in range(2)]
BODIES: list[Record] = [Organisation(id=f"organisation/o{n}", label=f"Body {n}", type="other") for n in range(2)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            [*BODIES, *(part(n, f"person/p{n}", on_behalf_of=[f"organisation/o{n}"]) for n in range(2))],
            ["Body 0", "Body 1"],
        ),
        (
            [part(0, "person/p0"), part(1, "person/p1", "event/e2004")],
            ["2003, at Meeting 3", "2004, at Meeting 4"],
        ),
        (
            [
                *BODIES,
                part(0, "person/p0", on_behalf_of=["organisation/o0"]),
                part(1, "person/p1", "event/e2004", on_behalf_of=["organisation/o0"]),
            ],
            ["2003, at Meeting 3, Body 0", "2004, at Meeting 4, Body 0"],
        ),
        (
            [part(n, f"person/p{n}", title_as_stated=title) for n, title in enumerate(("Dean", "Clerk"))],
            ["Dean", "Clerk"],
        ),
        (
            [
                *BODIES,
                *(
                    Membership(id=f"membership/{n}", person=f"person/p{n}", organisation="organisation/o0", title=title)
                    for n, title in enumerate(("Chair", "Fellow"))
                ),
            ],
            ["Chair, Body 0", "Fellow, Body 0"],
        ),
        (
            [
                part(0, "person/p0"),
                Participation(id="participation/1", event="event/e2003", role="host", agent="person/p1"),
            ],
            ["host", "speaker"],
        ),
        ([part(n, f"person/p{n}") for n in range(2)], ["person/p0", "person/p1"]),
    ],
)
def test_people(tmp_path: Path, content: list[Record], expected: list[str]) -> None:
    assert contexts(tmp_path, [*EVENTS, *PEOPLE, *content], "person", "Li Wei") == expected


def test_other_kinds(tmp_path: Path) -> None:
    towns: list[Record] = [Place(id=f"place/t{n}", label=f"Town {n}", type="city") for n in range(2)]
    day = Event(id="event/day", label="Day", type="fair", date="2020-05-04")
    sessions = [
        Event(id=f"event/s{n}", label="Opening", type="discussion", super_event="event/day", start_time=f"1{n}:00")
        for n in range(2)
    ]
    assert contexts(tmp_path, [day, *sessions], "event", "Opening") == [
        "discussion, 10:00, part of Day",
        "discussion, 11:00, part of Day",
    ]
    societies: list[Record] = [
        Organisation(id=f"organisation/r{n}", label="Red Society", type="other", place=f"place/t{n}") for n in range(2)
    ]
    assert contexts(tmp_path, [*towns, *societies], "organisation", "Red Society") == ["Town 0, other", "Town 1, other"]
    springs: list[Record] = [
        Place(id=f"place/s{n}", label="Spring", type="city", parent=f"place/t{n}") for n in range(2)
    ]
    assert contexts(tmp_path, [*towns, *springs], "place", "Spring") == ["city in Town 0", "city in Town 1"]
    topics: list[Record] = [Topic(id=f"topic/{n}", label="Trust", type="concept") for n in range(2)]
    assert contexts(tmp_path, topics, "topic", "Trust") == ["topic/0, concept", "topic/1, concept"]
    questions: list[Record] = [
        Question(id=f"question/{n}", label="Why?", text="Why?", form="direct", number=n + 1) for n in range(2)
    ]
    assert contexts(tmp_path, questions, "question", "Why?") == ["number 1", "number 2"]


def test_events_of_one_name_and_one_day(tmp_path: Path) -> None:
    """Names and dates are all that the timeline shows, so what else differs stands first: place, host, whole."""
    towns: list[Record] = [Place(id=f"place/t{n}", label=f"Town {n}", type="city") for n in range(2)]
    events = [Event(id=f"event/a{n}", label="Fair", type="fair", date="2020-05-04") for n in range(2)]
    placed = [replace(each, place=f"place/t{n}") for n, each in enumerate(events)]
    assert contexts(tmp_path, [*towns, *placed], "event", "Fair") == [
        "at Town 0, fair, 4 May 2020",
        "at Town 1, fair, 4 May 2020",
    ]
    hosts = [
        Participation(id=f"participation/h{n}", event=f"event/a{n}", role="host", agent=f"organisation/o{n}")
        for n in range(2)
    ]
    assert contexts(tmp_path, [*BODIES, *events, *hosts], "event", "Fair") == [
        "by Body 0, fair, 4 May 2020",
        "by Body 1, fair, 4 May 2020",
    ]


def test_sixty_of_one_name(tmp_path: Path) -> None:
    events = [
        Event(id=f"event/e{n}", label=f"Meeting {n}", type="workshop", date=str(2000 + n % 24)) for n in range(60)
    ]
    people = [Person(id=f"person/p{n}", label="Li Wei") for n in range(60)]
    parts = [part(n, f"person/p{n}", f"event/e{n}") for n in range(60)]
    texts = contexts(tmp_path, [*events, *people, *parts], "person", "Li Wei")
    assert len(set(texts)) == 60
    assert all(text.startswith("20") for text in texts)


def test_those_who_are_not_named(tmp_path: Path) -> None:
    parts: list[Record] = [
        Participation(id=f"participation/{n}", event="event/e2003", role="speaker", unnamed="a student")
        for n in range(3)
    ]
    with opened(tmp_path / "set.json", [*EVENTS, *parts]) as model:
        assert len({model.one(at).secondary for at in range(*model.range("participation"))}) == 3


def test_who_has_no_namesake_is_shown_as_ever(tmp_path: Path) -> None:
    with opened(
        tmp_path / "set.json", [*EVENTS, Person(id="person/one", label="Li Wei"), part(0, "person/one")]
    ) as model:
        only = model.one(row(model, "person/one"))
        assert (only.secondary, only.flags & Flag.NAMESAKE) == ("organisation not stated", 0)

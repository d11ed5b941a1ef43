"""The profile of an event with hundreds of parts or parties: counts, days and rooms, and the first few of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.query import parse
from convenings.domain.records import (
    Event,
    Organisation,
    Participation,
    Person,
    Place,
    Record,
)
from convenings.index.build import outlines
from convenings.index.evaluate import matching
from convenings.index.model import ReadModel
from convenings.index.outline import FEW, MOST_GROUPS, MOST_PARTIES, MOST_PARTS
from convenings.index.rows import Flag
from convenings.presentation.profile.builder import MOST_ENTRIES
from convenings.presentation.profile.value import Entry, Listing, Profile
from tests.unit import conference
from tests.unit.conference import BODIES, EVENT, PEOPLE, SESSIONS
from tests.unit.indexing import opened, row
from tests.unit.profiles import about, lines, section


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    with opened(tmp_path / "set.json", conference.conference()) as small:
        yield small


def headings(found: Profile) -> list[tuple[str, str, int]]:
    """Heading, number, and how many lines, of each section."""
    return [(each.title, each.number, len(each.entries)) for each in found.sections]


def words(entries: list[Entry]) -> list[str]:
    return [" · ".join(filter(None, (entry.text, entry.note, entry.when))) for entry in entries]


def test_everything_is_counted_and_little_is_told_one_by_one(model: ReadModel) -> None:
    harbour = about(model, EVENT)
    assert [fact.text for fact in harbour.facts] == [
        "fair · 4 to 5 June 2021",
        "120 parts on 2 days and at 3 places: presentation 90, discussion 30",
        "90 people, 15 organisations at it or in its parts",
    ]
    assert headings(harbour) == [
        ("Organised by", "1", 1),
        ("Roles in its parts", "2", 2),
        ("Parts by day and place", "8", 8),
        ("People, by how often", str(PEOPLE), FEW),
        ("Organisations, by how often", str(BODIES), FEW),
        ("Questions in its parts", "1", 1),
        ("What was said in its parts", str(SESSIONS), FEW),
    ]
    assert words(section(harbour, "Roles in its parts")) == ["moderator · 3 people", "speaker · 90 people"]
    assert words(section(harbour, "People, by how often"))[:4] == [
        "Pilot 001 · speaker, moderator in 10 parts",
        "Pilot 002 · speaker, moderator in 10 parts",
        "Pilot 000 · speaker, moderator in 8 parts",
        "Pilot 003 · speaker in 2 parts",
    ]
    assert words(section(harbour, "Organisations, by how often"))[0] == "Yard 00 · organiser; in 8 parts"
    assert words(section(harbour, "Questions in its parts")) == [
        "Who dredges? · raised by Pilot 004, in Session 004; raised by Pilot 005, in Session 005"
    ]


def test_parts_stand_by_day_and_place_with_their_times(model: ReadModel) -> None:
    groups = section(about(model, EVENT), "Parts by day and place")
    assert words(groups)[:4] == [
        "4 June 2021, Room 0 · 20 parts · begin 09:00 to 16:00",
        "4 June 2021, Room 1 · 19 parts · begin 09:00 to 15:00",
        "4 June 2021, Room 2 · 20 parts · begin 09:00 to 16:00, 1 without a time",
        "4 June 2021, no place stated · 1 part · at 16:00",
    ]
    assert sum(int(entry.note.split()[0]) for entry in groups) == SESSIONS


def test_each_group_leads_to_a_list_of_just_its_parts(model: ReadModel) -> None:
    span = model.range("event")
    for entry in section(about(model, EVENT), "Parts by day and place"):
        assert entry.listing is not None
        rows = matching(model, span, parse(entry.listing.filter))
        parts = [at for at in rows if model.one(at).depth]
        assert f"{len(parts)} part{'s' * (len(parts) > 1)}" == entry.note


def test_what_is_not_told_is_listed_elsewhere(model: ReadModel) -> None:
    sections = {each.title: each.listing for each in about(model, EVENT).sections}
    for title, kind, number in (
        ("People, by how often", "person", PEOPLE),
        ("Organisations, by how often", "organisation", BODIES),
        ("What was said in its parts", "statement", SESSIONS),
    ):
        assert sections[title] == Listing(kind, f"event:{EVENT}")
        assert len(matching(model, model.range(kind), parse(f"event:{EVENT}"))) == number


def test_it_reads_no_more_than_it_shows(model: ReadModel, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    record = ReadModel.record

    def note(self: ReadModel, at: int) -> Record:
        read.append(at)
        return record(self, at)

    monkeypatch.setattr(ReadModel, "record", note)
    about(model, EVENT)
    # Itself, who organised it, a question, and the first statements.
    assert len(read) == 3 + FEW


def test_a_smaller_event_is_told_whole(tmp_path: Path) -> None:
    content: list[Record] = [Event(id="event/e", label="E", type="fair"), Person(id="person/p", label="P")]
    content += [
        Event(id=f"event/s{n}", label=f"S{n}", type="presentation", super_event="event/e") for n in range(MOST_PARTS)
    ]
    content += [conference.role(n, "person/p", "speaker") for n in range(MOST_PARTS)]
    with opened(tmp_path / "set.json", content) as small:
        assert headings(about(small, "event/e")) == [
            ("Who spoke in its parts", str(MOST_PARTS), MOST_PARTS),
            ("Parts", str(MOST_PARTS), MOST_PARTS),
        ]
        assert not small.one(row(small, "event/e")).flags & Flag.OUTLINED
    content.append(Event(id="event/more", label="More", type="presentation", super_event="event/e"))
    with opened(tmp_path / "more.json", content) as small:
        # Without days and places there is nothing to part them by.
        assert headings(about(small, "event/e")) == [
            ("Roles in its parts", "1", 1),
            ("Parts", str(MOST_PARTS + 1), MOST_PARTS + 1),
            ("People, by how often", "1", 1),
        ]


def test_very_many_who_took_part_in_the_event_itself(tmp_path: Path) -> None:
    number = MOST_PARTIES + 20
    content: list[Record] = [
        Event(id="event/e", label="E", type="fair"),
        Organisation(id="organisation/o", label="O", type="other"),
        Participation(id="participation/o", event="event/e", agent="organisation/o", role="host"),
        Participation(id="participation/u", event="event/e", unnamed="a guest", role="attendee"),
    ]
    for n in range(number):
        content += [
            Person(id=f"person/p{n}", label=f"P{n:03}"),
            Participation(id=f"participation/{n}", event="event/e", agent=f"person/p{n}", role="attendee"),
        ]
    with opened(tmp_path / "set.json", content) as small:
        found = about(small, "event/e")
        assert headings(found) == [
            ("Organised by", "1", 1),
            ("Who else took part", str(number + 1), FEW),
            ("People, by how often", str(number), FEW),
            ("Organisations, by how often", "1", 1),
        ]
        assert f"{number} people, 1 organisation, 1 unnamed party at it or in its parts" in lines(found)
        assert words(section(found, "People, by how often"))[0] == "P000 · attendee"


def test_days_alone_where_rooms_would_be_too_many(tmp_path: Path) -> None:
    rooms: list[Record] = [Place(id=f"place/r{n}", label=f"R{n:03}", type="room") for n in range(MOST_GROUPS)]
    sessions: list[Record] = [
        Event(
            id=f"event/s{n}", label=f"S{n:03}", type="presentation", super_event="event/e", place=f"place/r{n // 2}",
            date=conference.DAYS[n % 2], date_basis="stated",
        )
        for n in range(2 * MOST_GROUPS)
    ]  # fmt: skip
    content = [Event(id="event/e", label="E", type="fair"), *rooms, *sessions]
    with opened(tmp_path / "set.json", content) as small:
        days = section(about(small, "event/e"), "Parts by day")
        assert words(days) == [f"{day} June 2021 · {MOST_GROUPS} parts, at {MOST_GROUPS} places" for day in (4, 5)]
        assert [entry.listing and entry.listing.filter for entry in days] == [
            f"event:event/e date:{day}" for day in conference.DAYS
        ]


def test_groups_that_are_too_many_are_counted(tmp_path: Path) -> None:
    days = [f"2021-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 29)]
    content: list[Record] = [Event(id="event/e", label="E", type="fair")]
    content += [
        Event(id=f"event/{day}", label=day, type="presentation", super_event="event/e", date=day, date_basis="stated")
        for day in days
    ]
    with opened(tmp_path / "set.json", content) as small:
        assert headings(about(small, "event/e")) == [("Parts by day", str(len(days)), MOST_ENTRIES)]


def test_tracks_with_rooms_and_parts_of_parts(tmp_path: Path) -> None:
    """A track is listed as a part; its sessions are in its room, which no filter asks for."""
    content: list[Record] = [
        Event(id="event/e", label="E", type="fair", date=conference.DAYS[0], date_basis="stated"),
        *(Place(id=f"place/r{n}", label=f"R{n}", type="room") for n in range(2)),
        *(
            Event(id=f"event/t{n}", label=f"T{n}", type="discussion", super_event="event/e", place=f"place/r{n}")
            for n in range(2)
        ),
        *(
            Event(id=f"event/s{n}", label=f"S{n:02}", type="presentation", super_event=f"event/t{n % 2}")
            for n in range(40)
        ),
    ]
    with opened(tmp_path / "set.json", content) as small:
        found = about(small, "event/e")
        assert [entry.ref for entry in section(found, "Parts")] == ["event/t0", "event/t1"]
        groups = section(found, "Parts by day and place")
        assert words(groups) == ["4 June 2021, R0 · 21 parts", "4 June 2021, R1 · 21 parts"]
        assert [(entry.ref, entry.listing) for entry in groups] == [("place/r0", None), ("place/r1", None)]


def test_what_is_inferred_is_counted_apart(tmp_path: Path) -> None:
    content = conference.conference()
    inferred = {"event/s0": {"place_basis": "inferred"}, "participation/1": {"role_basis": "inferred"}}
    content = [replace(record, **inferred.get(record.id, {})) for record in content]
    with opened(tmp_path / "set.json", content) as small:
        found = about(small, EVENT)
        assert words(section(found, "Parts by day and place"))[0].startswith(
            "4 June 2021, Room 0 · 20 parts, 1 inferred · "
        )
        assert words(section(found, "Roles in its parts"))[1] == "speaker · 90 people, 1 inferred"
        people = words(section(found, "People, by how often"))
        assert people[0] == "Pilot 001 · speaker, moderator in 10 parts; 1 inferred"


def test_a_deep_chain_of_large_events_takes_few_steps(tmp_path: Path) -> None:
    """Each event is part of the one before; only the outermost are summed up."""
    number = 100
    content: list[Record] = [
        Event(id=f"event/e{n}", label=f"E{n}", type="fair", super_event=f"event/e{n - 1}" if n else None)
        for n in range(number)
    ]
    with opened(tmp_path / "set.json", content) as small:
        outlined = [at for at in range(*small.range("event")) if small.one(at).flags & Flag.OUTLINED]
        assert len(outlined) == outlines.MOST_NESTED
        assert "part" in lines(about(small, "event/e9"))

"""Tables of one file whose cells mean the rows of others: people, rooms, tracks and sessions."""

from __future__ import annotations

import json

from convenings.domain.records import Event, Participation, Person, Place, Topic
from tests.unit.tables import book, labels, read_table, records_of, roles

TALKS = [
    ("ID", "Title", "Date", "Start", "Speaker ID", "Room ID", "Track ID"),
    ("T1", "Rivers", "2031-05-03", "09:00", "S1", "R1", "K1"),
    ("T2", "Lakes", "2031-05-03", "10:00", "S2; S3", "R2", "K1"),
    ("T3", "Seas", "2031-05-03", "11:00", "S4", "R1", "K1"),
]
SPEAKERS = [
    ("ID", "Name", "Organisation"),
    ("S1", "Ana Lima", "Weir Trust"),
    ("S2", "Bo Berg", "Lake Society"),
    ("S3", "Carla Cruz", "Canal Co"),
    ("S4", "Ana Lima", "Sea Co"),
]
ROOMS = [("ID", "Name", "Capacity"), ("R1", "Hall", "200"), ("R2", "Attic", "20")]
TRACKS = [("ID", "Name"), ("K1", "Water")]


def test_numbers_in_a_sheet_stand_for_the_rows_of_the_other_sheets() -> None:
    data = book(("Talks", TALKS), ("Speakers", SPEAKERS), ("Rooms", ROOMS), ("Tracks", TRACKS))
    reading = read_table(data, "talks.xlsx")
    rivers, lakes, seas = records_of(reading, Event)
    assert roles(reading, lakes) == [("speaker", "Bo Berg"), ("speaker", "Carla Cruz")]
    speakers = {each.event: each.agent for each in records_of(reading, Participation)}
    numbers = {person.id: person.identifiers[0].value for person in records_of(reading, Person)}
    assert (numbers[speakers[rivers.id] or ""], numbers[speakers[seas.id] or ""]) == ("S1", "S4"), "of one name"
    assert [(place.label, place.capacity) for place in records_of(reading, Place)] == [("Hall", 200), ("Attic", 20)]
    assert [topic.label for topic in records_of(reading, Topic)] == ["Water"]
    assert not reading.no_home


def test_a_sheet_that_joins_two_others_says_who_was_at_which_event() -> None:
    people = [("Person ID", "First name", "Last name"), ("1", "Ana", "Lima"), ("2", "Bo", "Berg")]
    sessions = [("Session ID", "Title", "Date"), ("1", "Rivers", "2031-05-03"), ("2", "Lakes", "2031-05-04")]
    both = [("Session ID", "Person ID", "Role"), ("1", "1", "Speaker"), ("1", "2", "Moderator"), ("2", "2", "Speaker")]
    reading = read_table(book(("Who", both), ("Sessions", sessions), ("People", people)), "days.xlsx")
    rivers, lakes = records_of(reading, Event)
    assert rivers.date == "2031-05-03"
    assert roles(reading, rivers) == [("speaker", "Ana Lima"), ("moderator", "Bo Berg")]
    assert roles(reading, lakes) == [("speaker", "Bo Berg")]


def test_a_sheet_of_speakers_names_their_sessions_by_title() -> None:
    programme = [("Session title", "Date", "Room"), ("Rivers", "2031-05-03", "Hall"), ("Lakes", "2031-05-04", "Attic")]
    speakers = [("Name", "Session title"), ("Ana Lima", "Rivers"), ("Bo Berg", "Lakes"), ("Carla Cruz", "Lakes")]
    reading = read_table(book(("Programme", programme), ("Speakers", speakers)), "days.xlsx")
    rivers, lakes = records_of(reading, Event)
    assert roles(reading, lakes) == [("speaker", "Bo Berg"), ("speaker", "Carla Cruz")]
    assert roles(reading, rivers) == [("speaker", "Ana Lima")]


def test_objects_of_json_mean_each_other_however_deep_they_stand() -> None:
    sessions = [
        {"id": "s1", "title": "Rivers", "startsAt": "2031-05-03T09:00", "speakers": ["p1"], "roomId": 11},
        {"id": "s2", "title": "Lakes", "startsAt": "2031-05-03T10:00", "speakers": [], "roomId": 12},
    ]
    speakers = [
        {
            "id": "p1",
            "firstName": "Ana",
            "lastName": "Lima",
            "fullName": "Ana Lima",
            "bio": "Swims",
            "sessions": ["s1"],
        },
        {"id": "p2", "firstName": "Bo", "lastName": "Berg", "fullName": "Bo Berg", "bio": "Rows", "sessions": ["s2"]},
    ]
    rooms = [{"id": 11, "name": "Hall"}, {"id": 12, "name": "Attic"}]
    text = json.dumps({"data": {"sessions": sessions, "speakers": speakers, "rooms": rooms}})
    reading = read_table(text, "all.json")
    rivers, lakes = records_of(reading, Event)
    assert roles(reading, rivers) == [("speaker", "Ana Lima")]
    assert roles(reading, lakes) == [("speaker", "Bo Berg")], "whom only the list of people has at it"
    assert [place.label for place in records_of(reading, Place)] == ["Hall", "Attic"]
    assert not reading.no_home


def test_sessions_in_lists_of_a_group_are_those_of_all_groups() -> None:
    groups = [
        {"groupName": "All", "sessions": [{"id": "1", "title": "Rivers", "startsAt": "2031-05-03T09:00"}]},
        {"groupName": "More", "sessions": [{"id": "2", "title": "Lakes", "startsAt": "2031-05-03T10:00"}]},
    ]
    assert labels(read_table(json.dumps(groups), "view.json"), Event) == ["Rivers", "Lakes"]

"""Tables as programmes for talks, bookings and questionnaires give them out."""

from __future__ import annotations

import json

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Event, Organisation, Participation, Person, Place
from convenings.interchange.tables.column_meanings import meaning_of
from tests.unit.tables import labels, read_mapped, read_table, records_of, roles


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Speaker 1 Affiliation", "affiliation"),
        ("Affiliation2", "affiliation"),
        ("Speaker IDs", "id"),
        ("Speaker Name 1", "speaker"),
        ("First name of speaker", "given"),
        ("Title of your talk", "title"),
        ("Your organisation", "organisation"),
        ("Abstract of your talk", "abstract"),
        ("Name of cabinet member", "host"),
        ("Title of the cabinet member", "post"),
        ("Address of venue", "address"),
        ("Scheduled At", "start"),
        ("Order #", ""),
        ("Order Date", ""),
        ("Attendee #", "id"),
        ("Date of meeting", "date"),
        ("Number of participants", "attendance"),
    ],
)
def test_names_of_columns_that_say_of_whom_they_are(name: str, field: str) -> None:
    assert meaning_of(name).field == field


def test_given_and_family_names_in_two_columns_name_the_speaker_of_a_row() -> None:
    header = "Session Id,Title,Room,Status,Speaker Id,FirstName,LastName,TagLine,Scheduled At,Scheduled Duration"
    rows = [
        "71,Rivers,Hall,Accepted,a-1,Ana,Lima,Director,03 May 2031 09:00 AM,45",
        "72,Lakes,Attic,Accepted,b-2,Bo,Berg,Engineer,03 May 2031 10:00 AM,90",
        "72,Lakes,Attic,Accepted,c-3,Carla,Cruz,Editor,03 May 2031 10:00 AM,90",
        "73,Seas,,Declined,b-2,Bo,Berg,Engineer,,",
    ]
    reading = read_table("\n".join([header, *rows]))
    first, second, third = records_of(reading, Event)
    assert (first.date, first.start_time, first.end_time) == ("2031-05-03", "09:00", "09:45")
    assert roles(reading, second) == [("speaker", "Bo Berg"), ("speaker", "Carla Cruz")]
    assert third.status == "cancelled", "who was declined did not speak"
    assert [person.identifiers[0].value for person in records_of(reading, Person)] == ["a-1", "b-2", "c-3"]
    assert [each.title_as_stated for each in records_of(reading, Participation)][:2] == ["Director", "Engineer"]
    assert reading.mapping["FirstName"] == "given"


def test_several_ids_in_a_cell_are_those_of_the_people_in_their_order() -> None:
    header = "ID,Proposal title,Speaker names,Speaker IDs,Start\n"
    rows = 'AB,Rivers,Ana Lima,AAA,2031-05-03T09:00\nCD,Lakes,"Bo Berg\nCarla Cruz","BBB\nCCC",2031-05-03T10:00\n'
    reading = read_table(header + rows)
    assert labels(reading, Event) == ["Rivers", "Lakes"]
    ids = {person.label: person.identifiers[0].value for person in records_of(reading, Person)}
    assert ids == {"Ana Lima": "AAA", "Bo Berg": "BBB", "Carla Cruz": "CCC"}


def test_a_booking_a_row_is_one_event_with_those_who_came() -> None:
    header = "Order #,Order Date,First Name,Last Name,Email,Attendee #,Event Name,Event ID,Event Start Date,"
    header += "Event Start Time,Attendee Status,Company,Job Title\n"
    rows = [
        f"{n},2031-04-0{n} 10:00:00,{given},{family},x{n}@x.example,50{n},Water Days,7,2031-05-03,09:00,{state},"
        f"Weir {n},Editor"
        for n, (given, family, state) in enumerate(
            [("Ana", "Lima", "Attending"), ("Bo", "Berg", "Attending"), ("Carla", "Cruz", "Not Attending")], 1
        )
    ]
    reading = read_table(header + "\n".join(rows))
    [event] = records_of(reading, Event)
    assert (event.date, event.start_time) == ("2031-05-03", "09:00"), "a day on which somebody ordered is none"
    assert roles(reading, event) == [("attendee", "Ana Lima"), ("attendee", "Bo Berg"), ("invitee", "Carla Cruz")]
    assert reading.left_out == {"e-mail": 3}


def test_bodies_with_a_number_are_those_of_the_speaker_with_it() -> None:
    header = "Title,Date,Speaker 1,Speaker 2,Affiliation 1,Affiliation 2\n"
    reading = read_table(f"{header}Rivers,2031-05-03,Ana Lima,Bo Berg,Weir Trust,Lake Society\n")
    bodies = {each.label: each.id for each in records_of(reading, Organisation)}
    assert [each.on_behalf_of for each in records_of(reading, Participation)] == [
        [bodies["Weir Trust"]],
        [bodies["Lake Society"]],
    ]


def test_times_by_two_clocks_are_not_mixed_and_a_place_has_what_stands_within_it() -> None:
    start = {"timezone": "Europe/Berlin", "local": "2031-05-03T09:00:00", "utc": "2031-05-03T07:00:00Z"}
    venue = {"name": "Hall", "address": {"city": "Bonn", "country": "DE"}}
    event = {"name": {"text": "River Forum"}, "id": "9", "start": start, "venue": venue}
    reading = read_table(json.dumps({"events": [event]}), "events.json")
    [forum] = records_of(reading, Event)
    assert (forum.label, forum.date, forum.start_time, forum.zone) == (
        "River Forum",
        "2031-05-03",
        "09:00",
        "Europe/Berlin",
    )
    assert [(place.label, place.type) for place in records_of(reading, Place)] == [
        ("DE", "country"),
        ("Bonn", "city"),
        ("Hall", "venue"),
    ]
    assert not reading.no_home


def test_an_entry_of_a_calendar_in_json_has_its_summary_for_a_title() -> None:
    guest = {"email": "a@x.example", "displayName": "Ana Lima", "responseStatus": "accepted"}
    item = {"id": "a", "summary": "River forum", "start": {"dateTime": "2031-05-03T09:00:00"}, "attendees": [guest]}
    reading = read_table(json.dumps({"kind": "calendar#events", "items": [item]}), "calendar.json")
    [event] = records_of(reading, Event)
    assert (event.label, event.start_time) == ("River forum", "09:00")
    assert roles(reading, event) == [("attendee", "Ana Lima")]


def test_json_of_linked_data_says_what_has_become_of_an_event() -> None:
    event = {
        "@type": "Event", "@id": "https://x.example/1", "name": "Rivers", "startDate": "2031-05-03T09:00:00+02:00",
        "location": {"@type": "Place", "name": "Hall", "address": {"@type": "Postal", "addressLocality": "Bonn"}},
        "organizer": {"@type": "Organization", "name": "Weir Trust"},
        "eventStatus": "https://schema.org/EventCancelled",
    }  # fmt: skip
    reading = read_table(json.dumps({"@context": "https://schema.org", "@graph": [event]}), "linked.json")
    [rivers] = records_of(reading, Event)
    assert (rivers.label, rivers.status) == ("Rivers", "cancelled")
    assert [place.label for place in records_of(reading, Place)] == ["Bonn", "Hall"]
    assert labels(reading, Organisation) == ["Weir Trust"]


def test_sessions_in_columns_with_numbers_are_events_of_their_own() -> None:
    header = "ID,Speaker,Affiliation,Session 1,Session 1 Time,Session 1 Room,Session 2,Session 2 Time,Session 2 Room\n"
    rows = "1,Ana Lima,Weir Trust,Rivers,2031-05-03 09:00,Hall,Weirs,2031-05-04 11:00,Attic\n"
    text = f"{header}{rows}2,Eve Ek,Lake Society,Lakes,2031-05-03 10:00,Hall,,,\n"
    reading = read_table(text)
    events = {event.label: event for event in records_of(reading, Event)}
    assert {label: (event.date, event.start_time) for label, event in events.items()} == {
        "Rivers": ("2031-05-03", "09:00"),
        "Lakes": ("2031-05-03", "10:00"),
        "Weirs": ("2031-05-04", "11:00"),
    }
    assert roles(reading, events["Weirs"]) == [("speaker", "Ana Lima")]
    assert [person.identifiers[0].value for person in records_of(reading, Person)] == ["1", "2"]
    assert not reading.no_home
    mapped = read_mapped(text, {f"map.{column}": words for column, words in reading.mapping.items()})
    assert mapped.records.keys() == reading.records.keys()


def test_whom_lobbyists_met_stands_with_post_and_body_between_strokes() -> None:
    header = "Lobbyist name,Date Published,Period,Relevant matter,Designated Public Official Lobbied\n"
    who = "Ada Brook|Minister|Department of Water, Peter Berg|TD|Dáil Éireann"
    reading = read_table(f'{header}Weir Trust,21/01/2021,1 Sep 2020 to 31 Dec 2020,Rivers,"{who}"\n')
    [event] = records_of(reading, Event)
    assert event.date == "2020-09-01/2020-12-31", "and not the day on which it was published"
    hosts = [each for each in records_of(reading, Participation) if each.role == "host"]
    assert [(each.title_as_stated, len(each.on_behalf_of)) for each in hosts] == [("Minister", 1), ("TD", 1)]
    assert labels(reading, Person) == ["Ada Brook", "Peter Berg"]


def test_gifts_are_no_meetings() -> None:
    with pytest.raises(BadInput, match="lists gifts"):
        read_table("Minister,Date gift received,From,Gift,Value\nAda Brook,2021-02-03,Weir Trust,Painting,200\n")


def test_people_in_brackets_behind_a_body_came_for_it() -> None:
    who = "Weir Trust (Ana Lima, Peter Berg); Lake Sea Organisation (LSO)"
    reading = read_table(f'Date,Minister,External attendees\n2031-05-03,Ada Brook,"{who}"\n')
    [event] = records_of(reading, Event)
    assert roles(reading, event) == [
        ("host", "Ada Brook"),
        ("attendee", "Weir Trust"),
        ("attendee", "Ana Lima"),
        ("attendee", "Peter Berg"),
        ("attendee", "Lake Sea Organisation"),
    ]
    assert [len(each.on_behalf_of) for each in records_of(reading, Participation)] == [0, 0, 1, 1, 0]
    assert not reading.no_home


def test_days_as_headings_of_a_table_of_two_columns() -> None:
    text = "Time,Session\nDay 1: Monday 3 May 2032,\n09:00-09:30,Opening\nDay 2: Tuesday 4 May 2032,\n09:00,Lakes\n"
    events = records_of(read_table(text), Event)
    assert [(event.label, event.date) for event in events] == [("Opening", "2032-05-03"), ("Lakes", "2032-05-04")]


def test_a_department_hosts_a_meeting_where_nobody_of_it_does() -> None:
    reading = read_table("Department,Date,Met with,Purpose\nWater Department,2031-05-03,Weir Trust,Rivers\n")
    assert roles(reading, records_of(reading, Event)[0]) == [("host", "Water Department"), ("attendee", "Weir Trust")]
    assert not any(each.on_behalf_of for each in records_of(reading, Participation))
    named = read_table("Department,Minister,Date,Met with\nWater Department,Ada Brook,2031-05-03,Weir Trust\n")
    bodies = {each.id: each.label for each in records_of(named, Organisation)}
    assert [[bodies[body] for body in each.on_behalf_of] for each in records_of(named, Participation)] == [
        ["Water Department"],
        [],
    ]


def test_a_row_for_each_who_came_makes_one_meeting() -> None:
    rows = "River call,Ana Lima,Weir Trust\nRiver call,Peter Berg,Lake Society\nLake call,Ana Lima,Weir Trust\n"
    reading = read_table(f"Meeting,Attendee,Organisation\n{rows}")
    river, lake = records_of(reading, Event)
    assert roles(reading, river) == [("attendee", "Ana Lima"), ("attendee", "Peter Berg")]
    assert roles(reading, lake) == [("attendee", "Ana Lima")]

"""Lists of people: contacts, members with terms, and those who came to one event."""

from __future__ import annotations

import pytest

from convenings.domain.records import Event, Membership, Organisation, Participation, Person
from tests.unit.tables import book, labels, read_mapped, read_table, records_of, roles


@pytest.mark.parametrize(
    "header",
    ["Name,Phone,Date of joining", "Name,Phone,Date", "Name,E-mail,Member since", "Name,Tel,Registered on"],
)
def test_no_event_is_called_after_somebody(header: str) -> None:
    reading = read_table(f"{header}\nAna Lima,1234,2020-05-03\nPeter Berg,1235,2021-01-13\n")
    assert labels(reading, Person) == ["Ana Lima", "Peter Berg"]
    assert not records_of(reading, Event)
    assert header.split(",")[2] in reading.no_home, "the day belongs to no body that is stated"


def test_names_of_events_beside_days_are_no_people() -> None:
    reading = read_table("Name,Date,Phone\nRiver Day,2031-05-03,12\nLake Walk,2031-05-04,13\n")
    assert labels(reading, Event) == ["River Day", "Lake Walk"]


def test_a_line_above_says_of_which_body_those_in_a_list_are_and_columns_since_when() -> None:
    text = "Board of the Weir Trust,,,\nName,Position,Term start,Term end\n"
    reading = read_table(f"{text}Ana Lima,Chair,2019-01-01,2022-12-31\nBo Berg,Treasurer,2020-01-01,\n")
    chair, treasurer = records_of(reading, Membership)
    assert (chair.title, chair.start, chair.end) == ("Chair", "2019-01-01", "2022-12-31")
    assert (treasurer.start, treasurer.end) == ("2020-01-01", None)
    assert labels(reading, Organisation) == ["Board of the Weir Trust"]


def test_the_name_of_the_file_says_of_which_body_the_members_are() -> None:
    reading = read_table("Name,Member since\nAna Lima,2020\nBo Berg,2021\n", "Members of the Weir Trust.csv")
    assert [(each.title, each.start) for each in records_of(reading, Membership)] == [
        ("member", "2020"),
        ("member", "2021"),
    ]
    assert labels(reading, Organisation) == ["Weir Trust"]


def test_members_of_committees_with_their_terms_hold_no_meetings() -> None:
    rows = ["Finance,Ana Lima,Chair,2019-01-01,2021-12-31", "Finance,Bo Berg,Member,2019-01-01,"]
    text = "\n".join(["Committee,Member,Role,From,To", *rows])
    reading = read_table(text)
    assert not records_of(reading, Event)
    assert [(each.title, each.end) for each in records_of(reading, Membership)] == [
        ("Chair", "2021-12-31"),
        ("Member", None),
    ]
    again = read_mapped(text, {f"map.{column}": words for column, words in reading.mapping.items()})
    assert again.records.keys() == reading.records.keys()


@pytest.mark.parametrize(
    ("above", "name", "label"),
    [
        ("Attendance list – Water Forum 2031,,\nDate: 3 May 2031,,\n", "a.csv", "Water Forum 2031"),
        ("Water Forum 2031,,\nList of participants,,\n3 May 2031,,\n", "a.csv", "Water Forum 2031"),
        ("Teilnehmerliste Seentagung am 3. Mai 2031,,\n", "a.csv", "Seentagung am 3. Mai 2031"),
        ("Stand: 3. Mai 2031,,\n", "Participants_Water-Days.csv", "Water Days"),
    ],
)
def test_those_in_a_list_took_part_in_the_event_that_it_is_of(above: str, name: str, label: str) -> None:
    text = f"{above}Name,Organisation,Attended\nAna Lima,Weir Trust,Yes\nBo Berg,Lake Society,No\n"
    reading = read_table(text, name)
    [event] = records_of(reading, Event)
    assert (event.label, event.date) == (label, "2031-05-03")
    assert roles(reading, event) == [("attendee", "Ana Lima"), ("invitee", "Bo Berg")]
    assert [len(each.on_behalf_of) for each in records_of(reading, Participation)] == [1, 1]
    assert not reading.no_home


def test_a_list_that_names_no_event_is_one_of_people_alone() -> None:
    for name in ("participants.csv", "Attendees export.csv", "2031-05-03 guests.csv"):
        reading = read_table("Name,Organisation\nAna Lima,Weir Trust\nBo Berg,Lake Society\n", name)
        assert not records_of(reading, Event)
        assert len(records_of(reading, Membership)) == 2


def test_a_sheet_of_speakers_beside_talks_is_of_no_event_of_its_own() -> None:
    talks = [("Title", "Date", "Speaker"), ("Rivers", "2031-05-03", "Ana Lima")]
    data = book(("Talks", talks), ("Speakers", [("Name", "Organisation"), ("Ana Lima", "Weir Trust")]))
    assert labels(read_table(data, "Water days.xlsx"), Event) == ["Rivers"]

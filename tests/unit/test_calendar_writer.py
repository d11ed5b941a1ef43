"""Calendars as they are written: what is known, in lines that every program takes."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.record_values import Description, Evidence, Identifier, Link
from convenings.domain.records import Event, Participation, Person, Place, Record, Topic
from convenings.interchange.calendars.content_lines import content_line, folded
from convenings.interchange.calendars.lines import components_of
from convenings.interchange.calendars.writer import counts, write
from convenings.interchange.selection import Selection, UserData
from convenings.store.canonical import Info
from tests.unit.calendars import calendar, event_of, events_of, occurrences_of, reading_of, roles_of, times_of

INFO = Info(format=2, title="Fairs; and more")


def export(records: Iterable[Record], **options: Any) -> tuple[bytes, list[str]]:
    target = BytesIO()
    remarks = write(Selection(INFO, records, **options), target)
    return target.getvalue(), remarks


def event(**fields: Any) -> Event:
    return Event(**{"id": "event/a", "label": "Spring fair", "type": "fair", "date_basis": "stated", **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2020-05-08"},
        {"date": "2020-05-08/2020-05-10"},
        {"date": "2020-05-08", "start_time": "10:00"},
        {"date": "2020-05-08", "start_time": "10:00", "end_time": "11:30"},
        {"date": "2020-05-08", "start_time": "22:00", "end_time": "02:00"},
        {"date": "2020-05-08", "start_time": "10:00", "end_time": "10:00"},
        {"date": "2020-05-08", "start_time": "20:00", "end_time": "00:00"},
        {"date": "2020-05-08/2020-05-10", "start_time": "10:00", "end_time": "09:00"},
        {"date": "2020-05-08", "start_time": "10:00", "end_time": "11:30", "zone": "Europe/Brussels"},
        {"date": "2020-12-08", "start_time": "10:00", "zone": "America/St_Johns"},
        {"date": "2020-05-08", "start_time": "10:00", "zone": "UTC"},
        {"date": "0999-05-08", "start_time": "10:00"},
    ],
)
def test_times_come_back_as_they_were(fields: dict[str, str]) -> None:
    data, remarks = export([event(**fields)])
    again = reading_of(data)
    written = event(**fields)
    assert times_of(event_of(again)) == times_of(written)
    assert (again.skipped, again.remarks, remarks) == ([], [], [])
    assert [str(each.get("SUMMARY")) for each in icalendar.Calendar.from_ical(data).walk("VEVENT")] == ["Spring fair"]


def test_an_offset_is_written_as_utc() -> None:
    data, _ = export([event(date="2020-05-08", start_time="10:00", zone="+05:30")])
    assert b"\r\nDTSTART:20200508T043000Z\r\n" in data


def test_a_zone_is_that_of_the_event_above() -> None:
    above = event(id="event/b", date="2020-05-08", zone="Europe/Brussels")
    data, _ = export([event(date="2020-05-08", start_time="10:00", super_event="event/b"), above])
    assert b"\r\nDTSTART;TZID=Europe/Brussels:20200508T100000\r\n" in data
    assert b"\r\nTZID:Europe/Brussels\r\n" in data
    assert [part.super_event is None for part in events_of(reading_of(data))] == [False, True]


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("2020-05", "is not known to the day (2020-05)"),
        ("2020", "is not known to the day (2020)"),
        ("2020-05-08?", "is not known to the day (2020-05-08?)"),
        ("2020-05/2020-06", "is not known to the day (2020-05/2020-06)"),
        ("2020-05-08/..", "is not known to the day (2020-05-08/..)"),
        ("2020-05-XX", "is not known to the day (2020-05-XX)"),
        ("-0044-03-15", "is in no year that a calendar can write (-0044-03-15)"),
        (None, "has no date"),
    ],
)
def test_what_is_not_known_to_the_day_is_left_out_and_told(date: str | None, why: str) -> None:
    data, remarks = export([event(date=date)])
    assert remarks == [f"'Spring fair' {why}, and was left out"]
    assert events_of(reading_of(data)) == []


def test_what_is_left_out_is_not_counted() -> None:
    records = [event(date="2020-05-08"), event(id="event/b", date="2020-05"), Person(id="person/ana", label="Ana Lima")]
    assert counts(Selection(INFO, records)) == {"event": 1}
    assert counts(Selection(INFO, records[1:])) == {}


def test_status_place_topics_links_and_words_come_back() -> None:
    text = calendar(
        "UID:a-long-one@calendar.example\nSUMMARY:Spring fair\nDTSTART:20200508\nSTATUS:CANCELLED\n"
        "LOCATION:Town hall\nGEO:52.5;13.25\nCATEGORIES:Care\\, at home,Old age\nURL:https://x.example/a\n"
        "ATTACH;FMTTYPE=application/pdf;FILENAME=p.pdf:https://x.example/p.pdf\n"
        'CONFERENCE;VALUE=URI;LABEL="Dial in: 5":tel:+1-412-555-0123\nLINK;LINKREL=video;VALUE=URI:https://x.example/v\n'
        "DESCRIPTION:We meet\\; and talk.\\nThen\\, we go."
    )
    first = reading_of(text)
    second = reading_of(export(first.records.values())[0])
    old, new = event_of(first), event_of(second)
    for name in ("label", "date", "status", "identifiers", "place", "topics", "links", "descriptions"):
        assert getattr(new, name) == getattr(old, name), name
    assert old.links[3] == Link(url="https://x.example/v", rel="video")


def test_people_have_no_address_made_up_for_them() -> None:
    lines = "UID:a-long-one@calendar.example\nSUMMARY:a\nDTSTART:20200508\n"
    people = (
        "ORGANIZER;CN=\"Ek; Ada ^'x^'\":mailto:a@x.example\nATTENDEE;CN=Bo;ROLE=CHAIR:mailto:b@x.example\n"
        "ATTENDEE;CN=Cy;ROLE=SPEAKER:mailto:c@x.example\nATTENDEE;CN=Di;PARTSTAT=DECLINED:mailto:d@x.example\n"
        "ATTENDEE;CN=Board;CUTYPE=GROUP;ROLE=REQ-PARTICIPANT:mailto:e@x.example"
    )
    first = reading_of(calendar(lines + people))
    data, _ = export(first.records.values())
    assert data.replace(b"\r\n ", b"").count(b":invalid:nomail\r\n") == 5
    assert b"mailto" not in data.lower()
    roles = roles_of(reading_of(data))
    assert {name: role for name, (role, _) in roles.items()} == {
        'Ek; Ada "x"': "organiser", "Bo": "chair", "Cy": "speaker", "Di": "invitee", "Board": "attendee",
    }  # fmt: skip
    wanted = reading_of(calendar(lines + people), with_contacts=True)
    assert b":mailto:b@x.example" in export(wanted.records.values())[0]


def test_who_has_no_name_is_told() -> None:
    party = Participation(id="participation/a", event="event/a", unnamed="a mayor", role="speaker")
    _, remarks = export([event(date="2020-05-08"), party])
    assert remarks == ["parties without a name, left out: 1"]


def test_a_series_is_written_as_its_occurrences_which_are_known_again() -> None:
    rule = (
        "UID:a-long-one@x\nSUMMARY:a\nDTSTART;TZID=Europe/Oslo:20200508T100000\nRRULE:FREQ=DAILY;COUNT=3\n"
        "DESCRIPTION:We meet\nURL:https://x.example/\nCATEGORIES:Care\nATTENDEE;CN=Ada Ek:invalid:nomail"
    )
    moved = "UID:a-long-one@x\nSUMMARY:a\nRECURRENCE-ID:20200509T080000Z\nDTSTART:20200509T090000Z"
    first = reading_of(calendar(rule, moved))
    data, remarks = export(first.records.values())
    second = reading_of(data)
    assert remarks == ["series written as their occurrences, without the rule: 1"]
    assert [each.identifiers for each in events_of(second)] == [each.identifiers for each in occurrences_of(first)]
    assert {first.keys[each.id] for each in occurrences_of(first)} == {
        second.keys[each.id] for each in events_of(second)
    }
    assert b"COMMENT:Moved from 2020-05-09T10:00:00" in data
    # What is said of the series is said of each.
    for each in events_of(second):
        assert (each.descriptions[0].text, each.links[0].url, len(each.topics)) == ("We meet", "https://x.example/", 1)
    assert sum(isinstance(record, Participation) for record in second.records.values()) == 3


def test_only_what_was_chosen_is_written() -> None:
    events = [event(date="2020-05-08"), event(id="event/b", label="Walk", date="2020-05-09", super_event="event/a")]
    data, _ = export(events, chosen={"event/b"})
    assert [each.label for each in events_of(reading_of(data))] == ["Walk"]
    person = Person(id="person/p", label="Ada")
    data, _ = export([*events, person], chosen={"person/p"})
    assert len(events_of(reading_of(data))) == 2


def test_old_ids_lead_to_what_stands_for_them() -> None:
    topic = Topic(id="topic/new", label="Care", type="concept")
    place = Place(id="place/new", label="Room 5", type="room", parent="place/hall")
    hall = Place(id="place/hall", label="Town hall", type="venue")
    data, _ = export(
        [event(date="2020-05-08", topics=["topic/old"], place="place/old"), topic, place, hall],
        redirects={"topic/old": "topic/new", "place/old": "place/new"},
    )
    assert b"\r\nCATEGORIES:Care\r\n" in data
    assert b"\r\nLOCATION:Room 5\\, Town hall\r\n" in data


def test_an_inferred_date_and_notes_are_marked_as_such() -> None:
    evidence = Evidence(
        source="source/a", pointer="x", start=0, end=1, passage_hash="0" * 16, fields=["date"], basis="inferred",
        note="the year of publication",
    )  # fmt: skip
    data, _ = export(
        [event(date="2020-05-08", date_basis="inferred", evidence=[evidence])],
        user_data=UserData(notes={"event/a": "ask Ada"}, marks=["event/a"]),
    )
    assert b"COMMENT:The date is inferred: the year of publication\r\n" in data
    assert b"COMMENT:Note: ask Ada\r\n" in data


def test_markup_is_not_written() -> None:
    text = Description(text="<p>One &amp; two</p><script>x()</script><br>three < four", format="html")
    data, _ = export([event(date="2020-05-08", descriptions=[text])])
    assert event_of(reading_of(data)).descriptions[0].text == "One & two\nx()\nthree < four"


def test_an_event_without_a_uid_gets_one_of_its_dataset() -> None:
    (first,), _, _ = _components(export([event(date="2020-05-08")])[0])
    uid = first.parts[0].text("UID")
    assert uid.startswith("event/a@")
    assert uid == _components(export([event(date="2021-05-08")])[0])[0][0].parts[0].text("UID")
    numbered = event(date="2020-05-08", identifiers=[Identifier(scheme="uid", value="x@y")])
    assert b"\r\nUID:x@y\r\n" in export([numbered])[0]


def _components(data: bytes) -> tuple[list[Any], list[tuple[int, str]], list[str]]:
    faults: list[tuple[int, str]] = []
    remarks: list[str] = []
    top = components_of(data, lambda number, what: faults.append((number, what)), remarks.append).top
    return top, faults, remarks


HOSTILE = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(list('\r\n\t\x00\x1b\x85\u2028,;:\\"^<>=é人😀')),
    max_size=90,
)


@given(text=HOSTILE)
def test_lines_are_folded_by_octets_and_never_inside_a_character(text: str) -> None:
    data = folded("SUMMARY:" + text.replace("\r", "").replace("\n", ""))
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()


@given(label=HOSTILE, name=HOSTILE)
def test_hostile_text_comes_back_and_writes_no_property_of_its_own(label: str, name: str) -> None:
    person = Person(id="person/p", label=name)
    party = Participation(id="participation/a", event="event/a", agent="person/p", role="speaker")
    text = Description(text=label)
    data, _ = export([event(date="2020-05-08", label=label, descriptions=[text]), person, party])
    assert not any(byte < 0x20 and byte not in b"\r\n\t" for byte in data)
    (top,), faults, remarks = _components(data)
    assert (faults, remarks) == ([], [])
    (part,) = top.parts
    assert {line.name for line in part.lines} <= {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "ATTENDEE"}
    expected = label.replace("\r\n", "\n").replace("\r", "\n")
    if all(char == "\n" or char.isprintable() for char in expected):
        assert part.text("SUMMARY") == expected.strip()
    attendee = part.first("ATTENDEE")
    assert attendee.value == "invalid:nomail"
    assert attendee.parameters["ROLE"] == ["X-SPEAKER"]


@given(value=HOSTILE)
def test_a_parameter_never_ends_early(value: str) -> None:
    data = b"BEGIN:VEVENT\r\n" + content_line("ATTENDEE", "x:y", {"CN": value, "ROLE": "CHAIR"}) + b"END:VEVENT\r\n"
    (top,), faults, _ = _components(data)
    (line,) = top.lines
    assert (line.value, line.parameters["ROLE"], faults) == ("x:y", ["CHAIR"], [])
    if all(char.isprintable() for char in value):
        assert line.parameters["CN"] == [value]

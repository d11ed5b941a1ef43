"""What events of calendars say beside when they are: who, where, what about, and what of it has no home."""

from __future__ import annotations

import pytest

from convenings.domain.record_values import Description, Identifier, Link
from convenings.domain.records import Organisation, Person, Topic
from tests.unit.calendars import (
    calendar,
    event_of,
    events_of,
    occurrences_of,
    places_of,
    reading_of,
    reasons_of,
    roles_of,
)

UID = "UID:a-long-one@calendar.example\nSUMMARY:Spring fair\nDTSTART:20200508T100000"


def test_people_have_the_roles_that_the_file_gives() -> None:
    reading = reading_of(
        calendar(
            f"{UID}\nORGANIZER;CN=Ada Ek:mailto:ada@x.example\n"
            "ATTENDEE;CN=Bo Dahl;ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:bo@x.example\n"
            "ATTENDEE;CN=Cy Fox;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:cy@x.example\n"
            "ATTENDEE;CN=Di Gil;ROLE=OPT-PARTICIPANT:mailto:di@x.example\n"
            "ATTENDEE;CN=Ed Hal;ROLE=NON-PARTICIPANT:mailto:ed@x.example\n"
            "ATTENDEE;CN=Fe Ito;PARTSTAT=DECLINED:mailto:fe@x.example\n"
            "ATTENDEE;CN=Gu Jin;PARTSTAT=NEEDS-ACTION:mailto:gu@x.example\n"
            "ATTENDEE;CN=Ha Kim;ROLE=SPEAKER:mailto:ha@x.example\n"
            "ATTENDEE;CN=Board;CUTYPE=GROUP:mailto:board@x.example"
        )
    )
    assert roles_of(reading) == {
        "Ada Ek": ("organiser", "ORGANIZER"),
        "Bo Dahl": ("chair", "CHAIR"),
        "Cy Fox": ("attendee", "REQ-PARTICIPANT"),
        "Di Gil": ("attendee", "OPT-PARTICIPANT"),
        "Ed Hal": ("invitee", "NON-PARTICIPANT"),
        "Fe Ito": ("invitee", "DECLINED"),
        "Gu Jin": ("invitee", "NEEDS-ACTION"),
        "Ha Kim": ("speaker", "SPEAKER"),
        "Board": ("attendee", ""),
    }
    assert [record.label for record in reading.records.values() if isinstance(record, Organisation)] == ["Board"]
    assert reading.left_out == {"e-mail": 9}
    assert b"x.example" not in repr(reading.records).encode() + repr(reading.keys).encode()


def test_rooms_among_those_invited_are_places() -> None:
    reading = reading_of(
        calendar(
            f"{UID}\nATTENDEE;CN=Room 5;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:r5@x.example\n"
            "ATTENDEE;CN=Room 6;CUTYPE=RESOURCE;PARTSTAT=DECLINED:mailto:r6@x.example"
        )
    )
    (place,) = places_of(reading)
    assert (place.label, place.type) == ("Room 5", "room")
    assert event_of(reading).place == place.id
    assert roles_of(reading) == {}


def test_whoever_has_no_name_is_left_out_and_counted() -> None:
    reading = reading_of(
        calendar(f"{UID}\nORGANIZER:mailto:ada@x.example\nATTENDEE;CN=bo@x.example:mailto:bo@x.example")
    )
    assert roles_of(reading) == {}
    assert reading.left_out == {"e-mail": 2}


def test_contacts_come_in_when_they_are_wanted() -> None:
    text = calendar(f"{UID}\nORGANIZER;CN=Ada Ek:mailto:Ada@x.example\nCONTACT:Ada\\, 555 0100")
    reading = reading_of(text, with_contacts=True)
    (person,) = (record for record in reading.records.values() if isinstance(record, Person))
    assert person.links == [Link(url="mailto:ada@x.example", rel="email")]
    assert [text.text for text in event_of(reading).descriptions] == ["Ada, 555 0100"]
    assert reading.left_out == {}
    without = reading_of(text)
    assert without.left_out == {"e-mail": 1, "contact": 1}
    assert event_of(without).descriptions == []


def test_people_are_one_by_address_and_two_by_two_addresses() -> None:
    lines = [
        "ATTENDEE;CN=Ada Ek:mailto:ada@x.example",
        "ATTENDEE;CN=A. Ek:MAILTO:ADA@x.example",
        "ATTENDEE:mailto:ada@x.example",
        "ATTENDEE;CN=Ada Ek:mailto:other@x.example",
        'ATTENDEE;CN="Bo Dahl":invalid:nomail',
        'ATTENDEE;CN="Bo  Dahl":invalid:nomail',
    ]
    reading = reading_of(calendar(*(f"{UID.replace('a-long', str(at))}\n{line}" for at, line in enumerate(lines))))
    people = [record for record in reading.records.values() if isinstance(record, Person)]
    assert [person.label for person in people] == ["Ada Ek", "Ada Ek", "Bo Dahl"]
    assert [name.value for name in people[0].names] == ["Ada Ek", "A. Ek"]
    assert reading.keys[people[1].id] == "Ada Ek (2)"


def test_an_address_of_an_office_is_nobody_in_particular() -> None:
    lines = "\n".join(f"ATTENDEE;CN={name}:mailto:office@x.example" for name in ("Ada Ek", "Bo Dahl", "Ada Ek"))
    reading = reading_of(calendar(f"{UID}\n{lines}"))
    assert [record.label for record in reading.records.values() if isinstance(record, Person)] == ["Ada Ek", "Bo Dahl"]


def test_evidence_of_a_role_is_its_line() -> None:
    reading = reading_of(calendar(f'{UID}\nATTENDEE;CN="Ada\n  Ek":mailto:ada@x.example'))
    (ref,) = (ref for ref in reading.records if ref.startswith("participation/"))
    (evidence,) = reading.records[ref].evidence
    data = reading.file.data[evidence.start : evidence.end]
    assert data == b'ATTENDEE;CN="Ada\n  Ek":mailto:ada@x.example'
    assert evidence.pointer == "uid=a-long-one@calendar.example;attendee"


def test_those_of_a_series_are_not_at_each_occurrence_again() -> None:
    rule = f"{UID}\nRRULE:FREQ=DAILY;COUNT=3\nATTENDEE;CN=Ada Ek:mailto:a@x.example"
    ada, bo = "ATTENDEE;CN=Ada Ek:mailto:a@x.example", "ATTENDEE;CN=Bo:mailto:b@x.example"
    own = f"{UID}\nRECURRENCE-ID:20200509T100000\n{ada}\n{bo}"
    reading = reading_of(calendar(rule, own))
    events = [record.event for record in reading.records.values() if hasattr(record, "event")]
    assert events == [events_of(reading)[0].id, occurrences_of(reading)[1].id]


def test_speakers_in_a_description_stay_words() -> None:
    reading = reading_of(calendar(f"{UID}\nDESCRIPTION:Speakers: Ada Ek\\, and Bo Dahl"))
    assert roles_of(reading) == {}
    assert event_of(reading).descriptions == [Description(text="Speakers: Ada Ek, and Bo Dahl", title="description")]
    assert event_of(reading).summary == ""


def test_what_others_say_keeps_its_markup_and_language() -> None:
    reading = reading_of(
        calendar(
            f"{UID}\nDESCRIPTION;LANGUAGE=de:Wir <b>lesen</b>.\n"
            "X-ALT-DESC;FMTTYPE=text/html:<html><p>Wir lesen.</p></html>\n"
            "COMMENT:Bring tea",
        )
    )
    assert event_of(reading).descriptions == [
        Description(text="Wir <b>lesen</b>.", title="description", language="de", format="html"),
        Description(text="Bring tea", title="comment"),
    ]
    assert reading.no_home == {"X-ALT-DESC": 1}


def test_links_are_whole_addresses_that_nothing_runs() -> None:
    reading = reading_of(
        calendar(
            f"{UID}\nURL:https://x.example/a?b=1;2\n"
            "ATTACH;FMTTYPE=application/pdf;FILENAME=p.pdf:https://x.example/p.pdf\n"
            "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=Dial in:tel:+1-412-555-0123,,,65\n"
            "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA\nURL:javascript:alert(1)\nURL:/c/calendar\n"
            'DESCRIPTION;ALTREP="https://x.example/long":Short'
        )
    )
    assert event_of(reading).links == [
        Link(url="https://x.example/a?b=1;2", rel="url"),
        Link(url="https://x.example/p.pdf", rel="attachment", label="p.pdf", media_type="application/pdf"),
        Link(url="tel:+1-412-555-0123,,,65", rel="conference", label="Dial in"),
        Link(url="https://x.example/long", rel="alternate"),
    ]
    assert reading.no_home == {"ATTACH (inline)": 1, "URL (no whole address)": 2}


def test_categories_are_topics_and_may_say_the_type() -> None:
    reading = reading_of(calendar(f"{UID}\nCATEGORIES:Care\\, at home,Seminar\nCATEGORIES:Care\\, at home"))
    event = event_of(reading)
    assert [record.label for record in reading.records.values() if isinstance(record, Topic)] == [
        "Care, at home",
        "Seminar",
    ]
    assert len(event.topics) == 2
    assert (event.type, event.type_as_stated) == ("seminar", "Seminar")


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ("LOCATION:Town hall\\, Room 2\nGEO:52.5;-13.25", ("Town hall, Room 2", "venue", "", 52.5, -13.25)),
        ("LOCATION:Hall\\nMain St 1", ("Hall, Main St 1", "venue", "Hall, Main St 1", None, None)),
        ("LOCATION:Online", ("Online", "online", "", None, None)),
        ("LOCATION:Microsoft Teams Meeting", ("Microsoft Teams Meeting", "online", "", None, None)),
        ("LOCATION:Hall\nGEO:+51.7;+14.3", ("Hall", "venue", "", 51.7, 14.3)),
        (
            "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=Hall:geo:52.1,7.5",
            ("Hall", "venue", "", 52.1, 7.5),
        ),
    ],
)  # fmt: skip
def test_where_an_event_is(lines: str, place: tuple[object, ...]) -> None:
    reading = reading_of(calendar(f"{UID}\n{lines}"))
    (record,) = places_of(reading)
    assert (record.label, record.type, record.address, record.latitude, record.longitude) == place
    assert event_of(reading).place == record.id
    assert reading.skipped == []


def test_a_location_that_is_an_address_of_a_page_is_a_link() -> None:
    reading = reading_of(calendar(f"{UID}\nLOCATION:https://meet.example/room"))
    assert places_of(reading) == []
    assert event_of(reading).links == [Link(url="https://meet.example/room", rel="location")]


def test_coordinates_that_are_none_are_told() -> None:
    reading = reading_of(calendar(f"{UID}\nLOCATION:Hall\nGEO:north"))
    assert reasons_of(reading) == [("line 9", "GEO: 'north' are no coordinates; left out")]


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("STATUS:CANCELLED", "cancelled"),
        ("STATUS:Canceled", "cancelled"),
        ("STATUS:TENTATIVE", "tentative"),
        ("STATUS:CONFIRMED", None),
    ],
)
def test_status(lines: str, status: str | None) -> None:
    assert event_of(reading_of(calendar(f"{UID}\n{lines}"))).status == status


def test_a_calendar_that_was_sent_to_call_off_calls_off() -> None:
    assert event_of(reading_of(calendar(UID, head="METHOD:CANCEL"))).status == "cancelled"


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("CANCELLED: Spring fair", "cancelled"),
        ("Canceled event: Spring fair", "cancelled"),
        ("[Abgesagt] Frühlingsfest", "cancelled"),
        ("Spring fair (cancelled)", "cancelled"),
        ("Das Fest fällt leider aus", "cancelled"),
        ("Cancelled flights and their costs", None),
    ],
)
def test_a_title_that_calls_off_is_an_inference(title: str, status: str | None) -> None:
    event = event_of(reading_of(calendar(f"SUMMARY:{title}\nDTSTART:20200101")))
    assert event.status == status
    notes = [(part.fields, part.note) for part in event.evidence if part.basis == "inferred"]
    assert notes == ([(["status"], "the title says so")] if status else [])


def test_what_has_no_home_is_counted() -> None:
    text = calendar(
        f"{UID}\nPRIORITY:5\nTRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\nX-MICROSOFT-CDO-IMPORTANCE:1\n"
        "CLASS:PRIVATE\nBEGIN:VALARM\nTRIGGER:-PT5M\nACTION:DISPLAY\nEND:VALARM",
        head="X-PUBLISHED-TTL:PT1H",
    ).replace("END:VCALENDAR", "BEGIN:VTODO\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR")
    reading = reading_of(text)
    assert reading.no_home == {
        "X-PUBLISHED-…": 1, "PRIORITY": 1, "TRANSP": 1, "X-MICROSOFT-…": 2, "CLASS": 1, "VALARM": 1, "VTODO": 1,
    }  # fmt: skip
    assert reading.remarks == ["events marked PRIVATE in the file, and taken like the others: 1"]


def test_the_newest_version_counts_and_it_is_told() -> None:
    reading = reading_of(
        calendar(
            f"{UID}\nSEQUENCE:2\nLOCATION:New", f"{UID}\nSEQUENCE:1\nLOCATION:Old", f"{UID}\nSEQUENCE:2\nLOCATION:New"
        )
    )
    assert [place.label for place in places_of(reading)] == ["New"]
    assert reading.remarks == [
        "uid=a-long-one@calendar.example: older versions passed over, as the newest counts: 1",
        "uid=a-long-one@calendar.example: repetitions passed over, as the newest counts: 1",
    ]


def test_different_events_with_one_uid_are_all_taken() -> None:
    text = calendar(UID) + calendar(UID.replace("fair", "walk")) + calendar(UID.replace("fair", "ride"))
    reading = reading_of(text)
    assert [event.label for event in events_of(reading)] == ["Spring fair", "Spring walk", "Spring ride"]
    assert [len(event.identifiers) for event in events_of(reading)] == [1, 1, 1]
    assert len({event.identifiers[0].value for event in events_of(reading)}) == 3


def test_a_uid_that_is_only_a_number_is_one_of_its_calendar() -> None:
    short = "UID:7\nSUMMARY:a\nDTSTART:20200101"
    fair, plain = reading_of(calendar(short, head="X-WR-CALNAME:Fair 2020")), reading_of(calendar(short))
    assert event_of(fair).identifiers == [Identifier(scheme="Fair 2020 uid", value="7")]
    assert fair.keys[event_of(fair).id] == "Fair 2020 uid=7"
    assert event_of(plain).identifiers == []


def test_without_a_uid_an_event_is_known_by_what_it_is() -> None:
    one, two = "SUMMARY:a\nDTSTART:20200101", "SUMMARY:b\nDTSTART:20200101"
    first, second = reading_of(calendar(one, two)), reading_of(calendar(two, one, one))
    assert {first.keys[event.id] for event in events_of(first)} == {
        second.keys[event.id] for event in events_of(second)
    }
    assert len(events_of(second)) == 2
    third = reading_of(calendar(one, f"{one}\nDESCRIPTION:c"))
    assert [event.label for event in events_of(third)] == ["a", "a"]
    assert third.remarks == ["VEVENT[1]: 2 different events are known by this; each was taken"]


def test_an_event_may_be_part_of_another() -> None:
    whole = "UID:a-long-one@calendar.example\nSUMMARY:Spring fair\nDTSTART:20200508\nDTEND:20200510"
    part = "UID:other@x.example\nSUMMARY:Talk\nDTSTART:20200509T100000\nRELATED-TO:a-long-one@calendar.example"
    late = part.replace("other", "late").replace("20200509", "20200601")
    reading = reading_of(calendar(part, late, whole))
    talk, stray, fair = events_of(reading)
    assert (talk.super_event, stray.super_event) == (fair.id, None)
    assert reading.no_home == {"RELATED-TO": 1}


def test_events_that_are_part_of_each_other_are_not() -> None:
    reading = reading_of(
        calendar("UID:a@x\nRELATED-TO:b@x\nDTSTART:20200101", "UID:b@x\nRELATED-TO:a@x\nDTSTART:20200101")
    )
    assert [event.super_event is None for event in events_of(reading)] == [False, True]


def test_the_source_has_what_the_calendar_says_of_itself() -> None:
    head = "X-WR-CALNAME:Fairs\nX-WR-CALDESC:All of them\nURL:https://x.example/fairs"
    source = reading_of(calendar(UID, head=head)).source
    assert (source.title, source.media_type) == ("Fairs", "text/calendar")
    assert source.descriptions == [Description(text="All of them", title="description")]
    assert source.links == [Link(url="https://x.example/fairs", rel="url")]


def test_an_event_without_a_title_or_a_date_comes_in() -> None:
    reading = reading_of(calendar("ORGANIZER;CN=Ada Ek:mailto:a@x.example"))
    event = event_of(reading)
    assert (event.label, event.date) == ("Untitled event", None)
    assert reading.remarks == ["events without a date: 1"]

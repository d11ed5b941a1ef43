"""Components by which events are published (RFC 9073): participants, locations and resources."""

from __future__ import annotations

from convenings.domain.records import Organisation, Participation, Person, Place
from tests.unit.calendars import calendar, event_of, places_of, reading_of

UID = "UID:a-long-one@calendar.example\nSUMMARY:Spring fair\nDTSTART:20200508T100000\n"


def part(name: str, *lines: str) -> str:
    """A component within an event."""
    return "\n".join([f"BEGIN:{name}", *lines, f"END:{name}", ""])


def test_participants_have_the_role_of_their_type() -> None:
    event = (
        UID
        + "ATTENDEE;CN=Cy Fox;PARTSTAT=ACCEPTED:mailto:cy@x.example\n"
        + part("PARTICIPANT", "UID:1", "PARTICIPANT-TYPE:SPEAKER", "SUMMARY:Ada Ek", "DESCRIPTION:Swims",
               "URL:https://ada.example", "CALENDAR-ADDRESS:mailto:ada@x.example")
        + part("PARTICIPANT", "UID:2", "PARTICIPANT-TYPE:SPONSOR", "SUMMARY:Blue Water")
        + part("PARTICIPANT", "UID:3", "PARTICIPANT-TYPE:PERFORMER", "CALENDAR-ADDRESS:mailto:cy@x.example")
        + part("PARTICIPANT", "UID:4", "PARTICIPANT-TYPE:SPEAKER",
               'STRUCTURED-DATA;FMTTYPE=application/ld+json;VALUE=TEXT:{"@type":"Person"\\,"name":"Di Gil"}')
        + part("PARTICIPANT", "UID:5", "PARTICIPANT-TYPE:BOOKING-CONTACT", "SUMMARY:Box office")
        + part("PARTICIPANT", "UID:6", "PARTICIPANT-TYPE:SPEAKER")
        + part("PARTICIPANT", "UID:7", "PARTICIPANT-TYPE:ACTIVE", "CALENDAR-ADDRESS:mailto:cy@x.example")
    )  # fmt: skip
    reading = reading_of(calendar(event))
    labels = {each.id: each.label for each in reading.records.values() if isinstance(each, (Person, Organisation))}
    parts = [each for each in reading.records.values() if isinstance(each, Participation)]
    assert sorted((labels[each.agent or ""], each.role) for each in parts) == [
        ("Ada Ek", "speaker"),
        ("Blue Water", "sponsor"),
        ("Cy Fox", "attendee"),
        ("Cy Fox", "performer"),
        ("Di Gil", "speaker"),
    ]
    ada = next(each for each in reading.records.values() if isinstance(each, Person) and each.label == "Ada Ek")
    assert (ada.descriptions[0].text, ada.links[0].url) == ("Swims", "https://ada.example")
    assert [each.label for each in reading.records.values() if isinstance(each, Organisation)] == ["Blue Water"]
    assert reading.left_out["contact"] == 1, "whom one asks is not there"
    assert reading.no_home == {"PARTICIPANT (no name)": 1}


def test_where_an_event_is_and_its_rooms() -> None:
    event = (
        UID
        + part("VLOCATION", "UID:1", "NAME:Car park", "LOCATION-TYPE:parking")
        + part("VLOCATION", "UID:2", "NAME:Old Hall", "GEO:50.5;4.25", "URL:https://hall.example")
        + part("VRESOURCE", "UID:3", "NAME:Projector", "RESOURCE-TYPE:PROJECTOR")
        + part("VRESOURCE", "UID:4", "NAME:Attic", "RESOURCE-TYPE:ROOM")
        + "COLOR:red\nSTRUCTURED-DATA;VALUE=URI:https://x.example/e.json\n"
        + "STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>On <b>fairs</b></p>\n"
    )
    reading = reading_of(calendar(event, head="REFRESH-INTERVAL;VALUE=DURATION:P1D"))
    assert [place.label for place in places_of(reading)] == ["Old Hall", "Attic"]
    hall = reading.records[event_of(reading).place or ""]
    assert isinstance(hall, Place)
    assert (hall.latitude, hall.longitude, hall.links[0].url) == (50.5, 4.25, "https://hall.example")
    assert [(link.rel, link.url) for link in event_of(reading).links] == [
        ("structured data", "https://x.example/e.json")
    ]
    assert event_of(reading).descriptions[0].format == "html"
    assert reading.no_home == {"COLOR": 1, "REFRESH-INTERVAL": 1, "VLOCATION": 1, "VRESOURCE": 1}


def test_a_location_says_more_of_the_place_that_the_event_names() -> None:
    event = f"{UID}LOCATION:Old Hall\n" + part("VLOCATION", "NAME:Old Hall", "GEO:50.5;4.25", "DESCRIPTION:Upstairs")
    reading = reading_of(calendar(event))
    hall = reading.records[event_of(reading).place or ""]
    assert isinstance(hall, Place)
    assert (hall.latitude, hall.descriptions[0].text) == (50.5, "Upstairs")
    assert not reading.no_home

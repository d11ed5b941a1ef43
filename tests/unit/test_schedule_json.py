"""Conference schedules in JSON: frab, pretalx, what its interface gives, and what others build of that."""

from __future__ import annotations

import json

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Description, Identifier, Link, Name
from convenings.domain.records import Event, Participation, Person, Place, Source, Topic
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.schedules import json_schedule
from tests.schedules import conference, events, frab, labels, of, reading_of, speakers, whens

GUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
TALK: dict[str, object] = {
    "id": 25, "guid": GUID, "code": "K7TRE2", "logo": "/media/a.png", "date": "2031-05-03T10:00:00+02:00",
    "start": "10:00", "duration": "00:45", "room": "Hall", "slug": "gardens-25-moss", "url": "https://cfp.example/t/25",
    "title": "On moss", "subtitle": "", "track": {"en": "Plants", "fr": "Plantes"}, "type": "Talk", "language": "en",
    "abstract": "Soft **green**.", "description": "Line\r\nline", "recording_license": "", "do_not_record": True,
    "persons": [
        {"id": 4, "code": "ADAMOS", "public_name": "Ada Moss", "biography": "Grows it.", "email": "ada@gardens.example",
         "avatar": "https://cfp.example/ada.jpg", "answers": []},
    ],
    "links": [{"url": "https://gardens.example/moss", "title": "Moss"}],
    "attachments": [{"url": "https://gardens.example/moss.pdf", "title": "Slides"}],
    "answers": [{"question": 1, "answer": "yes"}],
}  # fmt: skip


def test_a_session_of_pretalx_becomes_records() -> None:
    fields = {
        "acronym": "gardens31",
        "time_zone_name": "Europe/Brussels",
        "base_url": "https://cfp.example/gardens31/schedule/",
    }
    reading = reading_of(frab([TALK], **fields))
    [talk] = events(reading)
    assert (talk.label, talk.date, talk.start_time, talk.end_time) == ("On moss", "2031-05-03", "10:00", "10:45")
    assert (talk.type, talk.type_as_stated, talk.language, talk.zone) == ("talk", "Talk", "en", None)
    assert talk.identifiers == [
        Identifier(scheme="guid", value=GUID),
        Identifier(scheme="cfp.example gardens31 session code", value="K7TRE2"),
        Identifier(scheme="cfp.example gardens31 session", value="25"),
        Identifier(scheme="cfp.example gardens31 session slug", value="gardens-25-moss"),
    ]
    assert talk.descriptions == [
        Description(text="Soft **green**.", title="abstract"),
        Description(text="Line\nline", title="description"),
    ]
    assert talk.links == [
        Link(url="https://cfp.example/media/a.png", rel="image", media_type="image/png"),
        Link(url="https://cfp.example/t/25", rel="page"),
        Link(url="https://gardens.example/moss", label="Moss"),
        Link(url="https://gardens.example/moss.pdf", rel="slides", label="Slides", media_type="application/pdf"),
    ]
    [person] = of(reading, Person)
    assert person.identifiers == [
        Identifier(scheme="cfp.example person code", value="ADAMOS"),
        Identifier(scheme="cfp.example person", value="4"),
    ]
    assert person.descriptions == [Description(text="Grows it.", title="biography", format="markdown")]
    assert person.links == [Link(url="https://cfp.example/ada.jpg", rel="image", media_type="image/jpeg")]
    [topic] = of(reading, Topic)
    assert (topic.label, topic.names) == ("Plants", [Name(value="Plantes", type="translation", language="fr")])
    assert reading.no_home == {"opt-out of recording": 1, "answers": 1}
    assert reading.left_out == {"e-mail": 1}
    assert conference(reading).zone == "Europe/Brussels"


def test_an_address_is_taken_where_contacts_are_wanted() -> None:
    [person] = of(reading_of(frab([TALK]), with_contacts=True), Person)
    assert Link(url="mailto:ada@gardens.example", rel="e-mail") in person.links


def test_evidence_points_at_the_bytes_of_the_session() -> None:
    sessions: list[dict[str, object]] = [{"id": number, "title": "Walk", "start": "10:00"} for number in range(3)]
    reading = reading_of(b"\xef\xbb\xbf" + frab(sessions))
    for number, event in enumerate(events(reading)):
        piece = event.evidence[0]
        assert piece.pointer == f"/schedule/conference/days/0/rooms/Hall/{number}"
        assert json.loads(reading.file.data[piece.start : piece.end]) == sessions[number]
    piece = conference(reading).evidence[0]
    assert piece.pointer == "/schedule/conference"
    assert reading.file.data[piece.start : piece.end].startswith(b'{"title": "Example Days 2031"')


def test_utf_16_is_read() -> None:
    text = frab([{"id": 1, "title": "Gärten", "start": "10:00"}]).decode().replace("\\u00e4", "ä")
    reading = reading_of(text.encode("utf-16"))
    [event] = events(reading)
    piece = event.evidence[0]
    assert (
        json.loads(reading.file.data[piece.start : piece.end].decode("utf-16-le"))["title"] == event.label == "Gärten"
    )


def test_two_rooms_with_one_guid_are_two_and_a_room_is_known_by_its_name() -> None:
    rooms = [
        {"name": "Hall", "slug": "1-hall", "guid": GUID, "capacity": 120, "description": "Below."},
        {"name": "Shed", "slug": "2-shed", "guid": GUID, "capacity": None},
    ]
    reading = reading_of(frab([{"id": 1, "title": "Walk", "start": "10:00", "room": "Hall"}], rooms=rooms))
    hall, shed = of(reading, Place)
    assert (hall.label, hall.capacity, hall.descriptions) == (
        "Hall",
        120,
        [Description(text="Below.", title="description")],
    )
    assert hall.identifiers == [Identifier(scheme="example days 2031 room slug", value="1-hall")]
    assert (shed.label, shed.capacity) == ("Shed", None)
    assert events(reading)[0].place == hall.id
    assert reading.remarks == [f"2 rooms have the guid {GUID}; they are rooms of their own, by their names"]


def test_days_may_have_no_rooms_and_rooms_may_be_a_list() -> None:
    days = [
        {"index": 1, "date": "2031-05-03"},
        {"index": 2, "date": "2031-05-04", "rooms": [{"name": "Hall", "talks": [{"title": "Walk", "start": "9:00"}]}]},
        {"index": 3, "date": "2031-05-05", "events": [{"title": "Dinner", "start": "19:00", "persons": []}]},
    ]
    reading = reading_of(json.dumps({"schedule": {"conference": {"title": "Gardens", "days": days}}}).encode())
    assert whens(reading) == {"Walk": ("2031-05-04", "09:00", None), "Dinner": ("2031-05-05", "19:00", None)}
    assert [each.type for each in events(reading)] == ["activity", "break"]
    assert conference(reading).date == "2031-05-03/2031-05-05"
    assert labels(reading, Place) == ["Hall"]


def test_the_conference_may_stand_alone() -> None:
    days = [{"date": "2031-05-03", "rooms": {"Hall": [{"title": "Walk", "start": "9:00"}]}}]
    reading = reading_of(json.dumps({"conference": {"title": "Gardens", "daysCount": 1, "days": days}}).encode())
    assert labels(reading, Event) == ["Gardens", "Walk"]


def test_a_talk_after_midnight_is_on_the_next_calendar_day() -> None:
    days = [{"date": "2031-05-03", "day_start": "2031-05-03T09:00:00+02:00", "day_end": "2031-05-04T04:00:00+02:00",
             "rooms": {"Hall": [{"title": "Walk", "start": "00:30", "duration": 30}]}}]  # fmt: skip
    reading = reading_of(json.dumps({"schedule": {"conference": {"title": "Gardens", "days": days}}}).encode())
    assert whens(reading) == {"Walk": ("2031-05-04", "00:30", "01:00")}
    assert events(reading)[0].date_basis == "inferred"


def test_speakers_have_the_role_that_their_field_or_their_own_says() -> None:
    session: dict[str, object] = {
        "title": "Walk",
        "start": "9:00",
        "speakers": ["Bo Li", {"name": "Cy Ort", "role": "Moderator"}, {"name": "Di Pot", "role": "gardener"}],
        "persons": [{"public_name": "Ed Rue"}],
    }
    reading = reading_of(frab([session]))
    assert [(each.role, each.role_basis, each.role_as_stated) for each in of(reading, Participation)] == [
        ("speaker", "stated", ""),
        ("moderator", "stated", "Moderator"),
        ("speaker", "inferred", "gardener"),
        ("speaker", "inferred", ""),
    ]


def test_days_minutes_and_rooms_may_be_keys() -> None:
    slot = {"room_id": 7, "room": {"en": "Hall", "fr": "Salle"}, "start": "2031-05-03T09:30:00+02:00",
            "end": "2031-05-03T08:00:00Z"}  # fmt: skip
    talk = {"code": "AAA", "title": "Walk", "speakers": [{"code": "BO", "name": "Bo Li"}], "state": "confirmed",
            "submission_type": {"en": "Long talk", "fr": "Conférence longue"}, "slot": slot, "duration": 0}  # fmt: skip
    whole = {
        "schedule": {
            "2031-05-03": {"540": {}, "570": {"7": talk}, "600": {"9": {"title": "Talk two", "speakers": ["BO"]}}}
        },
        "extra": {"2031-05-03": {"720": {"id": "lunch", "title": {"en": "Lunch", "fr": "Déjeuner"}}}},
        "rooms": [
            {"id": 7, "name": {"en": "Hall", "fr": "Salle"}, "capacity": 30, "url": "/orga/event/gardens-31/rooms/7/"},
            {"id": 9, "name": {"en": "Shed"}},
        ],
        "speakers": {"BO": {"code": "BO", "name": "Bo Li", "biography": "Walks."}},
    }
    reading = reading_of(json.dumps(whole).encode(), "any.json")
    assert whens(reading) == {
        "Walk": ("2031-05-03", "09:30", "10:00"),
        "Talk two": ("2031-05-03", "10:00", None),
        "Lunch": ("2031-05-03", "12:00", None),
    }
    walk, two, lunch = events(reading)
    assert (walk.type, walk.type_as_stated, walk.place) == ("talk", "Long talk", "place/hall")
    assert (two.place, lunch.type) == ("place/shed", "break")
    assert lunch.names == [Name(value="Déjeuner", type="translation", language="fr")]
    assert labels(reading, Person) == ["Bo Li"]
    assert speakers(reading) == [("person/bo-li", "event/walk"), ("person/bo-li", "event/talk-two")]
    assert (conference(reading).label, conference(reading).zone) == ("gardens-31", "+02:00")
    assert [each.capacity for each in of(reading, Place)] == [30, None]


def test_an_answer_of_the_interface_is_read() -> None:
    results = [
        {"code": "AAA", "title": "Walk", "submission_type": "Talk", "state": "canceled",
         "speakers": [{"code": "BO", "name": "Bo Li", "biography": "Walks."}],
         "slot": {"start": "2031-05-03T09:30:00+02:00", "end": "2031-05-03T10:00:00+02:00", "room": "Hall"}},
    ]  # fmt: skip
    reading = reading_of(json.dumps({"count": 1, "next": None, "results": results}).encode(), "talks.json")
    [walk] = events(reading)
    assert (walk.date, walk.start_time, walk.end_time, walk.status) == ("2031-05-03", "09:30", "10:00", "cancelled")
    people = [{"code": "BO", "name": "Bo Li", "biography": "Walks.", "submissions": ["AAA"]}]
    reading = reading_of(json.dumps({"count": 1, "results": people}).encode(), "speakers.json")
    assert reading.counts() == {"person": 1}


def test_a_session_that_cannot_be_read_is_skipped() -> None:
    good = json.dumps({"title": "Walk", "start": "9:00"})
    data = frab([]).replace(b'"Hall": []', f'"Hall": [{{"title": "x", "start": 1e999}}, {good}]'.encode())
    reading = reading_of(data)
    assert [each.label for each in events(reading)] == ["Walk"]
    assert reading.skipped[0].place == "/schedule/conference/days/0/rooms/Hall/0"


def test_half_of_a_pair_of_escapes_is_no_fault() -> None:
    data = frab([{"title": "HALF \\ walk", "start": "9:00"}]).replace(b"HALF", rb"\ud83d \ud83d\ude00")
    [event] = events(reading_of(data))
    assert event.label == "\ufffd \U0001f600 \\ walk"
    assert reading_of(data).file.data[event.evidence[0].start : event.evidence[0].end].startswith(b'{"title"')


def read(data: bytes) -> None:
    file = ForeignFile(name="s.json", data=data)
    json_schedule.read(file, Reading(file, Source(id="source/s", label="s", type="data")))


def test_a_cut_file_is_refused_wherever_it_is_cut() -> None:
    data = frab([TALK, TALK])
    for end in range(1, len(data) - 1, 23):
        with pytest.raises(BadInput, match=r"ends in the middle|this is no JSON"):
            read(data[:end])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"schedule": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "too many objects"),
        (b'{"schedule": ' + b'{"a":' * 200 + b"1" + b"}" * 201, "no session"),
        (b"[1, 2]", "no session"),
        (b"", "ends in the middle"),
        (b'{"schedule": {"conference": {"days": [}}}', "no JSON"),
        (b'{"schedule": {}} trailing', "no JSON"),
        (b'{"schedule": "\xff"}', "not of the encoding utf-8"),
        (b'{"schedule": {"conference": NaN}}', "no JSON"),
        (b'// note\n{"schedule": {}}', "no JSON"),
    ],
)
def test_what_is_no_schedule_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        read(data)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "is_ours"),
    [
        (frab([TALK]), True), (b'{"schedule": {"2031-05-03": {}}}', True), (b'[{"title": "x", "start": "x"}]', False),
        (b'{"dataset": {"1": {"format": 2}}, "events": {}}', False), (b'{"persons": [], "organizations": []}', False),
        (b'{"events": [{"title": "Walk"}]}', False), (b"BEGIN:VCALENDAR", False), (b"<schedule/>", False),
    ],
)  # fmt: skip
def test_a_schedule_is_told_by_its_content(data: bytes, is_ours: bool) -> None:
    assert (json_schedule.fits(data, "x.txt") > 0) is is_ours


def test_a_room_without_a_name_is_called_by_its_number() -> None:
    whole = {"schedule": {"2031-05-03": {"570": {"7": {"title": "Walk"}}}}, "rooms": [{"id": 7, "name": None}]}
    assert labels(reading_of(json.dumps(whole).encode()), Place) == ["7"]


def test_what_is_no_address_is_no_link_of_a_person() -> None:
    person = {"id": 1, "name": "Bo Li", "email": "", "phone": "+32 9"}
    reading = reading_of(frab([{"title": "Walk", "start": "9:00", "persons": [person]}]), with_contacts=True)
    assert [each.url for each in of(reading, Person)[0].links] == ["tel:+329"]

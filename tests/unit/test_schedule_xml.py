"""Conference schedules in XML: frab, Pentabarf, wafer."""

from __future__ import annotations

from time import perf_counter

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Description, Identifier, Link, Name
from convenings.domain.records import Event, Participation, Person, Place, Topic
from convenings.interchange.schedules import xml_schedule
from tests.schedules import (
    conference,
    events,
    labels,
    of,
    passage,
    reading_of,
    speakers,
    whens,
    xml,
)

PENTABARF = """<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference><title>Gardens 2031</title><subtitle/><venue>Old Mill</venue><city>Ghent</city>
    <start>2031-05-03</start><end>2031-05-04</end><days>2</days><day_change>06:00:00</day_change>
    <timeslot_duration>00:05:00</timeslot_duration></conference>
  <day index="1" date="2031-05-03">
    <room name="Hall">
      <event id="71"><start>09:30</start><duration>00:25</duration><room>Hall</room><slug>opening</slug>
        <title>Opening</title><subtitle>Of all gates</subtitle><track>Plenary</track><type>keynote</type><language/>
        <abstract>&lt;p&gt;All are &lt;b&gt;welcome&lt;/b&gt;.&lt;/p&gt;</abstract><description/>
        <persons><person id="6">Ada Moss</person><person id="9">Ada Moss</person></persons>
        <attachments><attachment type="slides" href="https://gardens.example/o.pdf">Talk</attachment></attachments>
        <links><link href="https://video.gardens.example/a/o.webm">Video recording (WebM/VP9)</link>
          <link href="https://gardens.example/f">Submit feedback</link></links></event>
      <event id="72"><start>00:30</start><duration>1:00</duration><room>Hall</room><title>CANCELLED Night walk</title>
        <track>Walks</track><type>bof</type><persons/></event>
    </room>
    <room name="Shed"/>
  </day>
  <day index="2" date="2031-05-04">
    <room name="Hall">
      <event id="73"><start>12:00</start><duration>01:00</duration><title>Lunch</title><persons></persons></event>
    </room>
  </day>
</schedule>
"""


def test_a_pentabarf_schedule_becomes_records() -> None:
    reading = reading_of(PENTABARF.encode())
    assert reading.counts() == {"event": 4, "place": 4, "topic": 2, "person": 2, "participation": 2}
    assert whens(reading) == {
        "Opening": ("2031-05-03", "09:30", "09:55"),
        "CANCELLED Night walk": ("2031-05-04", "00:30", "01:30"),
        "Lunch": ("2031-05-04", "12:00", "13:00"),
    }
    opening, walk, lunch = events(reading)
    assert (opening.type, opening.type_as_stated, opening.status) == ("keynote", "keynote", None)
    assert opening.descriptions == [
        Description(text="Of all gates", title="subtitle"),
        Description(text="<p>All are <b>welcome</b>.</p>", title="abstract", format="html"),
    ]
    assert opening.links == [
        Link(url="https://gardens.example/o.pdf", rel="slides", label="Talk", media_type="application/pdf"),
        Link(
            url="https://video.gardens.example/a/o.webm",
            rel="video",
            label="Video recording (WebM/VP9)",
            media_type="video/webm",
        ),
        Link(url="https://gardens.example/f", rel="feedback", label="Submit feedback"),
    ]
    assert (walk.type, walk.status, walk.date_basis) == ("discussion", "cancelled", "inferred")
    assert [(each.fields, each.note) for each in walk.evidence[1:]] == [
        (["status"], "the title says so"),
        (["date"], "it starts before the day's change at 06:00"),
    ]
    assert (lunch.type, lunch.type_as_stated) == ("break", "")
    assert reading.no_home == {"conference/timeslot_duration": 1}


def test_the_conference_stands_before_its_sessions_with_its_venue() -> None:
    reading = reading_of(PENTABARF.encode())
    event = conference(reading)
    assert next(iter(reading.records)) == event.id
    assert (event.label, event.date, event.date_basis) == ("Gardens 2031", "2031-05-03/2031-05-04", "stated")
    assert event.identifiers == [Identifier(scheme="gardens conference", value="Gardens 2031")]
    assert [(each.label, each.type, each.parent) for each in of(reading, Place)] == [
        ("Ghent", "city", None),
        ("Old Mill", "venue", "place/ghent"),
        ("Hall", "room", "place/old-mill"),
        ("Shed", "room", "place/old-mill"),
    ]
    assert {each.super_event for each in events(reading)} == {event.id}
    assert reading.source.title == "Schedule of Gardens 2031"


def test_evidence_points_at_the_bytes_of_the_element() -> None:
    reading = reading_of(PENTABARF.encode())
    lunch = events(reading)[2]
    assert lunch.evidence[0].pointer == "event[@id='73']"
    assert passage(reading, lunch.evidence[0]).startswith('<event id="73">')
    assert passage(reading, lunch.evidence[0]).endswith("<persons></persons></event>")
    assert passage(reading, of(reading, Place)[3].evidence[0]) == '<room name="Shed"/>'
    assert passage(reading, conference(reading).evidence[0]).startswith("<conference><title>Gardens")


def test_two_persons_of_one_name_are_two_and_their_role_is_inferred() -> None:
    reading = reading_of(PENTABARF.encode())
    assert speakers(reading) == [("person/ada-moss", "event/opening"), ("person/ada-moss-2", "event/opening")]
    assert [each.identifiers for each in of(reading, Person)] == [
        [Identifier(scheme="gardens person", value="6")],
        [Identifier(scheme="gardens person", value="9")],
    ]
    assert reading.remarks == ["Ada Moss stands under 2 ids (6, 9), as that many persons"]
    first = of(reading, Participation)[0]
    assert (first.role, first.role_basis) == ("speaker", "inferred")
    assert first.evidence[1].note == "the schedule names its persons without a role"


def test_ids_are_of_a_conference_without_its_year_and_sessions_of_it_with_its_year() -> None:
    one, other = (reading_of(PENTABARF.replace("2031", year).encode()) for year in ("2031", "2032"))
    assert one.keys["person/ada-moss"] == other.keys["person/ada-moss"] == "gardens person=6"
    assert one.keys["topic/walks"] == other.keys["topic/walks"] == "gardens track=Walks"
    assert one.keys["event/opening"] == "gardens 2031 session=71"
    assert other.keys["event/opening"] == "gardens 2032 session=71"


@pytest.mark.parametrize(
    ("conference_fields", "scheme"),
    [
        ("<acronym>31c3</acronym><title>31. Example Congress</title>", "c3 person"),
        ("<acronym>gardencon23</acronym><title>G</title>", "gardencon person"),
        ("<title>The 7th Gardens '31</title>", "the 7th gardens person"),
        ("<title>Gardens</title><base_url>https://www.gardens.example/2031/</base_url>", "gardens.example person"),
        ("<title>Gardens</title><base_url>http://localhost:8000/2031/</base_url>", "gardens person"),
        ("<title>Gardens</title><base_url>http://127.0.0.1/2031/</base_url>", "gardens person"),
    ],
)
def test_the_system_that_gave_an_id_is_its_host_or_the_family_of_the_conference(
    conference_fields: str, scheme: str
) -> None:
    session = "<event id='1'><title>T</title><persons><person id='4'>Ada</person></persons></event>"
    [person] = of(reading_of(xml(session, conference_fields)), Person)
    assert person.identifiers == [Identifier(scheme=scheme, value="4")]


def test_a_changed_spelling_of_one_id_is_another_name() -> None:
    sessions = "".join(
        f"<event id='{number}'><title>T{number}</title><persons><person id='4'>{name}</person></persons></event>"
        for number, name in enumerate(("Ada Moss (@moss)", " Ada  Moss (moss)", "Ada Moss (@moss)"))
    )
    reading = reading_of(xml(sessions))
    [person] = of(reading, Person)
    assert (person.label, person.names) == ("Ada Moss (@moss)", [Name(value="Ada Moss (moss)")])
    assert [each.pointer for each in person.evidence] == ["event[@id='0']", "event[@id='1']"]
    assert len(of(reading, Participation)) == 3


def test_persons_without_an_id_are_known_by_their_name() -> None:
    sessions = "".join(
        f"<event id='{number}'><title>T</title><persons><person>Bo Li</person></persons></event>" for number in range(2)
    )
    reading = reading_of(xml(sessions))
    assert labels(reading, Person) == ["Bo Li"]
    assert reading.keys["person/bo-li"] == "person Bo Li"


def test_a_guid_goes_before_an_id_and_one_guid_twice_is_two_sessions() -> None:
    guid = "0f8fad5b-d9cb-469f-a165-70867728950e"
    sessions = (
        f"<event guid='{guid}' id='1'><start>10:00</start><title>Walk</title></event>"
        f"<event guid='{guid}' id='2'><start>11:00</start><title>Walk</title></event>"
        f"<event guid='{guid}' id='2'><start>11:00</start><title>Walk</title></event>"
    )
    reading = reading_of(xml(sessions))
    assert list(whens(reading).values()) == [("2031-05-03", "11:00", None)]
    assert [each.id for each in events(reading)] == ["event/walk", "event/walk-2"]
    assert reading.keys["event/walk"] == f"guid={guid}"
    assert [(each.place, each.reason) for each in reading.skipped] == [
        ("event 2", "the session stands in the file before, the same in every field")
    ]


def test_dates_in_utc_beside_a_local_start_are_told_once() -> None:
    sessions = "".join(
        f"<event id='{number}'><date>2031-05-02T20:{number}0:00+00:00</date><start>01:{number + 3}0</start>"
        f"<duration>00:20</duration><title>T{number}</title></event>"
        for number in range(2)
    )
    fields = "<title>Gardens</title><time_zone_name>Asia/Kolkata</time_zone_name>"
    reading = reading_of(xml(sessions, fields, "date='2031-05-02'"))
    assert whens(reading)["T1"] == ("2031-05-03", "01:40", "02:00")
    assert (conference(reading).zone, {each.zone for each in events(reading)}) == ("Asia/Kolkata", {None})
    assert reading.remarks == [
        "2 sessions have dates by another clock than the local start; the local start is kept (event 0, event 1)"
    ]


def test_offsets_that_differ_stay_with_their_sessions() -> None:
    sessions = "".join(
        f"<event id='{number}'><date>2031-05-03T10:00:00{offset}</date><start>10:00</start><title>T</title></event>"
        for number, offset in enumerate(("+02:00", "+02:00", "-05:00"))
    )
    reading = reading_of(xml(sessions))
    assert conference(reading).zone == "+02:00"
    assert [each.zone for each in events(reading)] == [None, None, "-05:00"]


def test_an_unknown_zone_is_told_and_times_stay() -> None:
    session = "<event id='1'><start>10:00</start><title>T</title></event>"
    reading = reading_of(xml(session, "<title>Gardens</title><time_zone_name>Mars/Base</time_zone_name>"))
    assert conference(reading).zone is None
    assert reading.remarks == ["The zone Mars/Base is unknown; all times stand as they are in the file"]


def test_sessions_outside_the_dates_of_the_conference_widen_them() -> None:
    session = "<event id='1'><date>2031-05-05T00:30:00+02:00</date><start>00:30</start><title>T</title></event>"
    fields = "<title>Gardens</title><start>2031-05-03</start><end>2031-05-04</end>"
    event = conference(reading_of(xml(session, fields, "date='2031-05-04'")))
    assert (event.date, event.date_basis) == ("2031-05-03/2031-05-05", "inferred")


def test_an_end_a_day_after_the_last_is_kept_and_told() -> None:
    session = "<event id='1'><start>10:00</start><title>T</title></event>"
    fields = "<title>Gardens</title><start>2031-05-03</start><end>2031-05-04</end>"
    reading = reading_of(xml(session, fields))
    assert conference(reading).date == "2031-05-03/2031-05-04"
    assert len(reading.remarks) == 1


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("CANCELLED Night walk", "cancelled"), ("[CANCELED] Walk", "cancelled"), ("Canceled: Walk", "cancelled"),
        ("Abgesagt: Spaziergang", "cancelled"), ("Walk (cancelled)", "cancelled"), ("ENTFÄLLT Gang", "cancelled"),
        ("Annulé : Promenade", "cancelled"), ("Walk - CANCELLED", "cancelled"), ("【中止】散歩", "cancelled"),
        ("Moved: Walk", "moved"), ("Cancelled cheques and how to read them", None), ("Moved by the wind", None),
        ("Why we cancelled the garden", None),
    ],
)  # fmt: skip
def test_a_title_says_what_has_become_of_a_session(title: str, status: str | None) -> None:
    [event] = events(reading_of(xml(f"<event id='1'><title>{title}</title></event>")))
    assert (event.status, event.label) == (status, title)


def test_who_is_nobody_is_no_person() -> None:
    persons = "<person>TBD</person><person>Various speakers</person><person></person><person>Ada</person>"
    reading = reading_of(xml(f"<event id='1'><title>T</title><persons>{persons}</persons></event>"))
    assert labels(reading, Person) == ["Ada"]
    assert speakers(reading) == [("(Various speakers)", "event/t"), ("person/ada", "event/t")]
    assert any("TBD" in remark for remark in reading.remarks)


def test_licences_and_what_else_has_no_home_is_counted() -> None:
    recording = "<recording><license>CC BY</license><optout>true</optout></recording>"
    more = "<mood>calm</mood><answers><answer>yes</answer></answers><language>Klingon speech</language>"
    reading = reading_of(xml(f"<event id='1'><title>T</title>{recording}{more}</event>"))
    assert reading.no_home == {
        "recording licence": 1, "opt-out of recording": 1, "mood": 1, "answers": 1, "language": 1,
    }  # fmt: skip


def test_languages_and_texts_in_markdown_are_kept() -> None:
    session = "<event id='1'><title>T</title><language>de_AT</language><abstract>*Hallo*</abstract></event>"
    data = xml(session).replace(b"<conference>", b"<generator name='pretalx' version='3'/><conference>")
    [event] = events(reading_of(data))
    assert event.language == "de-AT"
    assert event.descriptions == [Description(text="*Hallo*", title="abstract", format="markdown")]


def test_links_that_lead_nowhere_are_no_links() -> None:
    links = (
        "<link href='http://'>Slides</link><link href='javascript:alert(1)'>Run</link>"
        "<link href='mailto:ada@gardens.example'>Mail</link><link href='/files/a.pdf'>Paper</link>"
    )
    fields = "<title>Gardens</title><base_url>https://gardens.example/2031/</base_url>"
    reading = reading_of(xml(f"<event id='1'><title>T</title><links>{links}</links></event>", fields))
    assert [(each.url, each.rel) for each in events(reading)[0].links] == [
        ("https://gardens.example/files/a.pdf", "paper")
    ]
    assert reading.no_home == {"link without an address": 1, "link that is no whole address": 1}
    assert reading.left_out == {"e-mail": 1}


def test_addresses_that_somebody_wrote_in_part_are_mended() -> None:
    links = "".join(
        f"<link href='{url}'>A</link>" for url in ("www.moss.example/a b", "thttps://x.example", "//y.example/")
    )
    reading = reading_of(xml(f"<event id='1'><title>T</title><links>{links}</links></event>"))
    assert [each.url for each in events(reading)[0].links] == ["http://www.moss.example/a%20b", "https://y.example/"]
    assert reading.remarks == ["Some links have no http:// before them, which is put there"]
    assert reading.no_home == {"link that is no whole address": 1}


def test_a_session_without_a_title_is_skipped_and_the_others_come_in() -> None:
    reading = reading_of(xml("<event id='1'><title/></event><event id='2'><title>T</title></event>"))
    assert labels(reading, Event) == ["Example Days 2031", "T"]
    [skipped] = reading.skipped
    assert (skipped.place, skipped.reason) == ("event 1", "the session has no title")
    assert skipped.raw == "<event id='1'><title/></event>"


def test_rooms_may_be_missing() -> None:
    data = (
        b"<schedule><day date='2031-05-03'><event id='1'><title>T</title><start>9:00</start></event></day></schedule>"
    )
    reading = reading_of(data, "walks.xml")
    assert whens(reading) == {"T": ("2031-05-03", "09:00", None)}
    assert conference(reading).label == "walks"
    assert conference(reading).date_basis == "inferred"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16", "utf-8-sig", "shift_jis"])
def test_other_encodings_are_read_and_evidence_points_into_their_bytes(encoding: str) -> None:
    word = "庭" if encoding == "shift_jis" else "Gärten"
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    sessions = "".join(
        f"<event id='{number}'><title>{word} {number}</title><persons><person>{word}</person></persons></event>"
        for number in range(3)
    )
    text = f"<?xml version='1.0' encoding='{declared}'?>\r\n{xml(sessions).decode()}"
    data = text.encode(encoding)
    reading = reading_of(data)
    assert labels(reading, Person) == [word]
    for event in events(reading):
        piece = event.evidence[0]
        shown = data[piece.start : piece.end].decode("utf-16-le" if encoding == "utf-16" else encoding)
        assert shown.startswith("<event id=")
        assert shown.endswith("</event>")
        assert event.label in shown


BOMB = "<!DOCTYPE s [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + "<schedule>&b;</schedule>"
OUTSIDE = "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><schedule><version>&x;</version></schedule>"
PARAMETER = "<!DOCTYPE s [<!ENTITY % p SYSTEM 'http://gardens.example/p.dtd'> %p;]><schedule/>"


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, PARAMETER])
def test_entities_are_refused(text: str) -> None:
    with pytest.raises(BadInput, match="declares the entity") as caught:
        reading_of(text.encode(), "s.xml")
    assert "\n" not in str(caught.value)


def test_a_name_of_html_that_a_document_type_outside_declares_is_its_letter() -> None:
    text = (
        "<!DOCTYPE schedule SYSTEM 'schedule.dtd'>" + xml("<event id='1'><title>Caf&eacute;</title></event>").decode()
    )
    assert labels(reading_of(text.encode()), Event)[1] == "Café"


def test_a_cut_file_is_refused_wherever_it_is_cut() -> None:
    data = PENTABARF.encode()
    whole = data.rindex(b"</schedule>") + len(b"</schedule>")
    for end in range(data.index(b"<schedule>") + 12, whole, 37):
        with pytest.raises(BadInput, match=r"ends before <schedule> does|no well-formed XML"):
            xml_schedule.read(*_file(data[:end]))
    with pytest.raises(BadInput, match="ends before <schedule> does"):
        xml_schedule.read(*_file(data[: data.index(b'<event id="73">')]))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<schedule>" + b"<a>" * 100_000, "elements within each other"),
        (b"<rss><schedule/></rss>", "begins with <rss>"),
        (b"<schedule></schedule>", "no conference and no event"),
        (b"<schedule><title>\xff</title></schedule>", "byte 17 is not of the encoding utf-8"),
        (b"<?xml version='1.0' encoding='klingon'?><schedule/>", "'klingon', is unknown"),
        (b"<?xml version='1.0' encoding='punycode'?><schedule/>", "'punycode', is unknown"),
        (b"<schedule><day></room></schedule>", "mismatched tag"),
        (b"<schedule>\x00</schedule>", "no well-formed XML"),
    ],
)
def test_what_is_no_schedule_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        xml_schedule.read(*_file(data))
    assert "\n" not in str(caught.value)


def test_hostile_text_is_kept_as_text() -> None:
    title = "[bold]=SUM(A1)[/] &lt;script&gt; %s {0}"
    reading = reading_of(xml(f'<event id="a\'b"><title>{title}</title></event>'))
    [event] = events(reading)
    assert event.label == "[bold]=SUM(A1)[/] <script> %s {0}"
    assert event.evidence[0].pointer == 'event[@id="a\'b"]'


def test_tracks_are_topics() -> None:
    reading = reading_of(PENTABARF.encode())
    assert [(each.label, each.type) for each in of(reading, Topic)] == [("Plenary", "track"), ("Walks", "track")]
    assert events(reading)[1].topics == ["topic/walks"]


def _file(data: bytes):  # type: ignore[no-untyped-def]
    from convenings.domain.records import Source
    from convenings.interchange.reading import ForeignFile, Reading

    file = ForeignFile(name="s.xml", data=data)
    return file, Reading(file, Source(id="source/s", label="s", type="data"))


def test_a_list_may_stand_there_twice_and_have_attributes() -> None:
    lists = "".join(
        f"<persons count='2'><person id='{n}1'>Ada {n}</person><person id='{n}2'>Bo {n}</person></persons>"
        f"<links><link href='https://gardens.example/{n}'>Page {n}</link></links>"
        for n in ("One", "Two", "Three")
    )
    reading = reading_of(xml(f"<event id='1'><title>Gates</title>{lists}</event>"))
    assert labels(reading, Person) == ["Ada One", "Bo One", "Ada Two", "Bo Two", "Ada Three", "Bo Three"]
    assert [link.label for link in events(reading)[0].links] == ["Page One", "Page Two", "Page Three"]
    assert reading.no_home == {}


def test_an_element_that_stands_there_very_often_is_read_in_time() -> None:
    began = perf_counter()
    reading = reading_of(xml(f"<event id='1'><title>Gates</title>{'<x>1</x>' * 100_000}</event>"))
    assert reading.no_home == {"x": 100_000}
    assert perf_counter() - began < 5

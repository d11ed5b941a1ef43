"""What rows of tables become: meetings, talks, people, bodies; how rows are known again; timetables."""

from __future__ import annotations

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Event, Membership, Organisation, Participation, Person, Place, Topic
from tests.unit.tables import book, labels, read_mapped, read_table, records_of, roles, workbook


@pytest.mark.parametrize(
    "header",
    [
        "Date,Minister,Met with,Purpose,Place",
        "Datum,Gastgeber,Mit wem,Thema,Ort",
        "Date,Ministre,Avec qui,Objet,Lieu",
        "Fecha,Ministro,Con quien,Asunto,Lugar",
    ],
)
def test_meetings_in_four_languages(header: str) -> None:
    reading = read_table(f"{header}\n2021-02-03,Ana Ruiz,Acme Ltd; Bo Li MP,Roads,Paris\n")
    (event,) = records_of(reading, Event)
    assert (event.type, event.label, event.date) == ("meeting", "Ana Ruiz with Acme Ltd and Bo Li MP", "2021-02-03")
    assert roles(reading, event) == [("host", "Ana Ruiz"), ("attendee", "Acme Ltd"), ("attendee", "Bo Li MP")]
    assert [text.text for text in event.descriptions] == ["Roads"]
    assert labels(reading, Organisation) == ["Acme Ltd"]
    assert reading.no_home == {}


def test_a_role_that_no_column_states_is_inferred() -> None:
    reading = read_table("Date,Minister,Met with\n2021-02-03,Ana Ruiz,Acme Ltd\n")
    host, guest = records_of(reading, Participation)
    assert (host.role, host.role_basis, host.role_as_stated) == ("host", "inferred", "Minister")
    assert (guest.role, guest.role_basis) == ("attendee", "inferred")
    assert "does not state a role" in guest.evidence[1].note


def test_talks() -> None:
    reading = read_table(
        "Title,Speaker,Room,Date,Start,End,Track,Abstract,URL,Language,Type,Tags\n"
        'On birds,Ana Ruiz,Hall 1,2021-02-03,9:00,9:30,Nature,All about birds,https://x.example/1,English,Talk,"a, b"\n'
        "Lunch,,Foyer,2021-02-03,12:00,13:00,,,,,,\n"
    )
    talk, lunch = records_of(reading, Event)
    assert (talk.type, talk.label, talk.language, talk.start_time, talk.end_time) == (
        "talk", "On birds", "en", "09:00", "09:30",
    )  # fmt: skip
    assert lunch.type == "break"
    assert [place.label for place in records_of(reading, Place)] == ["Hall 1", "Foyer"]
    assert [(topic.type, topic.label) for topic in records_of(reading, Topic)] == [
        ("track", "Nature"), ("concept", "a"), ("concept", "b"),
    ]  # fmt: skip
    assert [link.url for link in talk.links] == ["https://x.example/1"]
    assert roles(reading, talk) == [("speaker", "Ana Ruiz")]
    assert records_of(reading, Participation)[0].role_basis == "stated"


def test_addresses_that_are_no_pages_are_no_links() -> None:
    reading = read_table("Title,Speaker,URL\nA,Ana Ruiz,javascript:alert(1)\n")
    assert records_of(reading, Event)[0].links == []
    assert reading.no_home == {"URL": 1}


def test_a_host_alone_is_a_page_and_the_name_of_a_file_is_none() -> None:
    events = read_table("Title,Website,Slides\nBirds,birds.example/2021,birds.pdf\n")
    assert [link.url for link in records_of(events, Event)[0].links] == ["https://birds.example/2021"]
    assert events.no_home == {"Slides": 1}
    people = read_table("Name,Bio,Website,Photo\nAna Ruiz,She flies,ana.example,ana.jpg\n")
    assert [link.url for link in records_of(people, Person)[0].links] == ["https://ana.example"]
    assert people.no_home == {"Photo": 1}


def test_a_sort_of_body_that_is_none_of_ours_has_no_home() -> None:
    reading = read_table("Organisation,Type,Country\nHill Trust,Foundation,Chile\nBread for All,Circle,Chile\n")
    assert [body.type for body in records_of(reading, Organisation)] == ["foundation", "other"]
    assert reading.no_home == {"Type": 1}


def test_a_name_beside_a_title_is_the_speaker_and_without_one_the_title() -> None:
    reading = read_table("id,name,title,abstract\nx,Ana Ruiz,On birds,All about birds\n")
    assert labels(reading, Event) == ["On birds"]
    assert labels(reading, Person) == ["Ana Ruiz"]
    reading = read_table("name,facilitator,room\nOn birds,Ana Ruiz,Hall\n")
    assert labels(reading, Event) == ["On birds"]


def test_titles_in_two_languages_and_columns_of_prose() -> None:
    prose = "what you should know before you come to this event of ours"
    reading = read_table(f"title,title-es,speaker,Prerequisites,Code word\nBirds,Aves,Ana Ruiz,{prose},x\n")
    (event,) = records_of(reading, Event)
    assert [(name.value, name.type, name.language) for name in event.names] == [("Aves", "translation", "es")]
    assert [(each.title, each.text) for each in event.descriptions] == [("Prerequisites", prose)]
    assert reading.no_home == {"Code word": 1}


def test_people() -> None:
    reading = read_table(
        "First name,Last name,Position,Organisation,E-mail,ORCID\n"
        "Ana,Ruiz,Director,Acme Ltd,ana@acme.example,https://orcid.org/0000-0001\nBo,Li,,,,\n",
        "people.csv",
    )
    ana, bo = records_of(reading, Person)
    assert (ana.label, ana.family, ana.given) == ("Ana Ruiz", "Ruiz", "Ana")
    assert [(each.scheme, each.value) for each in ana.identifiers] == [("orcid", "0000-0001")]
    assert reading.keys[ana.id] == "orcid=0000-0001"
    assert bo.label == "Bo Li"
    (membership,) = records_of(reading, Membership)
    assert (membership.person, membership.title) == (ana.id, "Director")
    assert reading.left_out == {"e-mail": 1}
    assert records_of(reading, Event) == []


def test_a_title_beside_a_name_and_a_body_is_that_of_the_person() -> None:
    reading = read_table("Name,Title,Organisation\nAna Ruiz,Director,Acme Ltd\nBo Li,Editor,Daily News\n")
    assert labels(reading, Person) == ["Ana Ruiz", "Bo Li"]
    assert [each.title for each in records_of(reading, Membership)] == ["Director", "Editor"]


def test_bodies() -> None:
    reading = read_table(
        "Organisation,Abbreviation,Website,Country,Parent organisation\n"
        "Acme University,AU,https://acme.example,Chile,Acme Trust\n"
    )
    body, parent = records_of(reading, Organisation)
    assert (body.label, body.type, body.parent) == ("Acme University", "university", parent.id)
    assert [name.value for name in body.names] == ["AU"]
    assert [(place.label, place.type) for place in records_of(reading, Place)] == [("Chile", "country")]


def test_offices_are_bodies() -> None:
    reading = read_table("Date,Minister,Organisation,Purpose\n2021-02-03,Minister-for-Trade,Acme Ltd,Roads\n")
    assert labels(reading, Organisation) == ["Minister-for-Trade", "Acme Ltd"]
    assert records_of(reading, Organisation)[0].type == "government body"


@pytest.mark.parametrize("column", ["Organisation", "Company"])
def test_a_body_in_the_diary_of_a_host_is_whom_they_met_and_not_for_whom_they_came(column: str) -> None:
    reading = read_table(f"Date,Minister,{column},Purpose\n2021-02-03,Ivy Thorne,Acme Ltd,Roads\n")
    (event,) = records_of(reading, Event)
    assert roles(reading, event) == [("host", "Ivy Thorne"), ("attendee", "Acme Ltd")]
    assert [each.on_behalf_of for each in records_of(reading, Participation)] == [[], []]
    seminar = read_table("Date,Title,Host,Institution\n2021-02-03,Birds,Ivy Thorne,Hill University\n")
    (host,) = records_of(seminar, Participation)
    assert host.on_behalf_of == ["organisation/hill-university"]


def test_totals_headings_and_repeated_headers_are_left_out_and_told() -> None:
    reading = read_table(
        "Meetings of 2021,,\n,,\nDate,Title,Number of participants\n2021-02-03,A,5\nDate,Title,Number of participants\n"
        "2021-02-04,B,6\nTotal,,11\n"
    )
    assert labels(reading, Event) == ["A", "B"]
    assert [(each.place, each.reason) for each in reading.skipped] == [
        ("row 5", "it names the columns again"), ("row 7", "it is a row of totals"),
    ]  # fmt: skip
    assert reading.source.title == "Meetings of 2021"


def test_days_as_headings_between_rows() -> None:
    reading = read_table(
        "Time,Title,Speaker\nMonday 3 May 2021,,\n9:00,A,Ana Ruiz\nTuesday 4 May 2021,,\n9:00,B,Bo Li\n"
    )
    assert [(event.label, event.date) for event in records_of(reading, Event)] == [
        ("A", "2021-05-03"), ("B", "2021-05-04"),
    ]  # fmt: skip


def test_columns_are_mapped_by_the_user() -> None:
    text = "Aa,Bb\nBirds,Ana Ruiz\n"
    with pytest.raises(BadInput, match=r"'Aa', 'Bb'.*--map"):
        read_table(text)
    reading = read_mapped(text, {"map.Aa": "title", "map.bb": "speaker"})
    assert labels(reading, Event) == ["Birds"]
    assert labels(reading, Person) == ["Ana Ruiz"]
    without_header = read_mapped("Birds,Ana Ruiz\nFish,Bo Li\n", {"map.A": "title", "map.B": "speaker"})
    assert labels(without_header, Event) == ["Birds", "Fish"]


def test_a_wrong_mapping_is_refused_with_what_may_be_meant() -> None:
    with pytest.raises(BadInput, match="perhaps 'speaker' is meant"):
        read_mapped("Title,Who\nA,B\n", {"map.Who": "speker"})
    with pytest.raises(BadInput, match="there is no column 'Whoo'; perhaps 'Who' is meant"):
        read_mapped("Title,Who\nA,B\n", {"map.Whoo": "speaker"})


def test_every_sheet_is_read_and_one_without_a_table_is_told() -> None:
    reading = read_table(
        '{"talks": [{"title": "Birds", "speaker": "Ana Ruiz"}], "speakers": [{"name": "Ana Ruiz", "bio": "She flies"}],'
        ' "rooms": [{"q": "1"}]}',
        "t.json",
    )
    assert labels(reading, Event) == ["Birds"]
    (person,) = records_of(reading, Person)
    assert [text.text for text in person.descriptions] == ["She flies"]
    assert [remark for remark in reading.remarks if "left out" in remark]


TIMETABLE = (
    "Time,Hall,Attic,Hall speakers,Attic speakers,Hall es\n"
    "MONDAY - May 3 - Day 1,,,,,\n"
    ",Hall - B12,Attic - A1,,,\n"
    "9:00: AM,Coffee,,,,\n"
    "9:30: AM,Birds,Fish,Ana Ruiz,Bo Li and Cy Day,Aves\n"
    "TUESDAY - May 4 - Day 2,,,,,\n"
    "9:00 am,KEYNOTE - Stars - Di Roe,KEYNOTE,Di Roe,,\n"
)


def test_a_timetable_of_rooms_and_times() -> None:
    reading = read_table(TIMETABLE)
    rows = [(e.label, e.type, e.start_time, e.place) for e in records_of(reading, Event)]
    assert rows == [
        ("Coffee", "break", "09:00", None),
        ("Birds", "talk", "09:30", "place/hall-b12"),
        ("Fish", "talk", "09:30", "place/attic-a1"),
        ("KEYNOTE - Stars - Di Roe", "keynote", "09:00", None),
    ]
    assert all(event.date is None for event in records_of(reading, Event))
    assert reading.no_home == {"day without a year": 2}
    assert labels(reading, Person) == ["Ana Ruiz", "Bo Li", "Cy Day", "Di Roe"]
    assert records_of(reading, Event)[1].names[0].value == "Aves"


def test_a_timetable_with_a_year_above_it() -> None:
    reading = read_table(f"Birds & Fish 2021,,,,,\n{TIMETABLE}")
    assert [event.date for event in records_of(reading, Event)] == ["2021-05-03"] * 3 + ["2021-05-04"]
    assert records_of(reading, Event)[0].date_basis == "inferred"


def test_merged_cells_of_a_timetable() -> None:
    rows = [
        ["Time", "Hall", "Attic"],
        ["9:00", "Welcome", ""],
        ["10:00", "Birds", "Long workshop"],
        ["11:00", "Fish", ""],
        ["12:00", "Frogs", "Stones"],
    ]
    reading = read_table(workbook(rows, [(1, 1, 1, 2), (2, 2, 3, 2)]), "t.xlsx")
    assert [(e.label, e.start_time, e.end_time, e.place) for e in records_of(reading, Event)] == [
        ("Welcome", "09:00", None, None),
        ("Birds", "10:00", None, "place/hall"),
        ("Long workshop", "10:00", "12:00", "place/attic"),
        ("Fish", "11:00", None, "place/hall"),
        ("Frogs", "12:00", None, "place/hall"),
        ("Stones", "12:00", None, "place/attic"),
    ]


def test_hostile_text_comes_in_as_it_is_and_harms_nothing() -> None:
    reading = read_table(
        "Title,Speaker\n=HYPERLINK(1),[bold]Ana[/]\x1b[31m\n" + "x" * 100_000 + "," + ";" * 5000 + "\n"
    )
    assert labels(reading, Event)[0] == "=HYPERLINK(1)"
    assert len(labels(reading, Event)) == 2


def test_a_row_for_each_role_makes_one_session() -> None:
    reading = read_table("Session,Name,Role,Organisation\nOpening,Ann Lee,Chair,Acme\nOpening,Bo Ruiz,Speaker,Beta\n")
    (event,) = records_of(reading, Event)
    assert roles(reading, event) == [("chair", "Ann Lee"), ("speaker", "Bo Ruiz")]
    assert [each.on_behalf_of for each in records_of(reading, Participation)] == [
        ["organisation/acme"], ["organisation/beta"],
    ]  # fmt: skip


def test_the_guess_comes_back_as_a_mapping_that_gives_the_same() -> None:
    text = "Date,Minister,Met with,Topic,Colour\n2021-02-03,Minister for Trade,Acme Ltd; Bo Li,Roads,x\n"
    first = read_table(text)
    assert first.mapping == {
        "Date": "date", "Minister": "host", "Met with": "with mixed", "Topic": "about", "Colour": "ignore",
    }  # fmt: skip
    second = read_mapped(text, {f"map.{column}": field for column, field in first.mapping.items()})
    assert second.records == first.records
    assert second.no_home == first.no_home == {"Colour": 1}


def test_a_column_that_is_not_the_same_in_all_sheets_is_told_and_not_in_the_mapping() -> None:
    people = "People", (("Name", "Affiliation"), ("Ana Ruiz", "Hill Trust"))
    talks = "Talks", (("Name", "Date", "Room", "Speaker"), ("On birds", "2021-02-03", "Hall", "Ana Ruiz"))
    reading = read_table(book(people, talks), "both.xlsx")
    assert labels(reading, Person) == ["Ana Ruiz"]
    assert labels(reading, Event) == ["On birds"]
    assert reading.mapping == {"Affiliation": "affiliation", "Date": "date", "Room": "room", "Speaker": "speaker"}
    assert [remark for remark in reading.remarks if remark.startswith("Column Name: ") and "--map" in remark]


def test_hidden_ids_of_objects_within_objects_are_no_names() -> None:
    data = '[{"title": "A", "room": {"id": 3, "name": "Hall"}, "starts_at": "2021-02-03T09:00:00Z"}]'
    reading = read_table(data, "t.json")
    (event,) = records_of(reading, Event)
    assert (event.place, event.start_time, event.zone) == ("place/hall", "09:00", "+00:00")


@pytest.mark.parametrize("cell", ["(" * 50_000, "a@" * 50_000, " " * 100_000 + "x", "['" * 50_000, ";" * 100_000])
def test_work_on_a_long_cell_is_linear(cell: str) -> None:
    reading = read_table(f'Title,Speaker\nA,"{cell}"\n')
    assert labels(reading, Event) == ["A"]


def test_what_a_host_is_in_their_house_is_no_role_at_the_meeting() -> None:
    reading = read_table("mep,role,title,lobbyists,date\nAna Ruiz,Rapporteur,Ports,Verein der Häfen e.V.,2021-02-03\n")
    host, guest = records_of(reading, Participation)
    assert (host.role, host.title_as_stated, guest.title_as_stated) == ("host", "Rapporteur", "")
    assert [body.type for body in records_of(reading, Organisation)] == ["association"]


def test_a_nil_return_is_no_meeting() -> None:
    reading = read_table(
        "Date,Minister,Name of organisation,Purpose\n2021-02-03,Ivy Thorne,Nil return,Nil return\n"
        ",Otto Vale,Nil Return,\n2021-02-04,Otto Vale,Acme Ltd,None\n"
    )
    assert labels(reading, Event) == ["Otto Vale with Acme Ltd"]
    assert [(each.place, each.reason) for each in reading.skipped] == [
        ("row 2", "it says that there was no meeting"), ("row 3", "it says that there was no meeting"),
    ]  # fmt: skip


def test_a_talk_to_which_somebody_invites_is_no_meeting_and_what_is_cancelled_was_not_held() -> None:
    reading = read_table(
        "Date,Speaker,Title,Host\n2021-02-03,Ana Ruiz,Birds,Bo Li\n2021-02-04,Cy Day,Cancelled,Bo Li\n"
    )
    assert [(each.type, each.status) for each in records_of(reading, Event)] == [("talk", None), ("talk", "cancelled")]


@pytest.mark.parametrize(
    ("column", "kind"), [("Conference", "conference"), ("Meeting", "meeting"), ("Veranstaltung", "activity")]
)
def test_what_the_title_is_called_says_what_an_event_is_where_nothing_else_does(column: str, kind: str) -> None:
    assert [each.type for each in records_of(read_table(f"{column},Date\nBirds,2021-02-03\n"), Event)] == [kind]


@pytest.mark.parametrize("place", ["Videokonferenz", "Visioconférence", "Zoom", "by phone", "Telemático"])
def test_ways_to_meet_from_afar_are_no_venues(place: str) -> None:
    assert [each.type for each in records_of(read_table(f"Title,Venue\nBirds,{place}\n"), Place)] == ["online"]

"""Who stands in a cell: several people and bodies, with roles, titles and bodies in brackets or behind commas."""

from __future__ import annotations

import pytest

from convenings.domain.records import Event, Membership, Organisation, Participation, Person
from convenings.interchange.tables.bodies import is_body
from convenings.interchange.tables.parties import People, comma_of
from tests.unit.tables import labels, read_mapped, read_table, records_of, roles


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana Ruiz; Bo Li", ["Ana Ruiz", "Bo Li"]),
        ("Ana Ruiz and Bo Li and Cy Day", ["Ana Ruiz", "Bo Li", "Cy Day"]),
        ("Ana Ruiz & Bo Li", ["Ana Ruiz", "Bo Li"]),
        ("Ana Ruiz y Bo Li", ["Ana Ruiz", "Bo Li"]),
        ("Ana Ruiz\nBo Li", ["Ana Ruiz", "Bo Li"]),
        ("['Ana Ruiz', \"Bo O'Li\"]", ["Ana Ruiz", "Bo O'Li"]),
        ('["Ana Ruiz", "Bo Li"]', ["Ana Ruiz", "Bo Li"]),
        ("Kari L. Jordan, PhD", ["Kari L. Jordan, PhD"]),
        ("Sam Roe, Jr. and Di Ox, MD", ["Sam Roe, Jr.", "Di Ox, MD"]),
        ("TBD", []),
        ("", []),
    ],
)
def test_several_people_in_one_cell(text: str, names: list[str]) -> None:
    assert [party.name for party in People(kind="person").read(text).parties] == names


def test_a_comma_separates_only_where_the_whole_column_shows_it() -> None:
    assert comma_of(["Ana Ruiz, Bo Li", "Cy Day", "Di Roe, PhD, Ed Fox"], "person") == "separates"
    assert comma_of(["Ana Ruiz, Bo Li", "Cy Day, Librarian, Hill School"], "person") == "belongs"
    assert comma_of(["Ruiz, Ana", "Li, Bo", "Day, C. D."], "person") == "inverts"
    assert comma_of(["Ana Ruiz, Director, Acme Ltd", "Bo Li, Editor, Daily News"], "person") == "describes"
    assert comma_of(["Kari L. Jordan, PhD", "Bo Li"], "person") == "belongs"


def test_who_has_a_title_or_is_for_a_body_is_surely_a_person_among_bodies() -> None:
    cells = ["Di Roe, chair, Fox Inc", "Bo Li (Hill University)", "Acme Ltd", "River Trust"]
    rows = "".join(f'2024-02-0{number},Ana Ruiz,"{cell}",Roads\n' for number, cell in enumerate(cells, 1))
    reading = read_table(f"Date,Minister,Met with,Purpose\n{rows}")
    assert labels(reading, Person) == ["Ana Ruiz", "Di Roe", "Bo Li"]
    assert labels(reading, Organisation) == ["Fox Inc", "Hill University", "Acme Ltd", "River Trust"]
    assert not [remark for remark in reading.remarks if "not surely" in remark]


def test_brackets_hold_a_role_a_body_or_both() -> None:
    people = "Ana Ruiz (Acme Ltd); Bo Li (moderator); Cy Day (chair, Hill University); Di Roe (CEO; Fox Inc)"
    reading = read_table(f'Title,Speakers\nA,"{people}"\n')
    (event,) = records_of(reading, Event)
    assert roles(reading, event) == [
        ("speaker", "Ana Ruiz"), ("moderator", "Bo Li"), ("chair", "Cy Day"), ("speaker", "Di Roe"),
    ]  # fmt: skip
    bodies = [[reading.records[ref].id for ref in each.on_behalf_of] for each in records_of(reading, Participation)]
    assert bodies == [["organisation/acme-ltd"], [], ["organisation/hill-university"], ["organisation/fox-inc"]]
    assert records_of(reading, Participation)[3].title_as_stated == "CEO"


def test_name_title_body() -> None:
    reading = read_table('Title,Speaker\nA,"Ana Ruiz, Director, Acme Ltd"\nB,"Bo Li, Editor, Daily News"\n')
    assert labels(reading, Person) == ["Ana Ruiz", "Bo Li"]
    assert labels(reading, Organisation) == ["Acme Ltd", "Daily News"]
    assert [each.title_as_stated for each in records_of(reading, Participation)] == ["Director", "Editor"]


def test_family_name_comma_given_name() -> None:
    reading = read_table('Title,Authors\nA,"Ruiz, Ana; Li, B. C."\nB,"Day, Cy"\n')
    assert [(each.label, each.family, each.given) for each in records_of(reading, Person)] == [
        ("Ana Ruiz", "Ruiz", "Ana"), ("B. C. Li", "Li", "B. C."), ("Cy Day", "Day", "Cy"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("Acme Ltd", True),
        ("Müller GmbH & Co. KG", True),
        ("Universität Wien", True),
        ("Ministry of Health", True),
        ("Foo e.V.", True),
        ("NRMA", True),
        ("Tourism & Transport Forum", True),
        ("Professor Ana Ruiz", False),
        ("Ana Ruiz MP", False),
        ("Dr. Bo Li", False),
        ("Ana Ruiz", None),
    ],
)
def test_people_and_bodies_are_told_apart_where_a_rule_is_sure(name: str, answer: bool | None) -> None:
    assert is_body(name) is answer


MEETINGS = (
    "Date,Minister,Met with,Purpose\n"
    "2021-02-03,Minister for Trade,Acme Ltd,Ports\n"
    "2021-02-04,Minister for Trade,Xylo Quux,Roads\n"
    "2021-02-05,Minister for Trade,Beta Inc; Professor Ana Ruiz,Rails\n"
)


def test_names_of_which_no_rule_is_sure_are_told_and_the_user_settles_them() -> None:
    reading = read_table(MEETINGS)
    assert [remark for remark in reading.remarks if "Met with" in remark and "1 name is not surely" in remark]
    assert labels(reading, Person) == ["Professor Ana Ruiz"]
    assert "Xylo Quux" in labels(reading, Organisation)
    as_person = read_mapped(MEETINGS, {"map.Met with": "mixed", "map.Minister": "host"})
    assert "Xylo Quux" in labels(as_person, Organisation)
    as_person = read_mapped(MEETINGS, {"map.Met with": "person"})
    assert "Xylo Quux" in labels(as_person, Person)
    bodies = read_mapped(MEETINGS, {"map.Met with": "organisation"})
    assert labels(bodies, Person) == []


def test_people_in_one_cell_are_people_though_the_body_of_one_stands_in_brackets() -> None:
    reading = read_table(
        "Date,Meeting,Attendees\n"
        "2024-05-03,Kick-off,Bo Berg; Cara Diaz; Dev Patel\n"
        "2024-05-10,Survey,Lou Moss; Ned Orr\n"
        "2024-06-28,Rent clinic,Bo Berg (Hill Housing Trust); Jon Smith (Fox Inc)\n"
    )
    assert labels(reading, Person) == ["Bo Berg", "Cara Diaz", "Dev Patel", "Lou Moss", "Ned Orr", "Jon Smith"]
    assert labels(reading, Organisation) == ["Hill Housing Trust", "Fox Inc"]


def test_what_stands_where_a_name_would_is_no_person() -> None:
    reading = read_table("Title,Speaker\nA,TBD\nB,various speakers\nC,Ana Ruiz\n")
    assert labels(reading, Person) == ["Ana Ruiz"]
    assert len(labels(reading, Event)) == 3
    assert [remark for remark in reading.remarks if "'TBD'" in remark]


def test_addresses_beside_names_are_left_out() -> None:
    reading = read_table("Title,Speaker\nA,Ana Ruiz <ana@acme.example>\n")
    assert labels(reading, Person) == ["Ana Ruiz"]
    assert reading.left_out == {"e-mail": 1}
    wanted = read_table("Title,Speaker\nA,Ana Ruiz <ana@acme.example>\n", with_contacts=True)
    assert [link.url for link in records_of(wanted, Person)[0].links] == ["mailto:ana@acme.example"]


def test_numbers_of_talks_before_names_are_taken_off() -> None:
    reading = read_table("ID,Title,Speakers\n1,A,1:ana (Acme)\n2,B,2:Bo Li|3:Cy Day\n")
    assert labels(reading, Person) == ["ana", "Bo Li", "Cy Day"]


def test_bodies_and_titles_in_columns_of_their_own_belong_to_the_people_in_order() -> None:
    reading = read_table(
        "Title,Speakers,Affiliation,Position\nA,Ana Ruiz; Bo Li,Acme Ltd; Beta Inc,CEO; CTO\nB,Cy Day; Di Roe,Gamma,\n"
    )
    assert [(each.on_behalf_of, each.title_as_stated) for each in records_of(reading, Participation)] == [
        (["organisation/acme-ltd"], "CEO"),
        (["organisation/beta-inc"], "CTO"),
        (["organisation/gamma"], ""),
        (["organisation/gamma"], ""),
    ]


def test_people_as_objects_of_json() -> None:
    data = (
        '[{"title": "A", "speakers": [{"name": "Ana Ruiz", "organization": "Acme Ltd"},'
        ' {"first_name": "Bo", "last_name": "Li", "email": "b@x.example"}]}]'
    )
    reading = read_table(data, "t.json")
    assert labels(reading, Person) == ["Ana Ruiz", "Bo Li"]
    assert labels(reading, Organisation) == ["Acme Ltd"]
    assert reading.left_out == {"e-mail": 1}


def test_a_body_without_a_person_was_there_itself_and_is_nobody_elses() -> None:
    reading = read_table(
        "Date,Official,Met with,Organisation\n2031-02-03,Ivy Thorne,Rex Holm,Shed Trust\n"
        "2031-03-01,Otto Vale,,Moor Council\n"
    )
    parties = [(each.agent, each.on_behalf_of) for each in records_of(reading, Participation)]
    assert parties == [
        ("person/ivy-thorne", []),
        ("person/rex-holm", ["organisation/shed-trust"]),
        ("person/otto-vale", []),
        ("organisation/moor-council", []),
    ]


def posts(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Title, body, beginning and end of every membership that a list of people gives."""
    reading = read_table(text, "people.csv")
    assert records_of(reading, Event) == []
    return [
        (each.title, reading.records[each.organisation].id, each.start, each.end)
        for each in records_of(reading, Membership)
    ]


def test_days_beside_a_post_are_those_of_its_term_and_no_event() -> None:
    rows = "Jane Roe,Chair,Roads Committee,2019-01-01,03/2021\nJohn Doe,Member,Roads Committee,2019-05-01,\n"
    assert posts(f"Name,Position,Committee,From,To\n{rows}") == [
        ("Chair", "organisation/roads-committee", "2019-01-01", "2021-03"),
        ("Member", "organisation/roads-committee", "2019-05-01", None),
    ]
    assert posts("Name,Position,Company,Start date,End date\nJane Roe,CTO,Acme,1.2.98,May 2001\n") == [
        ("CTO", "organisation/acme", "1998-02-01", "2001-05"),
    ]


def test_a_post_is_none_in_the_party_of_somebody() -> None:
    assert posts("Name,Position,Company,Party\nJane Roe,CTO,Acme,Labour\nJohn Doe,Clerk,,Green\n") == [
        ("CTO", "organisation/acme", None, None),
        ("Party", "organisation/labour", None, None),
        ("Party", "organisation/green", None, None),
    ]


def test_who_is_their_own_master_is_of_no_body() -> None:
    reading = read_table("Name,Company\nJane Roe,Self-employed\nJohn Doe,selbstständig\nAnn Lee,N/A\n")
    assert records_of(reading, Organisation) == []
    assert [[text.text for text in each.descriptions] for each in records_of(reading, Person)] == [
        ["Self-employed"], ["selbstständig"], [],
    ]  # fmt: skip


@pytest.mark.parametrize("column", ["Speaker", "Member", "Teilnehmer", "Delegate", "Guest"])
def test_a_list_of_people_under_whatever_name_makes_no_events(column: str) -> None:
    reading = read_table(f"{column},Title,Organisation,Ort\nJane Roe,Director,Acme,Bonn\nJohn Doe,Adviser,Beta,\n")
    assert records_of(reading, Event) == []
    assert labels(reading, Person) == ["Jane Roe", "John Doe"]
    assert [each.title for each in records_of(reading, Membership)] == ["Director", "Adviser"]
    assert [remark for remark in reading.remarks if f"Column {column}: " in remark and "list" in remark]


def test_how_many_came_and_whether_somebody_came_are_no_names() -> None:
    (event,) = records_of(read_table("Conference,Date,Attendees\nBirds,2021-02-03,450\n"), Event)
    assert event.attendance is not None
    assert event.attendance.min == 450
    reading = read_table("First name,Last name,Function,Present\nZoe,Roy,Clerk,oui\nLuc,Day,Clerk,non\n")
    assert labels(reading, Person) == ["Zoe Roy", "Luc Day"]
    assert records_of(reading, Event) == []
    assert reading.no_home == {"Present": 2}


def test_the_role_and_the_years_of_a_list_are_those_of_a_post() -> None:
    rows = "Ana Ruiz,Chair,Hill Trust,2019,2020\nBo Li,Treasurer,Hill Trust,2020-03,present\n"
    reading = read_table(f"Name,Role,Organisation,From,To\n{rows}")
    assert [(each.title, each.start, each.end) for each in records_of(reading, Membership)] == [
        ("Chair", "2019", "2020"), ("Treasurer", "2020-03", ".."),
    ]  # fmt: skip
    assert reading.no_home == {}


def test_a_role_that_may_be_one_at_the_event_is_no_post() -> None:
    posts = read_table("Name,Role,Organisation\nAna Ruiz,Chair,Hill Trust\nBo Li,Secretary,Hill Trust\n")
    assert [each.title for each in records_of(posts, Membership)] == ["Chair", "Secretary"]
    for other in ("Speaker", "Chair", "Moderator"):
        reading = read_table(f"Name,Role,Organisation\nAna Ruiz,{other},Hill Trust\n")
        assert [each.title for each in records_of(reading, Membership)] == ["Organisation"]
        assert reading.no_home == {"Role": 1}


def test_a_nil_return_in_the_place_of_a_day_is_no_meeting() -> None:
    rows = "Ana Ruiz MP,Jan 2021,Acme Ltd,Power\nAna Ruiz MP,Nil return,,\n"
    reading = read_table(f"Minister,Date,Name of organisation,Purpose of meeting\n{rows}")
    assert len(records_of(reading, Event)) == 1
    assert [each.reason for each in reading.skipped] == ["it says that there was no meeting"]


def test_columns_that_are_called_after_what_an_event_is() -> None:
    reading = read_table("Webinar Title,Webinar Date,Panelists\nOpen data,2021-02-03,Ana Ruiz\n")
    assert labels(reading, Event) == ["Open data"]
    met = read_table("Date,Objet,Personnes rencontrées\n2021-02-03,Budget,Mme Claire Petit\n")
    assert met.mapping["Personnes rencontrées"] == "with mixed"


def test_the_number_of_a_speaker_is_none_of_the_talk() -> None:
    reading = read_table("Date,Title,Speaker ID\n2021-02-03,Birds,p1\n2021-02-04,Fish,p2\n")
    assert [event.identifiers for event in records_of(reading, Event)] == [[], []]
    assert reading.no_home == {"Speaker ID": 2}
    named = read_table("Date,Title,Speaker,Speaker ID\n2021-02-03,Birds,Ana Ruiz,p1\n2021-02-04,Fish,Bo Li,p2\n")
    assert [[each.value for each in person.identifiers] for person in records_of(named, Person)] == [["p1"], ["p2"]]
    assert [event.identifiers for event in records_of(named, Event)] == [[], []]


def test_a_stroke_stands_between_names_of_people_and_nothing_else() -> None:
    rows = "A,Ana Ruiz / Dr. Bo Li\nB,Ana Ruiz / Managing Director\nC,Ana Ruiz / Acme Ltd\n"
    reading = read_table(f"Title,Speaker\n{rows}")
    first, second, third = records_of(reading, Event)
    assert roles(reading, first) == [("speaker", "Ana Ruiz"), ("speaker", "Dr. Bo Li")]
    assert [len(roles(reading, event)) for event in (second, third)] == [1, 1]


def test_bodies_of_a_list_with_the_roles_of_their_contacts_are_no_people() -> None:
    reading = read_table("Organisation,Contact,Role,Website\nAcme Ltd,Ana Ruiz,Director,acme.example\nHill,,,\n")
    assert labels(reading, Organisation) == ["Acme Ltd", "Hill"]
    assert records_of(reading, Person) == []

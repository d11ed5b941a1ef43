"""How rows of tables are known again: by their ids where these count, else by their content, never by number."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Event, Membership, Organisation, Participation, Person
from convenings.interchange.run import import_files
from tests.unit.tables import book, labels, read_table, records_of, roles


def test_rows_are_known_by_their_id_and_never_by_their_number() -> None:
    first = read_table("No,ID,Title,Speaker\n1,a,Birds,Ana Ruiz\n2,b,Fish,Bo Li\n")
    second = read_table("No,ID,Title,Speaker\n1,b,Fish and more,Bo Li\n2,a,Birds,Ana Ruiz\n")
    keys = {reading.keys[event.id]: event.label for reading in (first, second) for event in records_of(reading, Event)}
    assert keys == {"id a": "Birds", "id b": "Fish and more"}


def test_rows_without_an_id_are_known_by_their_content() -> None:
    first = read_table("No,Title,Speaker,Abstract\n1,Birds,Ana Ruiz,x\n2,Fish,Bo Li,y\n")
    second = read_table("No,Title,Speaker,Abstract\n1,Fish,Bo Li,longer now\n2,Birds,Ana Ruiz,x\n")
    by_label = [{e.label: r.keys[e.id] for e in records_of(r, Event)} for r in (first, second)]
    assert by_label[0] == by_label[1]
    assert len(set(by_label[0].values())) == 2


def test_equal_rows_are_events_of_their_own_and_told() -> None:
    row = "2021-02-03,Ana Ruiz,Acme Ltd,Roads\n"
    reading = read_table(f"Date,Minister,Met with,Purpose\n{row}{row}")
    assert len(records_of(reading, Event)) == 2
    assert [remark for remark in reading.remarks if remark.startswith("1 row equals")]


def test_rows_of_one_session_with_other_people_are_one_session() -> None:
    reading = read_table(
        "Title,Speaker,Room,Date,Start\nBirds,Ana Ruiz,Hall,2021-02-03,9:00\nBirds,Bo Li,Hall,2021-02-03,9:00\n"
        "Birds,Cy Day,Hall,2021-02-04,9:00\n"
    )
    one, other = records_of(reading, Event)
    assert roles(reading, one) == [("speaker", "Ana Ruiz"), ("speaker", "Bo Li")]
    assert roles(reading, other) == [("speaker", "Cy Day")]


def test_a_number_of_people_is_theirs_and_not_that_of_rows() -> None:
    reading = read_table(
        "epid,mep,title,lobbyists,date\n7,Ana Ruiz,A,Acme Ltd,2021-02-03\n7,Ana Ruiz,B,Beta Inc,2021-02-04\n"
        "8,Bo Li,C,Acme Ltd,2021-02-05\n",
        "meetings-2021.csv",
    )
    assert len(records_of(reading, Event)) == 3
    assert [(p.label, p.identifiers[0].scheme, p.identifiers[0].value) for p in records_of(reading, Person)] == [
        ("Ana Ruiz", "meetings epid", "7"), ("Bo Li", "meetings epid", "8"),
    ]  # fmt: skip


def test_what_a_meeting_was_about_may_be_mended_and_rows_be_added() -> None:
    header = "Date,Minister,Met with,Purpose\n"
    first = read_table(f"{header}2021-02-03,Ana Ruiz,Acme Ltd,Roads\n")
    second = read_table(f"{header}2021-02-04,Ana Ruiz,Beta Inc,Rails\n2021-02-03,Ana Ruiz,Acme Ltd,Roads and rails\n")
    (event,) = records_of(first, Event)
    assert first.keys[event.id] in {second.keys[each.id] for each in records_of(second, Event)}


def test_rows_that_are_alike_in_what_they_are_known_by_are_told_apart_by_the_rest() -> None:
    reading = read_table(
        "Title,Date,Start,Room\nLunch,2021-02-03,12:00,Hall\nLunch,2021-02-04,12:00,Hall\nBirds,2021-02-04,9:00,Hall\n"
    )
    assert len({reading.keys[event.id] for event in records_of(reading, Event)}) == 3


def test_ids_that_each_sheet_counts_anew_are_those_of_the_sheet() -> None:
    head = ("ID", "Date", "Title", "Speaker")
    one, other = ("1", "2020-02-03", "Birds", "Ana Ruiz"), ("1", "2021-02-03", "Seas", "Cy Lee")
    sheets = ("2020", (head, one)), ("2021", (head, other, ("2", "2021-02-04", "Lakes", "Bo Li")))
    reading = read_table(book(*sheets), "years.xlsx")
    first, second, third = records_of(reading, Event)
    assert [(event.label, roles(reading, event)) for event in (first, second, third)] == [
        ("Birds", [("speaker", "Ana Ruiz")]), ("Seas", [("speaker", "Cy Lee")]), ("Lakes", [("speaker", "Bo Li")]),
    ]  # fmt: skip
    assert [reading.keys[event.id] for event in (first, second, third)] == [
        "id 1 of 2020",
        "id 1 of 2021",
        "id 2 of 2021",
    ]
    assert len({(each.scheme, each.value) for event in (first, second, third) for each in event.identifiers}) == 3
    assert "Ids stand for something else in each sheet, and count only within it" in reading.remarks
    turned = read_table(book(*reversed(sheets)), "years.xlsx")
    assert {turned.keys[event.id] for event in records_of(turned, Event)} == {
        reading.keys[event.id] for event in records_of(reading, Event)
    }


def test_ids_that_sheets_share_are_known_wherever_the_row_stands() -> None:
    head, one, other = ("ID", "Date", "Title"), ("7", "2020-02-03", "Birds"), ("9", "2021-02-03", "Seas")
    before = read_table(book(("Planned", (head, one, other)), ("Held", (head, ("3", "2019-02-03", "Fish")))), "x.xlsx")
    after = read_table(book(("Planned", (head, other)), ("Held", (head, ("3", "2019-02-03", "Fish"), one))), "x.xlsx")
    assert set(before.keys.values()) == set(after.keys.values()) == {"id 7", "id 9", "id 3"}
    both = read_table(book(("All", (head, one, other)), ("Chosen", (head, one))), "x.xlsx")
    assert labels(both, Event) == ["Birds", "Seas"]


def test_rows_of_two_sheets_that_are_called_alike_are_two_events() -> None:
    head = ("Date", "Title")
    sheets = ("2020", (head, ("2020-02-03", "Opening"))), ("2021", (head, ("2021-02-03", "Opening")))
    assert [event.date for event in records_of(read_table(book(*sheets), "x.xlsx"), Event)] == [
        "2020-02-03",
        "2021-02-03",
    ]


def test_people_of_two_lists_with_one_number_are_two() -> None:
    head = ("ID", "Name", "Affiliation")
    sheets = ("North", (head, ("1", "Ana Ruiz", "Hill"))), ("South", (head, ("1", "Cy Lee", "Dale")))
    reading = read_table(book(*sheets), "people.xlsx")
    assert labels(reading, Person) == ["Ana Ruiz", "Cy Lee"]
    assert [(each.person, each.organisation) for each in records_of(reading, Membership)] == [
        ("person/ana-ruiz", "organisation/hill"), ("person/cy-lee", "organisation/dale"),
    ]  # fmt: skip


def test_who_stands_in_a_list_with_a_number_is_meant_where_the_file_has_the_name_alone() -> None:
    people = "People", (("ID", "Name", "Affiliation"), ("1", "Ana Ruiz", "Hill Trust"), ("2", "Bo Li", "Oak"))
    bodies = "Bodies", (("ID", "Organisation", "Parent"), ("1", "Oak", "Hill Trust"), ("2", "Hill Trust", ""))
    talks = "Talks", (("Date", "Title", "Speaker"), ("2020-02-03", "Birds", "Ana Ruiz; Cy Lee"))
    reading = read_table(book(talks, people, bodies), "days.xlsx")
    assert labels(reading, Person) == ["Ana Ruiz", "Bo Li", "Cy Lee"]
    assert [(body.label, body.parent) for body in records_of(reading, Organisation)] == [
        ("Oak", "organisation/hill-trust"), ("Hill Trust", None),
    ]  # fmt: skip
    assert [each.organisation for each in records_of(reading, Membership)] == [
        "organisation/hill-trust",
        "organisation/oak",
    ]
    assert reading.keys["person/ana-ruiz"] == "id 1"


def test_of_two_in_a_list_with_one_name_neither_is_meant_by_it() -> None:
    people = "People", (("ID", "Name", "Affiliation"), ("1", "Ana Ruiz", "Hill"), ("2", "Ana Ruiz", "Dale"))
    talks = "Talks", (("Date", "Title", "Speaker"), ("2020-02-03", "Birds", "Ana Ruiz"))
    reading = read_table(book(people, talks), "days.xlsx")
    (part,) = records_of(reading, Participation)
    assert reading.keys[part.agent or ""] == "Ana Ruiz"
    assert (
        "Ana Ruiz: several in the list are called so; who has no more than the name is none of them" in reading.remarks
    )


@pytest.mark.parametrize("is_first", [True, False])
def test_rows_of_a_sheet_are_known_again_where_another_one_that_counts_anew_joins_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_first: bool
) -> None:
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path / "cache"))
    head = ("ID", "Date", "Title", "Speaker")
    old = ("2020", (head, ("1", "2020-02-03", "Birds", "Ana Ruiz"), ("2", "2020-02-04", "Fish", "Ana Ruiz")))
    new = ("2021", (head, ("1", "2021-02-03", "Seas", "Cy Lee"), ("2", "2021-02-04", "Lakes", "Bo Li")))
    path, into = tmp_path / "years.xlsx", tmp_path / "all.json"
    path.write_bytes(book(old))
    import_files([path], into)
    path.write_bytes(book(*((new, old) if is_first else (old, new))))
    report = import_files([path], into).files[0]
    assert (report.made["event"], report.updated["event"], report.gone) == (2, 0, [])
    again = import_files([path], into)
    assert not again.is_written, "what is known by its sheet now is known so the next time"

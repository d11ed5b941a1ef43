"""`list` on the bundled dataset and a small one: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len

from convenings.domain.kinds import KINDS, TABLES
from tests.unit import factory
from tests.unit.cli_records import Run, records_of


@pytest.mark.parametrize("kind", KINDS)
def test_list_gives_every_field_of_the_data_model(run: Run, kind: str) -> None:
    records = records_of(run, kind)
    assert records
    for record in records:
        assert record["id"].startswith(f"{kind}/")
        assert record["kind"] == kind
        assert isinstance(record["label"], str)
        assert record["label"]
        more = {"statement": {"agent", "themes"}, "event": {"start", "end"}}.get(kind, set())
        assert set(record) == {*KINDS[kind].__struct_fields__, *more, "kind", "label", "inferred"}
        assert record["evidence"]
        for evidence in record["evidence"]:
            assert {"source", "paragraph", "pointer", "start", "end", "basis", "note", "fields", "passage_hash"} == set(
                evidence
            )


def test_list_gives_exactly_the_records_of_the_file(run: Run, rivers: Path) -> None:
    for kind, struct in KINDS.items():
        records = records_of(run, kind, "--dataset", rivers)
        expected = {record.id: record for record in factory.records() if isinstance(record, struct)}
        assert {record["id"] for record in records} == set(expected)
        for record in records:
            fields = {name: value for name, value in record.items() if name in struct.__struct_fields__}
            assert msgspec.convert(fields, struct) == expected[record["id"]]


@pytest.mark.parametrize("word", ["people", "persons", "Person", "PERSON"])
def test_kinds_are_singular_or_plural(run: Run, word: str) -> None:
    assert records_of(run, word) == records_of(run, "person")


@pytest.mark.parametrize("table", TABLES.values())
def test_every_table_is_a_kind(run: Run, table: str) -> None:
    assert records_of(run, table)


def test_absent_fields_stand_at_their_defaults(run: Run, rivers: Path) -> None:
    (party,) = [p for p in records_of(run, "participation", "--dataset", rivers) if p["unnamed"]]
    assert party["agent"] is None
    assert party["on_behalf_of"] == []
    assert party["title_as_stated"] == ""
    assert party["count"] is None
    (session,) = [e for e in records_of(run, "event", "--dataset", rivers) if e["super_event"]]
    assert session["date"] is None
    assert session["date_basis"] is None
    assert session["place"] is None
    assert session["attendance"] is None


def test_a_statement_has_its_sort_as_type_and_a_question_its_occurrences(run: Run, rivers: Path) -> None:
    (statement,) = records_of(run, "statement", "--dataset", rivers)
    assert (statement["kind"], statement["type"]) == ("statement", "opinion")
    (question,) = records_of(run, "question", "--dataset", rivers)
    (occurrence,) = question["occurrences"]
    assert {"event", "act", "explicit", "agents", "evidence"} == set(occurrence)
    assert occurrence["evidence"][0]["paragraph"] == 3


def test_attendance_keeps_its_words(run: Run) -> None:
    (seminar,) = [event for event in records_of(run, "event") if event["id"] == "event/shenzhen-seminar"]
    assert set(seminar["attendance"]) == {"as_stated", "min", "max", "exclusive"}
    assert (seminar["attendance"]["min"], seminar["attendance"]["exclusive"]) == (120, True)


def test_list_narrows_by_the_query_language(run: Run) -> None:
    everyone = [person["id"] for person in records_of(run, "person")]
    moderators = [person["id"] for person in records_of(run, "person", "--filter", "role:moderator")]
    assert moderators == ["person/fu-changbo"]
    others = [person["id"] for person in records_of(run, "person", "--filter", "!role:moderator")]
    assert sorted([*others, *moderators]) == sorted(everyone)


def test_list_narrows_by_the_marks_of_the_user(run: Run, rivers: Path) -> None:
    from convenings.store.user_data import UserData

    assert records_of(run, "person", "--dataset", rivers, "--filter", "is:marked") == []
    UserData.open().toggle_mark(str(rivers.resolve()), "person/ana")
    assert [p["id"] for p in records_of(run, "person", "--dataset", rivers, "--filter", "is:marked")] == ["person/ana"]


def test_a_filter_that_keeps_nothing_finds_nothing(run: Run) -> None:
    code, out, err = run("list", "person", "--filter", "nobodyofthisname")
    assert (code, out) == (1, "")
    assert "none of" in err


def test_list_prints_a_table_for_people(run: Run) -> None:
    code, out, err = run("list", "event")
    assert (code, err) == (0, "")
    (line,) = [line for line in out.splitlines() if line.endswith(" event/beijing-workshop")]
    assert "Beijing workshop" in line
    assert "20 Jun 2018" in line
    assert "workshop" in line
    (seminar,) = [line for line in out.splitlines() if line.endswith(" event/shenzhen-seminar")]
    assert "(inferred)" in seminar


@pytest.mark.parametrize("columns", ["40", "80", "200"])
@pytest.mark.parametrize("kind", KINDS)
def test_tables_cut_nothing_off_at_any_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, kind: str, columns: str
) -> None:
    records = records_of(run, kind)
    monkeypatch.setenv("COLUMNS", columns)
    code, out, _ = run("list", kind)
    assert code == 0
    assert "…" not in out or any("…" in json.dumps(record, ensure_ascii=False) for record in records)
    assert all(cell_len(line) <= int(columns) for line in out.splitlines())
    squeezed = "".join(out.split())
    assert all(record["id"] in squeezed for record in records if columns != "40" or len(record["id"]) < 38)


def test_list_without_a_kind_goes_over_all_of_them(run: Run, rivers: Path) -> None:
    code, out, err = run("list", "--json", "--dataset", rivers)
    records = json.loads(out)
    assert (code, err) == (0, "")
    assert records == [record for kind in KINDS for record in records_of(run, kind, "--dataset", rivers)]
    assert list(dict.fromkeys(record["kind"] for record in records)) == list(KINDS)
    table = run("list", "--dataset", rivers)[1].splitlines()
    assert [line.split()[-1] for line in table[1:]] == [record["id"] for record in records]


def test_a_filter_over_all_kinds_is_asked_where_it_has_a_meaning(run: Run) -> None:
    code, out, err = run("list", "--filter", "role:moderator", "--json")
    assert code == 0
    kinds = ("person", "organisation", "initiative", "participation")
    each = [records_of(run, kind, "--filter", "role:moderator") for kind in kinds]
    assert json.loads(out) == [record for records in each for record in records]
    assert "left out, as the filter has no meaning for them: event, place, question" in err
    assert "person" not in err
    others = json.loads(run("list", "--filter", "!role:moderator", "--json")[1])
    assert {record["kind"] for record in others} == {"person", "organisation", "initiative", "participation"} & {
        record["kind"] for record in others
    }
    assert len(others) + len(json.loads(out)) == sum(len(records_of(run, kind)) for kind in kinds)


def test_an_alternative_is_asked_where_only_it_has_a_meaning(run: Run) -> None:
    either = json.loads(run("list", "--filter", "role:moderator or type:recommendation", "--json")[1])
    assert {"person", "statement"} <= {record["kind"] for record in either}
    assert all(record["type"] == "recommendation" for record in either if record["kind"] == "statement")


def test_what_no_kind_has_a_meaning_for_is_refused(run: Run) -> None:
    code, out, err = run("list", "--filter", "is:gap role:moderator")
    assert (code, out) == (2, "")
    assert "no kind of record" in err
    assert run("list", "--filter", "role:moderatr")[0] == 2


def test_marks_of_every_kind_are_listed_together(run: Run, rivers: Path) -> None:
    from convenings.store.user_data import UserData

    marked = ["event/talk", "person/ana", "statement/one", "gap/who"]
    for ref in marked:
        UserData.open().toggle_mark(str(rivers.resolve()), ref)
    code, out, err = run("list", "--filter", "is:marked", "--json", "--dataset", rivers)
    assert (code, [record["id"] for record in json.loads(out)], err) == (0, marked, "4 of 17\n")
    assert run("list", "--filter", "is:marked", "--dataset", rivers)[2] == "4 of 17\n"


@pytest.mark.parametrize("arguments", [["list", "event"], ["list"], ["search", "huang"], ["stats"], ["--keys"]])
def test_no_line_of_a_table_ends_in_blanks(run: Run, arguments: list[str]) -> None:
    out = run(*arguments)[1]
    assert out
    assert all(line == line.rstrip(" ") for line in out.splitlines())

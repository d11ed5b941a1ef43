"""The command line on the bundled dataset: what it prints, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from rich.cells import cell_len

import convenings
from convenings import __version__
from convenings.cli.commands import COMMANDS
from convenings.cli.parser import SHELLS
from convenings.domain.kinds import KINDS, REFERENCES, TABLES
from tests.unit import factory

Run = Callable[..., tuple[int, str, str]]


def records_of(run: Run, kind: str, *more: str | Path) -> list[dict[str, Any]]:
    code, out, _ = run("list", kind, "--json", *more)
    records: list[dict[str, Any]] = json.loads(out)
    assert code == (0 if records else 1)
    return records


# list


@pytest.mark.parametrize("kind", KINDS)
def test_list_gives_every_field_of_the_data_model(run: Run, kind: str) -> None:
    records = records_of(run, kind)
    assert records
    for record in records:
        assert record["id"].startswith(f"{kind}/")
        assert record["kind"] == kind
        assert isinstance(record["label"], str)
        assert record["label"]
        former = {"agent", "themes"} if kind == "statement" else set()
        assert set(record) == {*KINDS[kind].__struct_fields__, *former, "kind", "label", "inferred"}
        assert record["evidence"]
        for evidence in record["evidence"]:
            assert {"source", "paragraph", "start", "end", "basis", "note", "fields", "passage_hash"} == set(evidence)


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
    assert "left out, as the filter asks nothing of them: event, place, question" in err
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


# search


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tencent", "organisation/tencent"),
        ("hao ming huang", "person/huang-haoming"),
        ("huang haoming", "person/huang-haoming"),
        ("lü zhenya", "person/lv-zhenya"),
        ("lyu zhenya", "person/lv-zhenya"),
        ("sprc", "organisation/sprc"),
        ("e-station", "initiative/first-aid-e-station"),
        ("red cros", "organisation/china-red-cross-foundation"),
        ("unique china", "question/unique-to-china"),
        ("moderator", "person/fu-changbo"),
        ("moderated", "person/fu-changbo"),
    ],
)
def test_search_has_the_right_record_first(run: Run, query: str, first: str) -> None:
    code, out, err = run("search", *query.split(), "--json")
    hits = json.loads(out)
    assert (code, err.endswith("--limit for more\n")) == (0, "50 of" in err)
    assert hits[0]["id"] == first
    assert len(hits) <= 50
    assert all(set(hit) - {"basis", "reading"} == {"id", "kind", "label", "context"} for hit in hits)
    assert all(hit["id"].startswith(hit["kind"] + "/") for hit in hits)


def test_search_takes_a_limit_and_kinds(run: Run) -> None:
    assert len(json.loads(run("search", "huang", "--json", "--limit", "2")[1])) == 2
    hits = json.loads(run("search", "china", "--json", "--kind", "organisations", "--kind", "place")[1])
    assert {hit["kind"] for hit in hits} == {"organisation", "place"}


def test_nothing_found_is_an_empty_array_and_exit_1(run: Run) -> None:
    code, out, err = run("search", "qqzzxxyy", "--json")
    assert (code, json.loads(out)) == (1, [])
    assert "nothing found for qqzzxxyy" in err


def test_search_prints_a_table_for_people(run: Run) -> None:
    code, out, _ = run("search", "huang", "haoming")
    assert code == 0
    assert "person/huang-haoming" in out.splitlines()[1]


# show


def test_show_gives_the_record_as_list_does_and_its_links(run: Run) -> None:
    code, out, _ = run("show", "person/fu-changbo", "--json")
    record = json.loads(out)
    assert code == 0
    links = record.pop("links")
    assert record in records_of(run, "person")
    assert {(entry["id"], entry["why"], entry["basis"]) for entry in links["event"]} == {
        ("event/round-table", "moderator", "stated"),
        ("event/shenzhen-seminar", "moderator, in Round table discussion", "stated"),
        ("event/10th-ccf", "moderator, in Round table discussion", "stated"),
    }
    assert [entry["why"] for entry in links["participation"]] == ["agent"]
    assert "organisation" not in links


def test_links_go_both_ways_by_field_and_by_tie(run: Run, rivers: Path) -> None:
    links = json.loads(run("show", "organisation/trust", "--json", "--dataset", rivers)[1])["links"]
    (person,), (unit,) = links["person"], links["organisation"]
    assert (person["id"], set(person["why"].split(", "))) == ("person/ana", {"speaker", "chair"})
    assert (unit["id"], set(unit["why"].split(", "))) == ("organisation/unit", {"unit", "parent"})
    assert {entry["id"]: entry["why"] for entry in links["participation"]} == {"participation/ana": "on_behalf_of"}
    assert {entry["id"]: entry["why"] for entry in links["relation"]} == {"relation/runs": "subject"}
    assert {entry["id"]: entry["why"] for entry in links["source"]} == {"source/rivers": "evidence.source"}


@pytest.mark.parametrize("kind", KINDS)
def test_links_name_each_record_once_and_miss_no_reference(run: Run, rivers: Path, kind: str) -> None:
    for record in records_of(run, kind, "--dataset", rivers):
        links = json.loads(run("show", record["id"], "--json", "--dataset", rivers)[1])["links"]
        ids = [entry["id"] for entries in links.values() for entry in entries]
        assert len(ids) == len(set(ids))
        assert record["id"] not in ids
        assert all(entry["id"].startswith(f"{kind}/") for kind, entries in links.items() for entry in entries)
        for field in REFERENCES[kind]:
            value = record[field]
            for ref in [value] if isinstance(value, str) else value or []:
                assert (ref["question"] if isinstance(ref, dict) else ref) in ids


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_can_be_shown_to_people(run: Run, rivers: Path, kind: str) -> None:
    for record in records_of(run, kind, "--dataset", rivers):
        code, out, err = run("show", record["id"], "--dataset", rivers)
        assert (code, err) == (0, "")
        assert record["id"] in out
        assert "[1] Rivers, paragraph" in out
        assert "Of water." in out


def test_show_says_what_is_unknown_and_what_is_inferred(run: Run, rivers: Path) -> None:
    out = run("show", "person/fu-changbo")[1]
    assert "organisation not stated" in out
    assert "Not known" in out
    assert "inferred: Common knowledge." in run("show", "topic/rivers", "--dataset", rivers)[1]


def test_show_quotes_the_passage_where_the_text_is_attached(run: Run, rivers: Path, text: Path) -> None:
    assert "“chair”" not in run("show", "membership/ana", "--dataset", rivers)[1]
    run("attach", text, "--dataset", rivers)
    assert "“chair”" in run("show", "membership/ana", "--dataset", rivers)[1]


@pytest.mark.parametrize(
    ("ref", "near"), [("person/fu-chang", "person/fu-changbo"), ("fu-changbo", "person/fu-changbo")]
)
def test_an_unknown_id_is_not_found_and_the_nearest_is_named(run: Run, ref: str, near: str) -> None:
    code, out, err = run("show", ref, "--json")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert near in err


def test_an_old_id_shows_what_stands_for_it_now(run: Run, tmp_path: Path) -> None:
    path = factory.write(tmp_path / "x.json", redirects={"person/old": "person/ana"}).path
    code, out, err = run("show", "person/old", "--json", "--dataset", path)
    assert (code, json.loads(out)["id"]) == (0, "person/ana")
    assert "'person/old' is 'person/ana' now" in err


def test_show_takes_several_ids_and_reads_them_from_stdin(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = ["person/fu-changbo", "event/round-table"]
    several = json.loads(run("show", *ids, "--json")[1])
    assert several == [json.loads(run("show", ref, "--json")[1]) for ref in ids]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(ids) + "\n\n"))
    assert json.loads(run("show", "-", "--json")[1]) == several
    alone = [run("show", ref)[1] for ref in ids]
    assert run("show", *ids)[1] == "\n".join(alone)


def test_one_id_of_several_that_is_missing_is_said(run: Run) -> None:
    code, out, err = run("show", "person/fu-changbo", "person/fu-chang", "--json")
    assert (code, [record["id"] for record in json.loads(out)]) == (1, ["person/fu-changbo"])
    assert "there is no record 'person/fu-chang'; perhaps person/fu-changbo" in err


def test_stdin_that_is_no_text_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"person/\xff\n"), encoding="utf-8"))
    code, out, err = run("show", "-")
    assert (code, out) == (2, "")
    assert err == "convenings: the ids on standard input are not UTF-8; write one id a line\n"


# the program itself


def test_version_help_and_keys(run: Run) -> None:
    assert run("--version") == (0, f"convenings {__version__}\n", "")
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(word in out for word in ("search", "attach", "--fresh", "--theme", "--print-completion", "DATASET"))
    keys = json.loads(run("--keys", "--json")[1])
    assert {"keys": ["/"], "id": "filter"}.items() <= {k["id"]: k for k in keys}["filter"].items()
    assert all(set(key) == {"keys", "id", "label", "help"} for key in keys)
    assert "filter" in run("--keys")[1]


@pytest.mark.parametrize("arguments", [["--themes"], ["--theme", "list"], ["--theme", "?"]])
def test_our_themes_are_listed_without_a_quote(run: Run, arguments: list[str]) -> None:
    assert run(*arguments) == (0, "convenings-dark\nconvenings-light\nconvenings-clear\n", "")


def test_help_is_a_command_too(run: Run) -> None:
    assert run("help") == run("--help")
    for name in COMMANDS:
        assert run("help", name) == run(name, "--help")
    assert run("help", "lsit")[2] == "convenings: there is no command 'lsit'; perhaps 'list' is meant\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["list", "--fliter", "x"],
            "there is no option --fliter; perhaps --filter is meant, see convenings list --help",
        ),
        (["list", "event", "place"], "'place' is one argument too many; see convenings list --help"),
        (["search", "--nothing-like-it", "x"], "there is no option --nothing-like-it; see convenings search --help"),
        (["search"], "the following arguments are required: WORDS; see convenings search --help"),
        (
            ["search", "x", "--limit", "many"],
            "argument --limit: invalid int value: 'many'; see convenings search --help",
        ),
        (["--frsh"], "there is no option --frsh; perhaps --fresh is meant, see convenings --help"),
    ],
)
def test_wrong_use_points_to_the_help_of_its_command(run: Run, arguments: list[str], sentence: str) -> None:
    assert run(*arguments) == (2, "", f"convenings: {sentence}\n")


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_offers_commands_and_kinds(run: Run, shell: str) -> None:
    code, out, err = run("--print-completion", shell)
    assert (code, err) == (0, "")
    assert all(word in out for word in ("search", "attach", "participation", "convenings-light"))


def test_options_may_stand_before_the_command(run: Run, rivers: Path) -> None:
    before, after = (
        run("--json", "--dataset", rivers, "list", "person"),
        run("list", "person", "--json", "--dataset", rivers),
    )
    assert before == after
    assert json.loads(before[1])[0]["id"] == "person/ana"


def test_the_environment_names_the_dataset(run: Run, rivers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVENINGS_DATASET", str(rivers))
    assert [person["id"] for person in records_of(run, "person")] == ["person/ana"]


def test_python_dash_m_prints_utf8_json_and_harmless_tables_in_any_locale() -> None:
    places = process("list", "place", "--json").decode("utf-8")
    assert any("“" in place["label"] for place in json.loads(places))
    assert "?the ACC in Beijing?" in process("list", "place").decode("ascii")


def process(*arguments: str) -> bytes:
    """What the program prints in a process whose streams are ASCII."""
    source = str(Path(convenings.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "convenings", *arguments],
        env=os.environ | {"PYTHONPATH": source, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout

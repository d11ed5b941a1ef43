"""CSV for spreadsheets and scripts: read back, it says what the records say, and nothing in it is evaluated."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.cli.tabular import FORMULA_STARTS, cell, flattened
from convenings.domain.kinds import KINDS
from convenings.domain.records import Person
from tests.unit import factory
from tests.unit.cli_records import Run


def rows_of(text: str) -> list[list[str]]:
    """The rows of a CSV, strictly read."""
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert not cell(text).lstrip(" ").startswith(FORMULA_STARTS)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_a_cell_is_the_value_with_an_apostrophe_at_most(text: str) -> None:
    assert cell(text) in (text, f"'{text}")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_evaluate_is_a_text(run: Run, tmp_path: Path, start: str) -> None:
    label = f"{start}HYPERLINK(A1)"
    path = factory.write(tmp_path / "x.json", [Person(id="person/x", label=label)]).path
    # A search prints labels as the index has them, without control characters.
    commands = (["list", "person"], ["list"], ["search", "hyperlink"])
    for arguments in commands[: 2 if start.isspace() else 3]:
        out = run(*arguments, "--csv", "--dataset", path)[1]
        assert rows_of(out)[1][0] == f"'{label}"
    assert ["person/x", "label", f"'{label}"] in rows_of(run("show", "person/x", "--csv", "--dataset", path)[1])


def test_lines_end_as_the_standard_says_and_values_keep_theirs(run: Run, tmp_path: Path) -> None:
    label = 'Ana, "the\nriver"\x1b[2J'
    path = factory.write(tmp_path / "x.json", [Person(id="person/x", label=label)]).path
    out = run("list", "person", "--csv", "--dataset", path)[1]
    assert out.count("\r\n") == 2
    assert rows_of(out)[1][0] == label.replace("\x1b", "␛")


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_is_a_csv_with_the_same_records(run: Run, kind: str) -> None:
    code, out, _ = run("list", kind, "--csv")
    headings, *rows = rows_of(out)
    assert code == 0
    assert headings[-1] == "id"
    assert all(len(row) == len(headings) for row in rows)
    assert [row[-1] for row in rows] == [record["id"] for record in json.loads(run("list", kind, "--json")[1])]


def test_no_value_is_cut(run: Run, tmp_path: Path) -> None:
    label = "long " * 300 + "end"
    path = factory.write(tmp_path / "x.json", [Person(id="person/x", label=label)]).path
    for arguments in (["list", "person"], ["list"], ["search", "long"]):
        assert rows_of(run(*arguments, "--csv", "--dataset", path)[1])[1][0] == label
    assert json.loads(run("search", "long", "--json", "--dataset", path)[1])[0]["label"] == label


def test_a_person_has_all_organisations(run: Run, tmp_path: Path) -> None:
    from convenings.domain.records import Event, Organisation, Participation

    bodies = [f"organisation/o{number}" for number in range(5)]
    content = [
        Person(id="person/x", label="Ana"),
        Event(id="event/e", label="Day", type="workshop"),
        *(Organisation(id=ref, label=f"Body {ref[-1]}", type="company") for ref in bodies),
        Participation(id="participation/x", event="event/e", role="speaker", agent="person/x", on_behalf_of=bodies),
    ]
    path = factory.write(tmp_path / "x.json", content).path
    every = "Body 0, Body 1, Body 2, Body 3, Body 4"
    assert rows_of(run("list", "person", "--csv", "--dataset", path)[1])[1][2] == every
    assert every in run("list", "person", "--dataset", path)[1]


def test_what_is_found_nothing_of_has_its_headings(run: Run) -> None:
    code, out, _ = run("list", "person", "--filter", "nobodyofthisname", "--csv")
    assert (code, rows_of(out)) == (1, [["person", "roles", "organisations", "id"]])


def test_stats_give_each_count_a_row(run: Run) -> None:
    counts = dict(rows_of(run("stats", "--csv")[1]))
    whole = json.loads(run("stats", "--json")[1])
    assert counts["kinds.event"] == str(whole["kinds"]["event"])
    assert counts["sources[0].id"] == whole["sources"][0]["id"]


def test_show_gives_each_value_a_row(run: Run) -> None:
    out = run("show", "person/fu-changbo", "event/round-table", "--csv")[1]
    headings, *rows = rows_of(out)
    assert headings == ["id", "field", "value"]
    assert list(dict.fromkeys(row[0] for row in rows)) == ["person/fu-changbo", "event/round-table"]
    assert ["event/round-table", "kind", "event"] in rows


def test_json_and_csv_exclude_each_other(run: Run) -> None:
    for command in (["list", "event"], ["search", "x"], ["show", "event/round-table"], ["stats"], ["attach"]):
        for arguments in ([*command, "--json", "--csv"], ["--json", *command, "--csv"]):
            code, out, err = run(*arguments)
            assert (code, out) == (2, "")
            assert f"--json and --csv exclude each other; see convenings {command[0]} --help" in err


def test_values_inside_are_named_by_their_path() -> None:
    value = {"a": [{"b": 1, "c": None}, {"b": True}], "d": "", "e": 0}
    assert list(flattened(value)) == [("a[0].b", "1"), ("a[1].b", "true"), ("e", "0")]

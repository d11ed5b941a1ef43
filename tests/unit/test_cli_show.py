"""`show` on the bundled dataset and a small one."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from convenings.domain.kinds import KINDS, REFERENCES
from tests.unit import factory
from tests.unit.cli_records import Run, records_of


def test_show_gives_the_record_as_list_does_and_its_links(run: Run) -> None:
    code, out, _ = run("show", "person/fu-changbo", "--json")
    record = json.loads(out)
    assert code == 0
    links = record.pop("related")
    assert record in records_of(run, "person")
    assert {(entry["id"], entry["why"], entry["basis"]) for entry in links["event"]} == {
        ("event/round-table", "moderator", "stated"),
        ("event/shenzhen-seminar", "moderator, in Round table discussion", "stated"),
        ("event/10th-ccf", "moderator, in Round table discussion", "stated"),
    }
    assert [entry["why"] for entry in links["participation"]] == ["agent"]
    assert "organisation" not in links


def test_links_go_both_ways_by_field_and_by_tie(run: Run, rivers: Path) -> None:
    links = json.loads(run("show", "organisation/trust", "--json", "--dataset", rivers)[1])["related"]
    (person,), (unit,) = links["person"], links["organisation"]
    assert (person["id"], set(person["why"].split(", "))) == ("person/ana", {"speaker", "chair"})
    assert (unit["id"], set(unit["why"].split(", "))) == ("organisation/unit", {"unit", "parent"})
    assert {entry["id"]: entry["why"] for entry in links["participation"]} == {"participation/ana": "on_behalf_of"}
    assert {entry["id"]: entry["why"] for entry in links["relation"]} == {"relation/runs": "subject"}
    assert {entry["id"]: entry["why"] for entry in links["source"]} == {"source/rivers": "evidence.source"}


@pytest.mark.parametrize("kind", KINDS)
def test_links_name_each_record_once_and_miss_no_reference(run: Run, rivers: Path, kind: str) -> None:
    for record in records_of(run, kind, "--dataset", rivers):
        links = json.loads(run("show", record["id"], "--json", "--dataset", rivers)[1])["related"]
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
    assert err == "convenings: the ids on standard input are not UTF-8; write one id per line\n"

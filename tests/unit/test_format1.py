"""A file of format 1: read as one of today by every face, written as it was or as one of today, never in between."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from tinydb import TinyDB, where

from convenings.domain.errors import BadInput
from convenings.domain.records import (
    FORMAT,
    Person,
    Record,
    Relation,
    Statement,
)
from convenings.domain.references import all_evidence
from convenings.index.open import open_model
from convenings.presentation.profile.compose import profile
from convenings.store import canonical, format1
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.workspace import Workspace
from tests.unit import factory
from tests.unit.cli_records import Run
from tests.unit.factory import TEXT, evidence
from tests.unit.indexing import row

Tables = dict[str, dict[str, Any]]
OPEN = evidence(3, "who owns a river?", "summary", "themes")
WATER = evidence(4, "Rivers", "themes", basis="inferred", note="A river is water.")
ALIKE = evidence(3, "asked", "type", "event", "agent", "unnamed")
FORMER = [
    format1.FormerStatement(
        id="statement/one",
        type="opinion",
        summary="Ownership of rivers is open.",
        event="event/talk",
        agent="person/ana",
        themes=["topic/water", "question/owner", "topic/rivers"],
        mentions=["place/ghent"],
        evidence=[OPEN, WATER, ALIKE],
    ),
    format1.FormerStatement(
        id="statement/two", type="report", summary="Rivers.", themes=["question/owner"], evidence=[WATER]
    ),
    format1.FormerStatement(id="statement/three", type="report", summary="More.", unnamed="all", evidence=[ALIKE]),
    format1.FormerRelation(
        id="relation/runs",
        type="other",
        subject="organisation/trust",
        object="initiative/clean",
        as_stated="looks after",
        evidence=[evidence(1, "rivers", "type", "subject", "object"), evidence(2, "met", "as_stated")],
    ),
]


def former_tables() -> Tables:
    """A dataset of format 1, as builtins."""
    every = factory.records()
    tables = factory.tables([record for record in every if not isinstance(record, Statement | Relation)])
    tables["dataset"]["1"]["format"] = 1
    for name, struct in (("statements", format1.FormerStatement), ("relations", format1.FormerRelation)):
        rows = [record for record in FORMER if isinstance(record, struct)]
        tables[name] = {str(number): record for number, record in enumerate(rows, 1)}
    return tables


@pytest.fixture
def former(tmp_path: Path) -> Path:
    path = tmp_path / "former.json"
    path.write_bytes(canonical.encode(former_tables(), format1.STRUCTS))
    return path


def read(path: Path) -> dict[str, Record]:
    return {record.id: record for _, _, _, record in Dataset.open(path).scan()}


def test_a_statement_of_one_agent_and_mixed_themes_says_the_same(former: Path) -> None:
    one = cast(Statement, read(former)["statement/one"])
    assert one.agents == ["person/ana"]
    assert one.topics == ["topic/water", "topic/rivers"]
    assert one.mentions == ["place/ghent"]
    [bearing] = one.questions
    assert (bearing.question, bearing.basis, bearing.reason) == ("question/owner", "inferred", "A river is water.")
    assert [piece.fields for piece in one.evidence] == [
        ["summary", "topics"], ["topics"], ["type", "event", "agents", "unnamed"],
    ]  # fmt: skip
    assert [(piece.start, piece.basis, piece.note) for piece in bearing.evidence] == [
        (piece.start, piece.basis, piece.note) for piece in (OPEN, WATER)
    ]


def test_no_passage_is_lost_where_it_supported_questions_alone(former: Path) -> None:
    two = cast(Statement, read(former)["statement/two"])
    assert (two.evidence, two.agents, two.topics) == ([], [], [])
    assert [piece.passage_hash for piece in all_evidence(two)] == [WATER.passage_hash]


def test_words_of_a_relation_are_not_taken_for_the_source_s(former: Path) -> None:
    relation = cast(Relation, read(former)["relation/runs"])
    assert (relation.tie, relation.as_stated) == ("looks after", "")
    assert [piece.fields for piece in relation.evidence] == [["type", "subject", "object"], ["type"]]


def test_check_says_so_and_passes(run: Run, former: Path, tmp_path: Path) -> None:
    sound = former_tables()
    sound["statements"] = {"1": sound["statements"]["1"]}
    sound["statements"]["1"] = format1.FormerStatement(
        id="statement/one", type="opinion", summary="Open.", agent="person/ana", themes=["question/owner"],
        evidence=[evidence(3, "who owns a river?", "type", "summary", "agent", "themes")],
    )  # fmt: skip
    former.write_bytes(canonical.encode(sound, format1.STRUCTS))
    before, text = former.read_bytes(), tmp_path / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    code, out, err = run("check", former, "--source", text)
    assert (code, out) == (0, "")
    assert err.startswith("format 1; it is read as format 2")
    assert "0 faults" in err
    assert former.read_bytes() == before
    former.write_bytes(
        before.replace(b'"agent":"person/ana","themes"', b'"themes":[],"agent":"person/ana","themes"', 1)
    )
    assert [fault.record for fault in check(Dataset.open(former))] == [""]


def test_every_face_reads_it(run: Run, former: Path) -> None:
    before = former.read_bytes()
    model = open_model(former)
    shown = profile(model, row(model, "question/owner"))
    [bearing] = [entry for s in shown.sections for entry in s.entries if entry.ref == "statement/one"]
    assert bearing.note.endswith("A river is water.")
    assert bearing.basis == "inferred"
    model.close()
    code, out, _ = run("show", "statement/one", "--json", "--dataset", former)
    printed = json.loads(out)
    assert code == 0
    assert (printed["agents"], printed["agent"]) == (["person/ana"], "person/ana")
    assert printed["themes"] == ["question/owner", "topic/water", "topic/rivers"]
    assert "looks after" in run("list", "relation", "--dataset", former)[1]
    assert former.read_bytes() == before


def test_a_slip_is_told_by_the_names_of_its_own_format(former: Path) -> None:
    former.write_bytes(former.read_bytes().replace(b'"agent":"person/ana"', b'"agnet":"person/ana"'))
    with pytest.raises(BadInput, match="perhaps 'agent' is meant"):
        read(former)


def test_the_first_change_writes_all_of_it_as_of_today(former: Path) -> None:
    before = read(former)
    dataset = Dataset.open(former)
    dataset.insert([Person(id="person/bo", label="Bo", evidence=[evidence(3, "Ana", "label")])])
    assert dataset.info.format == FORMAT
    after = read(former)
    assert after.pop("person/bo")
    assert after == before
    with TinyDB(former, access_mode="r") as plain:
        assert plain.table("statements").get(doc_id=1)["agents"] == ["person/ana"]
    assert not [fault for fault in check(dataset) if "canonical" in fault.what]
    dataset.update(Person(id="person/bo", label="Bob"))
    assert read(former)["person/bo"] == Person(id="person/bo", label="Bob")


def test_scripts_see_and_write_it_as_of_today(former: Path) -> None:
    before, dataset = former.read_bytes(), Dataset.open(former)
    statements = dataset.db.table("statements")
    assert [found["id"] for found in statements.search(where("agents").any(["person/ana"]))] == ["statement/one"]
    statements.update({"summary": "None."}, where("id") == "statement/none")
    assert former.read_bytes() == before
    statements.update({"agents": ["organisation/trust", "person/ana"]}, where("id") == "statement/one")
    assert Dataset.open(former).info.format == FORMAT
    assert cast(Statement, read(former)["statement/one"]).agents == ["organisation/trust", "person/ana"]


def test_tidy_writes_it_as_of_today(former: Path) -> None:
    before = read(former)
    Dataset.open(former).tidy()
    assert Dataset.open(former).info.format == FORMAT
    assert read(former) == before


def test_what_a_merge_makes_one_stays_one_bearing(tmp_path: Path) -> None:
    tables = factory.tables()
    other = tables["questions"]["1"] | {"id": "question/other"}
    tables["questions"]["2"] = other
    [said] = tables["statements"].values()
    again = {"question": "question/other", "basis": "inferred", "reason": "So it is.", "evidence": []}
    said["questions"] = [again, *said["questions"]]
    path = tmp_path / "x.json"
    path.write_bytes(canonical.encode(tables))
    Dataset.open(path).merge("question/other", "question/owner")
    [bearing] = cast(Statement, read(path)["statement/one"]).questions
    assert (bearing.question, bearing.basis, bearing.reason) == ("question/owner", "stated", "So it is.")
    assert len(bearing.evidence) == 1


def test_the_first_save_keeps_the_file_of_the_earlier_format_and_says_so(
    former: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = former.read_bytes()
    dataset = Dataset.open(former)
    dataset.insert([Person(id="person/eve", label="Eve", evidence=[evidence(3, "Ana", "family")], family="Eve")])
    copy = former.with_name(f"{former.name}.convenings.format1")
    assert dataset.former_copy == copy
    assert copy.read_bytes() == before
    assert caplog.messages == [
        f"{former} was of format 1 and is written in format 2; it is kept as it was in {copy.name}"
    ]
    # Later saves leave it alone, however often the usual backup is replaced.
    for name in ("ada", "bea"):
        dataset.insert([Person(id=f"person/{name}", label=name, evidence=[evidence(3, "Ana", "label")])])
    assert copy.read_bytes() == before
    assert len(caplog.messages) == 1
    assert read(copy).keys() | {"person/eve", "person/ada", "person/bea"} == read(former).keys()


def test_another_file_of_the_earlier_format_does_not_take_the_place_of_a_copy(former: Path) -> None:
    copy = former.with_name(f"{former.name}.convenings.format1")
    copy.write_bytes(b"mine")
    before = former.read_bytes()
    Dataset.open(former).tidy()
    assert copy.read_bytes() == b"mine"
    assert copy.with_name(f"{copy.name}-2").read_bytes() == before


def test_the_command_upgrades_and_says_where_the_former_file_is(run: Run, former: Path) -> None:
    before, faults = read(former), [(each.record, each.field, each.what) for each in check(Dataset.open(former))]
    code, out, _ = run("format", former, "--json")
    answer = json.loads(out)
    copy = former.with_name(f"{former.name}.convenings.format1")
    assert (code, answer["changed"], answer["former_format"], answer["format"]) == (0, True, 1, FORMAT)
    assert answer["copy"] == str(copy)
    assert read(former) == before
    assert json.loads(run("format", former, "--json")[1])["changed"] is False
    assert [(each.record, each.field, each.what) for each in check(Dataset.open(former))] == faults


def test_a_file_of_format_2_of_before_needs_no_change(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    dataset = factory.write(tmp_path / "x.json")
    before = dataset.path.read_bytes()
    # None of the fields that were added since stands in it.
    for name in (b"identifiers", b"links", b"descriptions", b"pointer", b"zone", b"imports"):
        assert name not in before
    dataset.tidy()
    assert dataset.path.read_bytes() == before
    assert (dataset.former_copy, caplog.messages) == (None, [])
    assert check(dataset) == []


def test_marks_and_notes_follow_a_dataset_through_its_upgrade(run: Run, former: Path) -> None:
    with Workspace(open_model(former)) as workspace:
        workspace.user_data.set_note(workspace.user_data_key, "person/ana", "Chairs often.")
        workspace.user_data.toggle_mark(workspace.user_data_key, "statement/one")
    assert run("format", former)[0] == 0
    with Workspace(open_model(former)) as workspace:
        assert list(workspace.notes().values()) == ["Chairs often."]
        assert [workspace.model.one(number).id for number in workspace.marked()] == ["statement/one"]
        assert workspace.warnings == []
    assert [
        record["note"] for record in json.loads(run("list", "--filter", "is:noted", "--json", "--dataset", former)[1])
    ] == ["Chairs often."]

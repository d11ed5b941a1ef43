"""What a statement says of a question, who made it together, and other things that format 2 has room for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.record_values import Bearing, Paragraph, Part
from convenings.domain.records import (
    Organisation,
    Question,
    Record,
    Relation,
    Source,
    Statement,
)
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.presentation.passages import passages
from convenings.presentation.profile.compose import profile
from convenings.presentation.profile.value import Entry
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.workspace import open_workspace
from tests.unit import factory
from tests.unit.cli_records import Run
from tests.unit.factory import evidence
from tests.unit.indexing import ids, opened, row

REASON = "Whoever owns a river may close it."
MORE: list[Record] = [
    Question(
        id="question/use", label="Who may use it?", text="Who may use a river?", form="indirect",
        evidence=[evidence(3, "who owns a river?", "text", "form", basis="inferred", note="Our words.")],
    ),
    Statement(
        id="statement/both", type="hope", summary="Rivers may stay open.", agents=["person/ana", "organisation/trust"],
        topics=["topic/rivers"], evidence=[evidence(3, "asked", "type", "summary", "agents", "topics")],
        questions=[
            Bearing(
                question="question/use", basis="inferred", reason=REASON,
                evidence=[evidence(3, "river?", "question", basis="inferred")],
            ),
            Bearing(question="question/owner", basis="stated", evidence=[evidence(3, "who owns", "question")]),
        ],
    ),
    Relation(
        id="relation/close", type="close to", subject="question/use", object="question/owner",
        evidence=[evidence(3, "owns", "type", "subject", "object", basis="inferred", note="Both are about rights.")],
    ),
    Relation(
        id="relation/wide", type="narrower than", subject="topic/rivers", object="topic/water", tie="are some of",
        as_stated="rivers, and once more rivers", evidence=[
            evidence(4, "rivers, and once more rivers", "type", "subject", "object", "as_stated"),
        ],
    ),
]  # fmt: skip


def content() -> list[Record]:
    """The small dataset, with more that only format 2 can say."""
    return [_with_more(record) if isinstance(record, Source) else record for record in factory.records()] + MORE


def _with_more(source: Source) -> Source:
    """The source with a digest in parts, and with its publisher."""
    parts = [Part(start=0, end=16, digest="Of Ana."), Part(start=16, end=60, digest="Of owners.")]
    digest = [replace(entry, parts=parts) if entry.number == 3 else entry for entry in source.digest]
    pieces = [*source.evidence, evidence(2, "River Trust", "published_by")]
    return replace(source, digest=digest, published_by="organisation/trust", evidence=pieces)


@pytest.fixture
def model(tmp_path: Path) -> Iterator[ReadModel]:
    with opened(tmp_path / "set.json", content()) as found:
        yield found


def entries(model: ReadModel, ref: str, title: str) -> list[Entry]:
    """Lines of a section of a profile; no title for its facts."""
    about = profile(model, row(model, ref))
    return about.facts if not title else [e for s in about.sections if s.title == title for e in s.entries]


def test_such_a_dataset_passes_the_check(tmp_path: Path) -> None:
    assert check(factory.write(tmp_path / "x.json", content())) == []


def test_a_statement_of_two_is_with_both(model: ReadModel) -> None:
    facts = {entry.text: entry.ref for entry in entries(model, "statement/both", "")}
    assert facts["said by Ana Lima"] == "person/ana"
    assert facts["said by Trust"] == "organisation/trust"
    assert "statement/both" in [entry.ref for entry in entries(model, "person/ana", "What they said")]
    assert "statement/both" in [entry.ref for entry in entries(model, "organisation/trust", "What was said for it")]
    related = ids(model, model.related_rows(row(model, "question/use"), 0, model.total))
    assert {"person/ana", "organisation/trust"} <= set(related)
    assert model.one(row(model, "statement/both")).secondary == "Ana Lima, Trust"


def test_both_sides_say_why_a_statement_bears_on_a_question_and_that_it_is_inferred(model: ReadModel) -> None:
    use, owner = entries(model, "statement/both", "Questions it bears on")
    assert (use.ref, use.note, use.basis) == ("question/use", REASON, "inferred")
    assert (owner.ref, owner.note, owner.basis) == ("question/owner", "", "stated")
    [there] = entries(model, "question/use", "Statements that bear on it")
    assert there.note.endswith(REASON)
    assert there.basis == "inferred"
    stated = {e.ref: e.basis for e in entries(model, "question/owner", "Statements that bear on it")}
    assert stated == {"statement/one": "stated", "statement/both": "stated"}


def test_the_passage_under_a_bearing_has_the_reason_and_the_part_of_the_digest(tmp_path: Path) -> None:
    path = factory.write(tmp_path / "x.json", content()).path
    with open_workspace(open_model(path)) as workspace:
        about = profile(workspace.model, row(workspace.model, "question/use"))
        [(passage, support)] = [
            (passage, support)
            for passage in passages(workspace, about)
            for support in passage.supports
            if support.claim.startswith("question of")
        ]
    assert (support.basis, support.note) == ("inferred", REASON)
    assert passage.digest == "Of owners."


def test_a_passage_over_all_parts_has_the_digest_of_the_paragraph(tmp_path: Path) -> None:
    whole = [evidence(3, "Ana Lima (chair) asked: who owns", "family")]
    every = [replace(r, evidence=whole) if r.id == "person/ana" else r for r in content()]
    path = factory.write(tmp_path / "x.json", every).path
    with open_workspace(open_model(path)) as workspace:
        about = profile(workspace.model, row(workspace.model, "person/ana"))
        [digest] = [p.digest for p in passages(workspace, about) if "family" in [s.claim for s in p.supports]]
    assert digest == "Of water."


def test_questions_and_topics_are_tied_by_relations(model: ReadModel) -> None:
    [line] = entries(model, "question/owner", "Related")
    assert (line.ref, line.note) == ("question/use", "close to this")
    [line] = entries(model, "topic/rivers", "Related")
    assert (line.ref, line.note) == ("topic/water", "are some of")
    facts = [entry.text for entry in entries(model, "relation/wide", "")]
    assert facts == ["Rivers", "are some of", "in the source: rivers, and once more rivers", "Water"]


def test_a_source_leads_to_the_organisation_that_published_it(model: ReadModel) -> None:
    [publisher] = [entry for entry in entries(model, "source/rivers", "") if entry.ref == "organisation/trust"]
    assert publisher.text == "Trust"


def test_json_has_the_fields_of_both_formats(run: Run, tmp_path: Path) -> None:
    path = factory.write(tmp_path / "x.json", content()).path
    said = json.loads(run("show", "statement/both", "--json", "--dataset", path)[1])
    assert said["agents"] == ["person/ana", "organisation/trust"]
    assert [bearing["question"] for bearing in said["questions"]] == ["question/use", "question/owner"]
    assert (said["agent"], said["themes"]) == ("person/ana", ["question/use", "question/owner", "topic/rivers"])
    assert "Ana Lima, Trust" in run("list", "statement", "--dataset", path)[1]


def test_an_old_id_resolves_in_a_record_of_another_kind(tmp_path: Path) -> None:
    redirects = {"relation/old": "organisation/trust"}
    with opened(tmp_path / "x.json", content(), redirects) as model:
        assert isinstance(model.find("relation/old"), Organisation)
    assert Dataset.open(tmp_path / "x.json").resolve("relation/old") == "organisation/trust"


def test_a_paragraph_without_parts_is_written_as_before() -> None:
    source = next(record for record in factory.records() if isinstance(record, Source))
    assert source.digest[0] == Paragraph(number=1, digest="Of water.")
    assert source.digest[0].parts == []

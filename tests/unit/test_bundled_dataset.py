"""What somebody who has read both reports holds the bundled dataset to."""

from __future__ import annotations

from functools import cache
from typing import cast

import pytest

from convenings.domain.records import Organisation, Question, Record, Relation, Source, Statement
from convenings.store.dataset import Dataset
from convenings.store.paths import bundled_dataset


@cache
def records() -> dict[str, Record]:
    return {record.id: record for _, _, _, record in Dataset.open(bundled_dataset()).scan()}


def statement(slug: str) -> Statement:
    return cast(Statement, records()[f"statement/{slug}"])


def test_every_id_that_went_leads_to_a_record() -> None:
    former = Dataset.open(bundled_dataset()).resolved_redirects()
    assert former["event/shenzhen-opening"] == "event/shenzhen-seminar"
    assert former["relation/sharp-supports-workshop"] == "participation/workshop-sharp-supporter"
    assert set(former.values()) <= records().keys()
    assert not former.keys() & records().keys()


def test_every_inferred_bearing_says_why() -> None:
    bearings = [b for r in records().values() if isinstance(r, Statement) for b in r.questions if b.basis == "inferred"]
    assert bearings
    assert all(bearing.reason and "our classification" not in bearing.reason for bearing in bearings)


def test_the_reports_meet_in_questions_of_each_by_statements_of_the_other() -> None:
    across: dict[str, set[str]] = {}
    for record in records().values():
        for bearing in record.questions if isinstance(record, Statement) else ():
            question = cast(Question, records()[bearing.question])
            if {e.source for e in record.evidence}.isdisjoint(e.source for e in question.evidence):
                across.setdefault(bearing.question, set()).add(record.id)
    assert across["question/what-drives-enterprises"] == {
        "statement/yang-guides-enterprises",
        "statement/chen-technical-teams",
    }
    assert "statement/new-possibilities" in across["question/enterprises-and-public-welfare"]
    assert "statement/chen-experience" in across["question/how-entrepreneurs-innovate"]
    assert "question/sustainable" not in across


def test_who_discussed_is_not_said_to_be_mentioned() -> None:
    for slug in ("round-table-goodness", "round-table-enterprises"):
        assert len(statement(slug).agents) == 5
        assert not statement(slug).mentions


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("how-entrepreneurs-innovate", "set as aim"),
        ("technology-for-quality-development", "set as aim"),
        ("role-of-charities", "asked by the report"),
        ("integrate-technology-and-needs", "asked by the report"),
        ("unique-to-china", "raised"),
    ],
)
def test_what_happened_to_a_question_is_what_the_report_says(question: str, act: str) -> None:
    assert cast(Question, records()[f"question/{question}"]).occurrences[0].act == act


def test_where_something_sits_is_not_who_runs_it() -> None:
    sharp = cast(Relation, records()["relation/sprc-runs-sharp"])
    assert (sharp.subject, sharp.type, sharp.object) == ("initiative/sharp", "housed at", "organisation/sprc")


def test_passages_of_one_paragraph_are_told_apart() -> None:
    source = cast(Source, records()["source/shenzhen-seminar-report"])
    assert len({part.digest for part in source.digest[5].parts}) == 10
    assert source.published_by is None
    assert isinstance(records()["organisation/tencent"], Organisation)

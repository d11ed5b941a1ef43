"""Who was not there: nobody whom a report excuses is drafted, listed or ticked as somebody who took part."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Participation, Person
from convenings.drafting.draft_json import as_json
from convenings.drafting.drafter import draft
from convenings.drafting.review import Review
from convenings.drafting.review_list import DraftLine, ReviewList
from convenings.store.dataset import Dataset
from tests.unit.reviews import review_of

REPORT = """\
Seminar on river safety
The River Trust held a seminar on river safety in York on 3 June 2023. Dr Anna Berg chaired the meeting.
"Boats are not toys," said Captain Ivo Stone, Harbour Office. Ms Joan Hill said that bridges are too low.
Apologies: Prof. Ian Moss, Canal Society
"""


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "own"))
    return review_of(REPORT, tmp_path / "rivers.json")


def draft_of(review: Review, name: str) -> str:
    [record] = [each for each in review.records("kind:person") if each.main.value == name]
    return record.id


@pytest.mark.parametrize(
    "sentence",
    [
        "Apologies were received from Mr Paul Reed, Canal Society, and Ms Joan Hill.",
        "Professor Paul Reed, who was to give the keynote, could not attend.",
        "Sir Paul Reed sent his regrets.",
        "Paul Reed and Joan Hill had been invited but sent their apologies.",
        "The following sent apologies: Mr Paul Reed and Ms Joan Hill.",
        "In the absence of Mrs Paul Reed, Mr Sam Fox led the discussion.",
        "Unable to attend\nMr Paul Reed, Canal Society",
        "Regrets:\nPaul Reed, Canal Society",
    ],
)
def test_who_is_excused_was_not_there(sentence: str) -> None:
    report = f"Seminar on river safety\n\nDr Anna Berg chaired the seminar on 3 June 2023.\n\n{sentence}\n"
    people = {person["name"]: person for person in as_json(draft(report), "report.txt")["people"]}
    assert people["Paul Reed"]["present"] is False
    assert (people["Paul Reed"]["roles"], people["Paul Reed"]["ticked"]) == ([], [])
    assert people["Anna Berg"]["present"] is None
    assert all(people[name]["present"] is None for name in people if name == "Sam Fox")


def test_who_spoke_at_another_time_was_there() -> None:
    report = "Mr Paul Reed presented his survey. Mr Paul Reed could not attend the dinner.\n"
    (person,) = draft(report).people
    assert (person.is_present, [role.role for role in person.roles]) == (None, ["presenter"])


def test_the_queue_says_so_and_ticks_nothing(review: Review) -> None:
    content = ReviewList(review)
    words = content.record_words(draft_of(review, "Ian Moss"))
    assert (words.state, words.tie) == ("open", "was not there, Canal Society")
    assert content.record_words(draft_of(review, "Anna Berg")).state == "ticked"
    record = review.record(draft_of(review, "Ian Moss"))
    assert "event" not in record.fields
    assert not any(review.is_ticked(record, field) for field in record.fields)
    assert "role" not in [line.field for line in ReviewList(review, ref=record.id).lines]


def test_accepting_them_writes_a_person_alone_unless_the_reader_knows_better(review: Review) -> None:
    ref = draft_of(review, "Ian Moss")
    review.accept(ref)
    kinds = [type(each) for _, _, _, each in Dataset.open(review.dataset.path).scan()]
    assert (kinds.count(Person), kinds.count(Participation)) == (1, 0)
    review.undo()
    review.set(ref, "role", "attendee")
    review.accept(ref)
    records = [each for _, _, _, each in Dataset.open(review.dataset.path).scan()]
    assert [each.role for each in records if isinstance(each, Participation)] == ["attendee"]


def test_words_of_a_report_have_one_pair_of_quotation_marks(review: Review) -> None:
    refs = [record.id for record in review.records("kind:statement")]
    # Before the label stands the glyph of a statement, which is a quotation mark.
    labels = [ReviewList(review).record_words(ref).label for ref in refs]
    assert labels == [
        '"Boats are not toys," said Captain Ivo Stone, Harbour Office.',
        "Ms Joan Hill said that bridges are too low.",
    ]
    values = [ReviewList(review, ref=ref).field_words(DraftLine(ref, "passage")).value for ref in refs]
    assert values == [labels[0], f"“{labels[1]}”"]

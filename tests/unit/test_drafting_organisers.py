"""Which bodies held an event, from the sentence that says so to the dataset."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Event, Organisation, Participation, Person
from convenings.drafting.drafter import draft
from convenings.drafting.review import Review
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.unit.reviews import review_of

REPORT = """\
Seminar on river safety
The River Trust held a seminar on river safety in York on 3 June 2023.
Dr Anna Berg, Director of the River Trust, chaired the meeting.
"""


def parts(sentence: str) -> dict[str, list[str]]:
    """Bodies with a part in holding what a sentence tells of."""
    found = draft(f"On rivers\n\n{sentence}\n")
    return {each.name.text: [role.role for role in each.roles] for each in found.organisations if each.roles}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The River Trust held a seminar on rivers in York.", {"River Trust": ["organiser"]}),
        (
            "On 3 June 2023 the Centre for Rivers and Society at the University of York hosted a workshop.",
            {"Centre for Rivers and Society": ["host"]},
        ),
        (
            "Anglers met for the River Futures conference, organised by the River Trust and the Soil Association.",
            {"River Trust": ["organiser"], "Soil Association": ["organiser"]},
        ),
        (
            "The seminar was organised by the River Trust in partnership with the Moor Council, and was sponsored by "
            "Tyne Bank.",
            {"River Trust": ["organiser"], "Moor Council": ["co-organiser"], "Tyne Bank": ["sponsor"]},
        ),
        ("It was funded by the Moor Council.", {"Moor Council": ["supporter"]}),
        # Of other events, and of other things that are held or paid for.
        ("The River Trust held a seminar on rivers last year.", {}),
        ("The next seminar will be hosted by the Moor Council.", {}),
        ("The survey was funded by the Moor Council.", {}),
        ("Dr Anna Berg, Director of the River Trust, organised a workshop.", {}),
        ("The seminar heard of the bridge that is held by the Moor Council.", {}),
    ],
)
def test_who_held_it(sentence: str, expected: dict[str, list[str]]) -> None:
    assert parts(sentence) == expected


def test_in_chinese() -> None:
    found = draft("2021年5月8日，由绿荫基金会主办、海港大学协办的第二届社区花园论坛在海港市图书馆举行。\n")
    assert {each.name.text: [role.role for role in each.roles] for each in found.organisations} == {
        "绿荫基金会": ["organiser"],
        "海港大学": ["co-organiser"],
    }


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "own"))
    return review_of(REPORT, tmp_path / "rivers.json")


def test_the_reader_decides_on_it_with_the_body(review: Review) -> None:
    path = review.dataset.path
    [body] = review.records("kind:organisation")
    assert (body.fields["role"].value, body.fields["role"].basis) == ("organiser", "inferred")
    assert not any(review.is_ticked(body, field) for field in body.fields)
    [berg] = review.records("kind:person")
    review.accept(berg.id)
    # Who belongs to it is accepted with it; that it held the event is still open.
    assert review.record(body.id).state == "open"
    records = [each for _, _, _, each in Dataset.open(path).scan()]
    assert [each.role for each in records if isinstance(each, Participation)] == ["chair"]
    review.accept(body.id)
    records = [each for _, _, _, each in Dataset.open(path).scan()]
    [trust] = [each for each in records if isinstance(each, Organisation)]
    [event] = [each for each in records if isinstance(each, Event)]
    [part] = [each for each in records if isinstance(each, Participation) and each.role == "organiser"]
    assert (part.agent, part.event, part.role_basis) == (trust.id, event.id, "inferred")
    assert len([each for each in records if isinstance(each, Person)]) == 1
    assert check(review.dataset) == []
    review.undo()
    assert review.record(body.id).state == "open"


def test_a_body_without_a_part_is_one_alone(review: Review) -> None:
    [body] = review.records("kind:organisation")
    review.set(body.id, "role", "")
    review.accept(body.id)
    records = [each for _, _, _, each in Dataset.open(review.dataset.path).scan()]
    assert not any(isinstance(each, (Participation, Event)) for each in records)

"""A report is drafted again in another version: decisions hold where it has not changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Participation, Person, Statement
from convenings.drafting.keeping import draft_into
from convenings.drafting.reading import read_and_draft
from convenings.drafting.review import Review
from convenings.store.check import check
from tests.unit.reviews import REPORT, draft_of, first, records, review_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rivers.json"


@pytest.fixture
def review(path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(path.with_name("own")))
    return review_of(REPORT, path)


def changed_report(tmp_path: Path, path: Path, old: str = "", new: str = "") -> Review:
    """The review after a part of the report was changed, and it got a paragraph before all others."""
    report = tmp_path / "report.txt"
    report.write_text("Symposium on rivers of the North\n" + REPORT.replace(old, new), encoding="utf-8")
    assert draft_into(path, report, read_and_draft(report)).former == SOURCE
    return Review.open(path)


SOURCE = "source/workshop-on-tidal-rivers"


def drafts(review: Review, *, of_former: bool = False) -> dict[str, str]:
    """Main words of each draft of a report to its state."""
    return {review.passage(each): each.state for each in review.records() if (each.source == SOURCE) == of_former}


def test_decisions_hold_for_a_version_of_the_report_where_it_has_not_changed(
    review: Review, path: Path, tmp_path: Path
) -> None:
    review.reject(draft_of(review, "Ana Lima"))
    review.accept(draft_of(review, "Bo Berg"))
    review.accept(first(review, "statement"))
    review.later(first(review, "question"))
    again = changed_report(tmp_path, path)
    decided = {"Ana Lima": "rejected", "Bo Berg": "accepted", "Delta University": "accepted"}
    assert drafts(again) == decided | {
        "Symposium on rivers of the North": "open",
        "River Institute": "open",
        "He said that dams change a river for good.": "wording",
        "How can a town live with its river?": "later",
    }
    # What is decided stands in both, and nothing waits twice.
    assert drafts(again, of_former=True) == decided | {"Workshop on tidal rivers": "accepted"}
    [waiting] = again.to_be_worded()[0]
    again.set(waiting.id, "summary", "A dam alters a river for ever.")
    here = records(path)
    [said] = [each for each in here.values() if isinstance(each, Statement)]
    assert [getattr(here[each], "label", "") for each in said.agents] == ["Bo Berg"]
    assert {piece.source for piece in said.evidence} == {waiting.source}
    assert [each.partition("/")[0] for each in here if each.startswith(("event/", "person/"))] == ["event", "person"]
    assert check(again.dataset) == []


def test_somebody_of_whom_more_is_said_now_is_decided_on_again(review: Review, path: Path, tmp_path: Path) -> None:
    review.accept(draft_of(review, "Ana Lima"))
    again = changed_report(tmp_path, path, "How can", "Ana Lima gave a keynote speech on floods.\nHow can")
    [record] = [each for each in again.records(states=("open",)) if each.main.value == "Ana Lima"]
    again.accept(record.id)
    assert [each.label for each in records(path).values() if isinstance(each, Person)] == ["Ana Lima"]
    participations = [each for each in records(path).values() if isinstance(each, Participation)]
    assert {each.role for each in participations} == {"moderator", "keynote speaker"}


def test_what_stands_in_a_changed_paragraph_is_open_again(review: Review, path: Path, tmp_path: Path) -> None:
    review.reject(draft_of(review, "Ana Lima"), draft_of(review, "Bo Berg"))
    again = changed_report(tmp_path, path, "moderated the workshop", "moderated both days")
    assert (drafts(again)["Ana Lima"], drafts(again)["Bo Berg"]) == ("open", "rejected")


def test_what_the_reader_found_is_in_the_changed_version_too(review: Review, path: Path, tmp_path: Path) -> None:
    added = review.add(SOURCE, "gap", 2, 0, 12).following
    assert added is not None
    review.set(added.id, "detail", "Who paid for the workshop?")
    again = changed_report(tmp_path, path)
    [gap] = again.records("kind:gap")
    assert (gap.source != SOURCE, again.passage(gap)) == (True, "The workshop")
    again.accept(gap.id)
    assert check(again.dataset) == []


def test_a_change_that_is_taken_back_leaves_all_decisions(review: Review, path: Path, tmp_path: Path) -> None:
    review.reject(draft_of(review, "Ana Lima"))
    review.accept(first(review, "statement"))
    before = drafts(review, of_former=True)
    again = changed_report(tmp_path, path)
    again.accept(*(each.id for each in again.records() if each.main.value == "Bo Berg"))
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    draft_into(path, report, read_and_draft(report))
    last = Review.open(path)
    states = drafts(last, of_former=True)
    decided = ("Bo Berg", "Delta University")
    assert states == before | dict.fromkeys(decided, "accepted") | {"Workshop on tidal rivers": "open"}
    refs = {each.id for each in last.records()}
    assert all(field.draft in refs for each in last.records() for field in each.fields.values() if field.draft)


def test_another_report_in_the_same_file_changes_nothing_of_the_former(
    review: Review, path: Path, tmp_path: Path
) -> None:
    review.reject(draft_of(review, "Ana Lima"))
    before = drafts(review, of_former=True)
    report = tmp_path / "report.txt"
    report.write_text("Hedge day\nThe hedge day was held in Leeds on 3 May 2021.\n", encoding="utf-8")
    assert draft_into(path, report, read_and_draft(report)).carried_over == 0
    assert drafts(Review.open(path), of_former=True) == before

"""Reviews of reports for tests: a report is drafted, and its queue opened."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.records import Record
from convenings.drafting.keeping import draft_into
from convenings.drafting.reading import read_and_draft
from convenings.drafting.review import Review
from convenings.store.dataset import Dataset

REPORT = """Workshop on tidal rivers
The workshop took place in Ghent on 4 May 2021.
Dr Ana Lima, Director of the River Institute, moderated the workshop.
Prof. Bo Berg, Professor at Delta University, gave a keynote speech. He said that dams change a river for good.
How can a town live with its river?
"""


def records(path: Path) -> dict[str, Record]:
    return {record.id: record for _, _, _, record in Dataset.open(path).scan()}


def draft_of(review: Review, name: str) -> str:
    [record] = [each for each in review.records() if each.main.value == name]
    return record.id


def first(review: Review, kind: str) -> str:
    return review.records(f"kind:{kind}")[0].id


def review_of(text: str, path: Path) -> Review:
    """Draft a report, beside which the dataset is made, and open its queue."""
    report = path.with_name("report.txt")
    report.write_text(text, encoding="utf-8")
    draft_into(path, report, read_and_draft(report))
    return Review.open(path)

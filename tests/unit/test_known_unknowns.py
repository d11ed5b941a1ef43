"""What is not known, and what was only inferred, as the command line prints it."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.records import (
    Gap,
    Organisation,
    Question,
    Record,
)
from convenings.presentation.profile.builder import MOST_ENTRIES
from tests.unit import factory
from tests.unit.cli_records import Run

GAPS = MOST_ENTRIES + 10
"""Gaps of one record: more than a profile lists."""


def test_the_heading_counts_gaps_that_are_recorded_and_those_that_follow(run: Run, tmp_path: Path) -> None:
    """That no statement bears on a question is one more, though the list ends before the last."""
    content: list[Record] = [
        Question(id="question/silent", label="Silent?", text="Who is silent?", form="direct"),
        *(Gap(id=f"gap/g{n}", label=f"Gap {n}", type="other", about=["question/silent"]) for n in range(GAPS)),
    ]
    factory.write(tmp_path / "set.json", content)
    _, out, _ = run("show", "question/silent", "--dataset", tmp_path / "set.json")
    assert "silent" in out
    assert f"Not known  {MOST_ENTRIES} of {GAPS + 1}" in out


def test_only_what_was_inferred_is_called_so(run: Run, tmp_path: Path) -> None:
    """A record may have some of its facts stated by the source and others inferred from it."""
    stated, inferred = factory.evidence(2, "Trust", "type"), factory.evidence(1, "rivers", "parent", basis="inferred")
    content: list[Record] = [
        Organisation(id="organisation/whole", label="Whole", type="foundation"),
        Organisation(
            id="organisation/part", label="Part", type="unit", parent="organisation/whole", evidence=[stated, inferred]
        ),
    ]
    factory.write(tmp_path / "set.json", content)
    lines = run("show", "organisation/part", "--dataset", tmp_path / "set.json")[1].splitlines()
    assert "unit  [1]" in lines
    assert "unit of Whole (inferred)  [2]" in lines

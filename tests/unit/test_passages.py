"""Passages, composed once: what both the drawer and ``show`` print of the evidence under a profile."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from convenings.domain.records import Record
from convenings.index.open import open_model
from convenings.presentation.passages import AROUND, NO_DIGEST, Passage, passages
from convenings.presentation.profile.compose import profile
from convenings.store.sources import text_hash
from convenings.store.user_data import UserData
from convenings.workspace import open_workspace
from tests.unit import factory

CHAIR = "membership/ana"
"""A record that rests on one word of the third paragraph."""

TEXTS = {
    "exact": factory.TEXT,
    "moved": "A line before\n" + factory.TEXT,
    "ambiguous": factory.TEXT.replace("Ana Lima (chair)", "A. Lima (chair, then no chair)"),
    "lost": factory.TEXT.replace("chair", "seat"),
}
"""State to a text in which that is what has become of it."""


def attach(text: str, source: str = "source/rivers") -> None:
    """Keep a text for a source, as ``attach`` does."""
    data = text.encode()
    UserData.open().attach(source, Path("rivers.txt"), text_hash(data), data)


def passages_of(path: Path, ref: str) -> list[Passage]:
    """The passages under the profile of a record."""
    with open_workspace(open_model(path)) as workspace:
        row = workspace.model.row_of(ref)
        assert row is not None
        return passages(workspace, profile(workspace.model, row))


def citing(source: str) -> list[Record]:
    """The records of the small dataset, the chair's evidence being in another source."""
    content = factory.records()
    for at, record in enumerate(content):
        if record.id == CHAIR:
            evidence = [msgspec.structs.replace(each, source=source) for each in record.evidence]
            content[at] = msgspec.structs.replace(record, evidence=evidence)
    return content


def test_without_its_text_a_passage_is_a_digest(rivers: Path) -> None:
    (passage,) = passages_of(rivers, CHAIR)
    assert (passage.number, passage.source, passage.place) == (1, "source/rivers", "Rivers, paragraph 3 of 4")
    assert passage.fields
    assert (passage.basis, passage.note) == ("stated", "")
    assert passage.digest == "Of water."
    assert (passage.state, passage.text_paragraph) == (None, 0)
    assert (passage.before, passage.text, passage.after) == ("", "", "")


def test_what_is_inferred_says_from_what(rivers: Path) -> None:
    (passage,) = (each for each in passages_of(rivers, "topic/rivers") if each.basis == "inferred")
    assert passage.note == "Common knowledge."


@pytest.mark.parametrize(("state", "paragraph"), [("exact", 3), ("moved", 4)])
def test_with_its_text_a_passage_has_its_words_and_those_around_them(rivers: Path, state: str, paragraph: int) -> None:
    attach(TEXTS[state])
    (passage,) = passages_of(rivers, CHAIR)
    assert (passage.state, passage.text_paragraph) == (state, paragraph)
    assert (passage.before, passage.text, passage.after) == (
        "\N{NO-BREAK SPACE}Ana Lima (", "chair", ") asked: who owns a river?",
    )  # fmt: skip
    assert passage.place == "Rivers, paragraph 3 of 4", "where the evidence says, wherever it stands now"


@pytest.mark.parametrize("state", ["ambiguous", "lost"])
def test_a_passage_that_is_nowhere_for_certain_has_no_words(rivers: Path, state: str) -> None:
    attach(TEXTS[state])
    (passage,) = passages_of(rivers, CHAIR)
    assert (passage.state, passage.text_paragraph, passage.text) == (state, 0, "")
    assert passage.digest == "Of water."


def test_a_text_without_paragraphs_has_lost_every_passage(rivers: Path) -> None:
    attach("\n")
    assert {passage.state for passage in passages_of(rivers, CHAIR)} == {"lost"}


def test_a_long_paragraph_is_cut_on_both_sides_and_says_so(rivers: Path) -> None:
    long = "x" * (AROUND + 1)
    attach(factory.TEXT.replace("\N{NO-BREAK SPACE}Ana Lima (chair) asked", f"{long}chair{long}"))
    (passage,) = passages_of(rivers, CHAIR)
    assert passage.before == "…" + "x" * AROUND
    assert passage.after == "x" * AROUND + "…"


def test_an_unknown_source_is_named_by_its_id(tmp_path: Path) -> None:
    path = factory.write(tmp_path / "x.json", citing("source/none")).path
    (passage,) = passages_of(path, CHAIR)
    assert passage.place == "source/none, paragraph 3"
    assert passage.digest == NO_DIGEST


def test_a_source_under_a_former_id_has_its_text(tmp_path: Path) -> None:
    path = factory.write(tmp_path / "x.json", citing("source/old"), {"source/old": "source/rivers"}).path
    attach(factory.TEXT)
    (passage,) = passages_of(path, CHAIR)
    assert (passage.state, passage.text) == ("exact", "chair")

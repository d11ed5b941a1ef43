"""Passages, composed once: what both the drawer and ``show`` print of the evidence under a profile."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from convenings.domain.records import Record
from convenings.index.open import open_model
from convenings.presentation.passages import AROUND, NO_DIGEST, Passage, Support, passages
from convenings.presentation.profile.compose import profile
from convenings.store.sources import text_hash
from convenings.store.user_data import UserData
from convenings.workspace import open_workspace
from tests.driver import BUNDLED
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
    assert (passage.source, passage.place) == ("source/rivers", "Rivers, paragraph 3 of 4")
    (support,) = passage.supports
    assert support == Support(1, support.claim, "stated", "")
    assert "title" in support.claim
    assert passage.digest == "Of water."
    assert (passage.state, passage.text_paragraph) == (None, 0)
    assert (passage.before, passage.text, passage.after) == ("", "", "")


def test_what_is_inferred_says_from_what(rivers: Path) -> None:
    supports = [support for passage in passages_of(rivers, "topic/rivers") for support in passage.supports]
    assert [each.note for each in supports if each.basis == "inferred"] == ["Common knowledge."]


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


WORDS = ("chair", "Ana Lima (chair)", "Ana Lima", "asked: who owns", "Ana Lima (chair) asked", "owns a river?")
"""Words of the third paragraph: the fifth have the first three in them, and share some with the fourth."""


def claiming(*quotes: str) -> list[Record]:
    """The records of the small dataset, the chair's fields resting each on some words of the third paragraph."""
    content = factory.records()
    fields = ("person", "organisation", "title", "first_attested", "last_attested", "attested_basis")
    for at, record in enumerate(content):
        if record.id == CHAIR:
            evidence = [factory.evidence(3, quote, field) for quote, field in zip(quotes, fields, strict=False)]
            content[at] = msgspec.structs.replace(record, evidence=evidence)
    return content


def numbers_of(path: Path) -> dict[str, list[tuple[int, str]]]:
    """Words of each passage under the chair's profile to the numbers that it supports, with words of their own."""
    found = passages_of(path, CHAIR)
    return {each.text or each.digest: [(s.number, s.words) for s in each.supports] for each in found}


def test_what_rests_on_the_same_words_or_on_some_of_them_is_one_passage(tmp_path: Path) -> None:
    """The passage stands once, with all that it supports by number; one that only shares words with it is another."""
    path = factory.write(tmp_path / "x.json", claiming(*WORDS)).path
    attach(factory.TEXT)
    found = numbers_of(path)
    assert set(found) == {"Ana Lima (chair) asked", "asked: who owns", "owns a river?"}
    inside = found["Ana Lima (chair) asked"]
    assert sorted(words for _, words in inside) == ["", "Ana Lima", "Ana Lima (chair)", "chair"]
    assert [number for number, _ in inside] == sorted(number for number, _ in inside)
    assert sorted(number for each in found.values() for number, _ in each) == list(range(1, len(WORDS) + 1))


def test_what_is_read_as_one_digest_is_one_passage(tmp_path: Path) -> None:
    """Without the text the same sentence is not shown once more for other words of its paragraph."""
    path = factory.write(tmp_path / "x.json", claiming(*WORDS)).path
    assert numbers_of(path) == {"Of water.": [(number, "") for number in range(1, len(WORDS) + 1)]}


def test_every_number_of_a_profile_is_that_of_one_passage(rivers: Path) -> None:
    for text in (None, *TEXTS.values()):
        if text is not None:
            attach(text)
        with open_workspace(open_model(rivers)) as workspace:
            for row in range(workspace.model.total):
                about = profile(workspace.model, row)
                found = sorted(number for passage in passages(workspace, about) for number in passage.numbers)
                assert found == [cited.number for cited in about.cited]


def test_a_passage_names_every_record_that_it_supports() -> None:
    """Evidence that several records share has one number, and is told of each of them."""
    with open_workspace(open_model(BUNDLED)) as workspace:
        row = workspace.model.row_of("person/fu-changbo")
        assert row is not None
        about = profile(workspace.model, row)
        claims = {support.number: support.claim for p in passages(workspace, about) for support in p.supports}
        shared = [cited for cited in about.cited if len(cited.claims) > 1]
        assert shared
        for cited in shared:
            for ref, _ in cited.claims:
                assert ref == about.ref or workspace.model.label(ref)[:40] in claims[cited.number]


def test_what_lies_within_several_passages_stands_under_the_shortest(tmp_path: Path) -> None:
    """It says least besides, and its digest is nearest to what it was that was cited."""
    quotes = ("Ana Lima (chair) asked: who", "chair) asked: who owns a river", "asked", "chair")
    path = factory.write(tmp_path / "x.json", claiming(*quotes)).path
    attach(factory.TEXT)
    found = numbers_of(path)
    assert set(found) == set(quotes[:2])
    assert "asked" in [words for _, words in found[quotes[0]]]
    assert "chair" in [words for _, words in found[quotes[0]]]
    assert found[quotes[1]][0][1] == ""

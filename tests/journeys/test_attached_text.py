"""The evidence of a record, read in the attached text: where a passage stands there, or that it does not any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.__main__ import main
from tests.driver import WIDE, open_explorer
from tests.unit import factory

EXACT = "attached text · locator exact"
MOVED = "the passage has moved in the attached text"
GONE = "the attached text no longer has this passage"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """The small dataset, which rests on one text."""
    return Path(factory.write(tmp_path / "rivers.json").path)


def attach(dataset: Path, text: str) -> None:
    """Attach a text to the one source."""
    path = dataset.with_suffix(".txt")
    path.write_bytes(text.encode())
    main(["attach", str(path), "--source", "source/rivers", "--dataset", str(dataset)])


async def evidence(dataset: Path) -> str:
    """What the drawer says of the only person, who rests on the third paragraph."""
    async with open_explorer(WIDE, dataset) as user:
        await user.find("ana lima")
        await user.press("e")
        user.expect_screen("Evidence for Ana Lima")
        user.expect_sound()
        return user.evidence()


async def test_without_the_text_a_digest_stands_for_the_passage(dataset: Path) -> None:
    """And how to attach the text is said."""
    text = await evidence(dataset)
    assert "Of water." in text
    assert "convenings attach FILE to read the passage" in text


async def test_a_passage_is_read_where_it_stands(dataset: Path) -> None:
    """With what stands around it, and nothing to warn of."""
    attach(dataset, factory.TEXT)
    text = await evidence(dataset)
    assert "asked: who owns a river?" in text
    assert EXACT in text
    assert MOVED not in text
    assert GONE not in text


async def test_a_passage_that_has_moved_is_shown_and_said_to_have_moved(dataset: Path) -> None:
    """A paragraph more in front, and no passage stands where the dataset says."""
    attach(dataset, "A paragraph in front\n" + factory.TEXT)
    text = await evidence(dataset)
    assert "asked: who owns a river?" in text
    assert MOVED in text
    assert "attached text · locator moved" in text
    assert EXACT not in text


async def test_a_passage_that_stands_in_several_places_is_not_chosen(dataset: Path) -> None:
    """The digest stands for it, and that is said."""
    attach(dataset, "A paragraph in front\n" + factory.TEXT + "Ana Lima (chair) asked.\n")
    text = await evidence(dataset)
    assert f"{GONE} (ambiguous); its summary says: Of water." in text
    assert EXACT not in text


async def test_a_passage_that_is_lost_is_said_to_be(dataset: Path) -> None:
    """The digest stands for it, and nothing that is like it is shown in its place."""
    attach(dataset, factory.TEXT.replace("Ana Lima (chair) asked: who owns a river?", "Nobody spoke."))
    text = await evidence(dataset)
    assert f"{GONE} (lost); its summary says: Of water." in text
    assert "Nobody spoke" not in text

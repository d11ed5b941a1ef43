"""What can be done before everything is indexed, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.index.model import ReadModel
from convenings.index.open import empty_model, open_model, peek_model
from convenings.index.rows import START, Step
from tests.benchmarks import generate
from tests.driver import MEDIUM, NARROW, User, open_explorer
from tests.unit import factory


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A small dataset that is not indexed."""
    path = tmp_path / "small.json"
    factory.write(path)
    return path


def indexed_until(path: Path, phase: str) -> ReadModel:
    """What there is of an index when a phase begins; nothing before the first."""
    if not phase:
        return empty_model(path)
    factory.index_until(path, phase)
    model = peek_model(path)
    assert model is not None
    return model


async def everything_is_read(user: User, path: Path) -> None:
    """Show the whole index, as is done once it is there."""
    user.explorer.reloader.replace_model(open_model(path))
    await user.settle()


@pytest.mark.parametrize(
    ("phase", "note"),
    [
        ("", "Nothing has been read; the events are being read"),
        ("rows", "No label has that; all but events is still being read"),
        ("names", "No label has that; other names are still being indexed"),
        ("records", "Nothing is called that; texts are still being indexed"),
    ],
)
async def test_the_palette_says_in_what_it_could_not_look(dataset: Path, phase: str, note: str) -> None:
    """A word of a text finds nothing yet; when everything is read, it does without another key."""
    async with open_explorer(MEDIUM, model=indexed_until(dataset, phase)) as user:
        await user.press("ctrl+p")
        await user.type("owner of a river")
        assert not user.choices()
        user.expect_screen(note)
        await everything_is_read(user, dataset)
        user.expect_first_hit("Owner?")
        user.expect_screen("2 shown")
        user.expect_not_on_screen("indexed")


@pytest.mark.parametrize("typed", ["lima ana", "ana lmia", "an lim", "analima"])
async def test_names_are_found_before_the_texts(dataset: Path, typed: str) -> None:
    """In any order, with a slip, by beginnings and joined, and Enter goes there."""
    async with open_explorer(NARROW, model=indexed_until(dataset, "records")) as user:
        assert user.model.step == Step.NAMES
        await user.press("ctrl+p")
        await user.type(typed)
        user.expect_first_hit("Ana Lima")
        user.expect_screen("texts are still being indexed")
        await user.press("enter")
        user.expect_profile("Ana Lima")


async def test_the_place_is_kept_when_the_rest_is_there(dataset: Path) -> None:
    """Somebody found early stays under the cursor, and then has what ties them."""
    async with open_explorer(MEDIUM, model=indexed_until(dataset, "records")) as user:
        await user.find("lima ana")
        user.expect_cursor("speakers", "Ana Lima")
        await everything_is_read(user, dataset)
        user.expect_cursor("speakers", "Ana Lima")
        user.expect_note("questions", "1 of 1 related")
        user.expect_sound()


async def test_the_first_rows_stay_where_they_are_while_the_rest_is_read(tmp_path: Path) -> None:
    """The timeline opens at its first event, and not further down until there is room for what it has to show."""
    path = tmp_path / "programme.json"
    generate.write(10_000, path)
    async with open_explorer(MEDIUM, model=empty_model(path)) as user:
        for phase in ("rows", "names", "records"):
            user.explorer.reloader.replace_model(indexed_until(path, phase))
            await user.settle()
            events = user.model.range("events")
            assert user.in_sight("timeline")[0] == user.model.one(events[0]).label, phase
            assert user.subject() == user.model.one(user.model.range(START)[0]).id, phase

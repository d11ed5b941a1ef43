"""Records are merged and split from the palette, each shown before and after; one step, undone as any other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from convenings.domain.records import Record
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.tui.dialogs.change_preview import ChangePreview
from convenings.tui.dialogs.menu import Menu
from convenings.tui.dialogs.value_prompt import ValuePrompt
from tests.driver import BUNDLED, NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.editing import until_dialog

SHOWN, OTHER = "person/huang-haoming", "person/huang-qingwei"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copy(BUNDLED, tmp_path / "copy.json"))


def labels(path: Path) -> set[str]:
    return {getattr(record, "label", "") for record in Dataset(path).records("person")}


def records(path: Path) -> dict[str, Record]:
    return {record.id: record for _, _, _, record in Dataset(path).scan()}


async def merge(user: User, *, shown_goes: bool) -> None:
    """Merge the person that is shown with another one, up to the preview."""
    await user.find("huang haoming")
    user.expect(user.subject(), SHOWN, "the person that is shown")
    await user.find("merge")
    await until_dialog(user, ValuePrompt)
    await user.type("qingwei")
    await user.press("enter")
    await until_dialog(user, Menu)
    user.expect_screen("Which of the two stays?", SHOWN, OTHER)
    await user.press(*(["down"] if shown_goes else []), "enter")
    await until_dialog(user, ChangePreview)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_two_people_are_merged_undone_and_merged_again(size: tuple[int, int], copy: Path) -> None:
    before = copy.read_bytes()
    async with open_explorer(size, copy) as user:
        await merge(user, shown_goes=True)
        user.expect_screen("Merge HUANG Haoming into HUANG Qingwei", "• ● HUANG Qingwei", "− ● HUANG Haoming")
        user.expect_sound()
        assert copy.read_bytes() == before, "nothing is saved before it is wanted"
        assert "Working out what changes …" in user.explorer.bars.said, "which takes seconds where there is much"
        await user.press("enter")
        await user.expect_message("Merged HUANG Haoming into HUANG Qingwei · Z undoes it")
        user.expect(user.subject(), OTHER, "the person that is shown")
        await user.until_rebuilt()
        assert "HUANG Haoming" not in user.rows("speakers")
        assert Dataset(copy).resolve(SHOWN) == OTHER
        assert labels(copy) >= {"HUANG Qingwei"}
        assert "HUANG Haoming" not in labels(copy)
        assert check(Dataset(copy)) == []
        user.expect_sound()
        merged = copy.read_bytes()
        await user.press("Z")
        await user.expect_message("Undone: merged")
        await user.until_rebuilt()
        assert copy.read_bytes() == before
        await user.press("R")
        await user.expect_message("Done again: merged")
        await user.until_rebuilt()
        assert copy.read_bytes() == merged


async def test_what_was_merged_is_split_off_again(copy: Path) -> None:
    before = records(copy)
    async with open_explorer(WIDE, copy) as user:
        await merge(user, shown_goes=False)
        await user.press("enter")
        await user.expect_message("Merged HUANG Qingwei into HUANG Haoming")
        await user.until_rebuilt()
        await user.find("split")
        await until_dialog(user, Menu)
        user.expect_screen("Merged into HUANG Haoming", "HUANG Qingwei")
        await user.press("enter")
        await until_dialog(user, ChangePreview)
        user.expect_screen("Split HUANG Qingwei from HUANG Haoming", "• ● HUANG Haoming", "+ ● HUANG Qingwei")
        await user.press("enter")
        await user.expect_message("Split HUANG Qingwei from HUANG Haoming · Z undoes it")
        await user.until_rebuilt()
        assert records(copy) == before
        assert "HUANG Qingwei" in user.rows("speakers")
        user.expect_sound()


async def test_a_merge_that_is_left_changes_nothing(copy: Path) -> None:
    before = copy.read_bytes()
    async with open_explorer(NARROW, copy) as user:
        await merge(user, shown_goes=True)
        await user.press("escape")
        assert copy.read_bytes() == before
        user.expect(user.subject(), SHOWN, "the person that is shown")


async def test_a_merge_that_cannot_be_is_refused_in_a_sentence(copy: Path) -> None:
    """What lies below a record cannot stand for it."""
    async with open_explorer(WIDE, copy) as user:
        await user.find("unsw sydney")
        await user.find("merge")
        await user.type("faculty of the built environment")
        await user.press("enter")
        await user.press("down", "enter")
        await user.expect_message("Nothing is changed: it cannot be merged into")
        user.expect_sound()


async def test_only_what_is_listed_can_be_merged_with(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await user.find("huang haoming")
        await user.find("merge")
        await user.type("nobody of this name")
        user.expect_screen("Type the name of the other person")
        await user.press("enter")
        assert isinstance(user.app.screen, ValuePrompt)

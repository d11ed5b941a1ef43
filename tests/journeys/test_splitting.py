"""A record that is two is split by keys alone: named, sorted line by line, shown before and after, saved at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.domain.records import Person, Record
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.tui.dialogs.change_preview import ChangePreview
from convenings.tui.dialogs.menu import Menu
from convenings.tui.dialogs.split_choices import SplitChoices
from convenings.tui.dialogs.value_prompt import ValuePrompt
from tests.driver import NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.editing import until_dialog
from tests.unit import factory
from tests.unit.test_splitting import ALL, FIRST, PERSON, SECOND, WEI


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return factory.write(tmp_path / "set.json", [*factory.records(), *ALL]).path


def records(path: Path) -> dict[str, Record]:
    return {record.id: record for _, _, _, record in Dataset(path).scan()}


def choices(user: User) -> SplitChoices:
    screen = user.app.screen
    assert isinstance(screen, SplitChoices), user.screen()
    return screen


async def begin(user: User) -> None:
    """Ask for a split of the person, up to the name of the other one."""
    await user.find("wang wei")
    await user.find("split")
    await until_dialog(user, ValuePrompt)


async def go_to(user: User, *texts: str) -> None:
    """Go down to the line that says something."""
    for _ in range(60):
        choice = choices(user)._list.current
        if choice is not None and all(text in f"{choice.label} {choice.context}" for text in texts):
            return
        await user.press("down")
    user.fail(f"there is no line {texts}")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_one_person_becomes_two_and_one_again(size: tuple[int, int], copy: Path) -> None:
    before = copy.read_bytes()
    async with open_explorer(size, copy) as user:
        await begin(user)
        # Its other spellings are offered first, then to be called the same.
        user.expect_screen(
            "what is the other person called?", "W. Wang", "王薇", "new: another spelling", "new: the same name"
        )
        await user.press("down", "down", "enter")
        await until_dialog(user, SplitChoices)
        user.expect_screen("Wang Wei: what goes to 王薇, new?", "is its part in an event  2", "space moves it")
        user.expect_sound()
        await go_to(user, "Talk", "speaker")
        await user.press("space")
        user.expect_screen("goes", "2 go")
        await go_to(user, "orcid 2")
        await user.press("space")
        await go_to(user, "Ms.", "honorific")
        # Both, then it stays after all.
        await user.press("space", "space")
        user.expect_screen("both")
        await user.press("space")
        user.expect_sound()
        assert copy.read_bytes() == before, "nothing is saved before it is wanted"
        await user.press("enter")
        await until_dialog(user, ChangePreview)
        user.expect_screen("Split Wang Wei: part of it goes to 王薇", "• ● Wang Wei", "+ ● 王薇")
        user.expect_sound()
        # Whoever leaves the preview is back where it was chosen.
        await user.press("escape")
        await until_dialog(user, SplitChoices)
        user.expect_screen("3 go")
        await user.press("enter")
        await until_dialog(user, ChangePreview)
        await user.press("enter")
        await user.expect_message("Split Wang Wei: part of it is 王薇 now · Z undoes it")
        await user.until_rebuilt()
        assert not isinstance(user.app.screen, SplitChoices)
        assert {"Wang Wei", "王薇"} <= {getattr(each, "label", "") for each in Dataset(copy).records("person")}
        assert check(Dataset(copy)) == []
        (other,) = [
            each for each in Dataset(copy).records("person") if isinstance(each, Person) and each.label == "王薇"
        ]
        assert (other.identifiers, other.honorific) == (PERSON.identifiers[1:], "")
        present = records(copy)
        assert present[SECOND.id].agent == other.id  # type: ignore[attr-defined]
        assert present[FIRST.id] == FIRST
        after = copy.read_bytes()
        await user.press("Z")
        await user.expect_message(f"Undone: split {WEI}: part of it is {other.id}")
        await user.until_rebuilt()
        assert copy.read_bytes() == before
        await user.press("R")
        await user.expect_message("Done again: split")
        assert copy.read_bytes() == after


async def test_what_cannot_be_is_said_at_its_line(copy: Path) -> None:
    before = copy.read_bytes()
    async with open_explorer(NARROW, copy) as user:
        await begin(user)
        await user.type("Someone else")
        user.expect_screen("● Someone else")
        await user.press("enter")
        await until_dialog(user, SplitChoices)
        await user.press("enter")
        user.expect_screen("Nothing goes yet: space moves a line there")
        await go_to(user, "https://two.example")
        await user.press("space", "home", "enter")
        await user.expect_soon("Not split: Someone else, new: it has no evidence; let a passage go there", "!· ¶3")
        user.expect_sound()
        # What is said is about a passage, and there the cursor is; to let it be both's mends it.
        await user.press("space", "space", "enter")
        await until_dialog(user, ChangePreview)
        await user.press("escape", "escape")
        user.expect_screen("esc again gives up what you chose")
        await user.press("escape")
        assert not isinstance(user.app.screen, SplitChoices)
        assert copy.read_bytes() == before


async def test_a_whole_group_goes_to_a_person_that_there_is(copy: Path) -> None:
    async with open_explorer(WIDE, copy) as user:
        await begin(user)
        await user.type("ana lima")
        await user.press("down", "enter")
        await until_dialog(user, SplitChoices)
        user.expect_screen("Wang Wei: what goes to Ana Lima?")
        # She speaks at the talk already, so that not both parts can be hers.
        await go_to(user, "Talk", "speaker")
        await user.press("A", "enter")
        await user.expect_soon("this says the same as 'participation/ana'")
        choice = choices(user)._list.current
        assert choice is not None
        assert "Talk" in choice.label, "the cursor is where something is wrong"
        await user.press("space", "enter")
        await until_dialog(user, ChangePreview)
        await user.press("enter")
        await user.expect_message("Split Wang Wei: part of it is Ana Lima now")
        await user.until_rebuilt()
        assert records(copy)[FIRST.id].agent == "person/ana"  # type: ignore[attr-defined]
        assert check(Dataset(copy)) == []


async def test_the_list_is_filtered_and_the_other_renamed(copy: Path) -> None:
    async with open_explorer(NARROW, copy) as user:
        await begin(user)
        await user.press("enter")
        await until_dialog(user, SplitChoices)
        await user.press("slash")
        await user.type("orcid")
        await user.press("enter")
        user.expect_screen("orcid 1", "orcid 2")
        user.expect_not_on_screen("https://one.example")
        await user.press("A", "n")
        await until_dialog(user, ValuePrompt)
        await user.press("down", "down", "enter")
        await until_dialog(user, SplitChoices)
        # The spelling goes with the name, beside the spelling that it was called by before and both identifiers.
        user.expect_screen("what goes to 王薇, new?", "4 go")
        await user.press("escape")
        user.expect_screen("is its part in an event")
        user.expect_sound()


async def test_what_was_merged_is_offered_first_and_is_not_all(copy: Path) -> None:
    Dataset(copy).merge("person/ana", WEI)
    async with open_explorer(WIDE, copy) as user:
        await user.find("wang wei")
        await user.find("split")
        await until_dialog(user, Menu)
        user.expect_screen("Merged into Wang Wei", "Ana Lima", "None of these")
        await user.press("down", "enter")
        await until_dialog(user, ValuePrompt)
        user.expect_screen("Split Wang Wei: what is the other person called?")

"""What refers to a record: in words, grouped by them, filtered, and every line of it in reach."""

from __future__ import annotations

import json
import re

import pytest

from convenings.presentation.referrers import group_in_words, tie_in_words
from convenings.tui.dialogs.referrers import Referrers
from convenings.tui.panes.choices import Choice, ChoiceList
from tests.driver import BUNDLED, MEDIUM, NARROW, User, open_explorer
from tests.journeys.world import World

WORKSHOP, WORKSHOP_ID = "beijing workshop", "event/beijing-workshop"


async def open_referrers(user: User, record: str = WORKSHOP) -> ChoiceList:
    await user.find(record)
    await user.press("u")
    assert isinstance(user.app.screen, Referrers)
    return user.app.screen.query_one(ChoiceList)


def groups_of(choices: ChoiceList) -> dict[str, int]:
    return {text.rpartition("  ")[0]: int(text.rpartition("  ")[2]) for _, text in choices.dividers}


def test_what_somebody_did_is_told_of_every_role_and_marked_where_it_is_inferred() -> None:
    assert tie_in_words("participation", "event", "moderator") == "moderated it"
    assert tie_in_words("participation", "event", "speaker, attendee") == "spoke at it, attended it"
    assert tie_in_words("participation", "event", "attendee (inferred)") == "attended it (inferred)"
    assert group_in_words("participation", "event") == "took part in it"
    assert group_in_words("event", "super_event") == tie_in_words("event", "super_event") == "is part of it"


async def test_they_are_grouped_by_what_they_are_to_the_record(world: World) -> None:
    """Each group is counted, as the file has it, and its records stand together."""
    parts = [ref for ref, row in world.documents.items() if row.get("super_event") == world.start_id]
    taking_part = [
        ref
        for ref, row in world.documents.items()
        if ref.startswith("participation/") and row.get("event") == world.start_id
    ]
    async with world.open(MEDIUM) as user:
        choices = await open_referrers(user, world.label(world.start_id))
        groups = groups_of(choices)
        assert groups.get("is part of it", 0) == len(parts)
        assert groups.get("took part in it", 0) == len(taking_part)
        assert sum(groups.values()) == choices.count
        first, text = choices.dividers[0]
        user.expect_screen(f"── {text} ─")
        assert first == 0


async def test_a_filter_leaves_what_has_its_words() -> None:
    """It is typed after /, Enter keeps it, and Esc takes it off before it closes the list."""
    questions = json.loads(BUNDLED.read_text(encoding="utf-8"))["questions"].values()
    came_up = [row for row in questions if WORKSHOP_ID in [each["event"] for each in row["occurrences"]]]
    async with open_explorer(NARROW) as user:
        choices = await open_referrers(user)
        every = choices.count
        user.expect_screen("enter go there", "/ filter", "esc close", f"{every} records")
        await user.press("slash")
        await user.type("up came quest")
        assert choices.count == len(came_up) < every
        assert groups_of(choices) == {"came up at it": len(came_up)}
        user.expect_screen(f"{len(came_up)} of {every} records", "enter keep filter")
        await user.press("down", "enter", "down")
        assert choices.cursor == 2
        user.expect_screen("enter go there")
        await user.press("slash")
        await user.type(" zzz")
        user.expect_screen("Nothing that refers to it has up came quest zzz")
        await user.press("enter", "escape")
        assert choices.count == every
        await user.press("slash")
        await user.type("moderated")
        await user.press("escape")
        assert choices.count == every
        await user.press("j", "k", "enter")
        user.expect_profile("Company presentations")
        choices = await open_referrers(user)
        await user.press("slash", "u", "q", "escape", "escape")
        user.expect_not_on_screen("Refer to")


@pytest.mark.parametrize("size", [(40, 10), (40, 12), NARROW, MEDIUM], ids=str)
async def test_every_record_can_be_gone_to_and_is_seen(size: tuple[int, int]) -> None:
    """However many lines part the groups, the cursor is in sight, on the way down, by screens, and up again."""
    async with open_explorer(size) as user:
        choices = await open_referrers(user)

        def is_in_sight(choice: Choice) -> bool:
            return any(choice.label[:8] in line for line in user.lines(choices.region)[1:-1])

        for keys in (["down"] * choices.count, ["up"] * choices.count, ["pagedown"] * 30, ["pageup"] * 30):
            for key in keys:
                choice = choices.current
                assert choice is not None
                if not is_in_sight(choice):
                    user.fail(f"{choice.label!r} is out of sight")
                await user.press(key)
        await user.press("G")
        assert choices.cursor == choices.count - 1
        last = choices.current
        assert last is not None
        assert is_in_sight(last)
        user.expect_screen("esc close")
        user.expect_sound()
        await user.press("g")
        assert re.search(r"── .+  \d+", user.screen())


async def test_keys_in_one_burst_choose_once() -> None:
    async with open_explorer(NARROW) as user:
        await open_referrers(user)
        await user.burst("enter", "enter")
        assert user.app.is_running
        await open_referrers(user)
        await user.burst("escape", "escape")
        await user.settle()
        assert user.app.is_running
        user.expect_not_on_screen("Refer to")


async def test_the_keys_of_the_list_can_be_clicked() -> None:
    async with open_explorer(NARROW) as user:
        await open_referrers(user)
        await user.click_text("dialog-keys", "filter")
        user.expect_screen("enter keep filter")
        await user.click_text("dialog-keys", "keep filter")
        await user.click_text("dialog-keys", "go there")
        user.expect_profile("Company presentations")

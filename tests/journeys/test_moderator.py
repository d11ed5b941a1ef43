"""The journey that the explorer exists for, in steps and with all that it claims."""

from __future__ import annotations

import pytest

from tests.driver import NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.story import MODERATOR
from tests.journeys.world import World


async def play(user: User, keys: tuple[str, ...]) -> None:
    """Press the keys of a step."""
    for key in keys:
        if key.startswith("type:"):
            await user.type(key.removeprefix("type:"))
        else:
            await user.press(key)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_the_story_is_told_by_the_screen_alone(size: tuple[int, int]) -> None:
    """Every step of the story shows what it says, at every width, and leaves no line askew."""
    async with open_explorer(size) as user:
        for step in MODERATOR:
            await play(user, step.keys)
            try:
                user.expect_screen(*step.seen)
                user.expect_not_on_screen(*step.gone)
            except AssertionError as error:
                raise AssertionError(f"{step.why}: {error}") from None
            user.expect_sound()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "200x60"])
async def test_who_moderated_and_what_the_source_does_not_say(size: tuple[int, int], world: World) -> None:
    """From a panel to its moderator, the evidence, a panellist's organisation, its questions, and back."""
    panel, moderator, panellist, body = world.cast
    async with world.open(size) as user:
        await user.find(world.label(panel))
        user.expect_active("timeline")
        user.expect_cursor("timeline", world.label(panel))
        user.expect_lit("speakers", world.rows("speakers", panel))

        await user.press("5")
        await user.choose(moderator)
        await user.press("enter")
        user.expect_profile(world.label(moderator), ["moderator, organisation not stated"])
        user.expect_cursor("speakers", world.label(moderator))
        user.expect_lit("organisations", world.rows("organisations", moderator))

        await user.press("e")
        user.expect_active("evidence")
        user.expect_screen(f"Evidence for {world.label(moderator)}")
        [role] = [
            row for row in world.taking_part(panel) if (row["role"], row.get("agent")) == ("moderator", moderator)
        ]
        evidence = user.evidence()
        assert any(all(words in evidence for words in world.quoted(passage)) for passage in role["evidence"])
        await user.press("escape")
        user.expect_active("profile")

        await user.press("[")
        user.expect_profile(world.label(panel))
        await user.press("1", "enter", "2")
        user.expect_rows("speakers", world.rows("speakers", panel))
        await user.press("g", *["down"] * user.rows("speakers").index(world.label(panellist)))
        user.expect_cursor("speakers", world.label(panellist))
        user.expect_lit("organisations", world.rows("organisations", panel, panellist))
        await user.press("3")
        await user.press("g", *["down"] * user.rows("organisations").index(world.label(body)))
        user.expect_cursor("organisations", world.label(body))
        await user.press("enter")
        user.expect_crumb("2 pinned")
        user.expect_rows("speakers", world.rows("speakers", panel, body))
        user.expect_rows("questions", world.rows("questions", panel, body))
        user.expect_profile(world.label(body), [world.documents[body]["type"], f"● {world.label(panellist)}"])
        user.expect_profile(world.label(body), [f"? {question}" for question in user.rows("questions")])

        await user.press(*["["] * user.explorer.history.before)
        user.expect_crumb(f"◆ {world.start}")
        await user.press("[")
        user.expect_crumb("This is where you started")
        assert not user.explorer.state.lens.pins

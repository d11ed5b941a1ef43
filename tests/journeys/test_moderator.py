"""The journey that the explorer exists for, in steps and with all that it claims."""

from __future__ import annotations

import pytest

from tests.driver import NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.story import MODERATOR

PANEL = ["CHEN Lan", "FU Changbo", "HUANG Qingwei", "LIU Xiaojun", "ZHAO Keyu"]


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
async def test_who_moderated_and_what_the_source_does_not_say(size: tuple[int, int]) -> None:
    """From the round table to its moderator, the evidence, a panellist's organisation, its questions, and back."""
    async with open_explorer(size) as user:
        await user.find("round table")
        user.expect_active("timeline")
        user.expect_cursor("timeline", "Round table discussion")
        user.expect_lit("speakers", PANEL)

        await user.press("5")
        await user.choose("person/fu-changbo")
        await user.press("enter")
        user.expect_profile("FU Changbo", ["moderator, organisation not stated", "FU Changbo's affiliation and title"])
        user.expect_cursor("speakers", "FU Changbo")
        user.expect_lit("organisations", [])

        await user.press("e")
        user.expect_active("evidence")
        user.expect_screen("paragraph 10 of 12", "· stated")
        await user.press("escape")
        user.expect_active("profile")

        await user.press("[")
        user.expect_profile("Round table discussion")
        await user.press("1", "enter", "2")
        user.expect_rows("speakers", PANEL)
        await user.press("g", "down", "down")
        user.expect_cursor("speakers", "HUANG Qingwei")
        user.expect_lit("organisations", ["Ant Foundation"])
        await user.press("3")
        user.expect_cursor("organisations", "Ant Foundation")
        await user.press("enter")
        user.expect_crumb("▶ Round table discussion › ▶ Ant Foundation", "2 pinned")
        user.expect_rows("speakers", ["HUANG Qingwei"])
        user.expect_profile("Ant Foundation", ["foundation", "● HUANG Qingwei Deputy Secretary General"])
        user.expect_profile("Ant Foundation", [f"? {question}" for question in user.rows("questions")])
        user.expect_rows("questions", ["What can enterprises contribute?", "How do technology and goodness relate?"])

        await user.press(*["["] * user.explorer.history.before)
        user.expect_crumb("◆ Workshop in Sydney")
        await user.press("[")
        user.expect_crumb("This is where you started")
        assert not user.explorer.lens.pins

"""An event of very many sessions, whose profile says how many there are and leads to the lists of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.driver import MEDIUM, NARROW, WIDE, User, open_explorer
from tests.unit.conference import PEOPLE, conference
from tests.unit.weekend import dataset


@pytest.fixture(params=[NARROW, MEDIUM, WIDE], ids=["narrow", "medium", "wide"])
async def user(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[User]:
    async with open_explorer(request.param, dataset(tmp_path, *conference())) as user:
        yield user


async def _go_to_line(user: User, text: str) -> None:
    """Put the cursor of the profile on the line with a text."""
    pane = user.four_panes.profile
    await user.press("5", "g")
    for _ in range(40):
        if pane.item is not None and text in "".join(words for words, _ in pane.item.spans):
            return
        await user.press("down")
    user.fail(f"no line with {text}")


async def test_a_day_in_a_room_leads_to_its_sessions_and_back(user: User) -> None:
    user.expect_profile("Harbour Days", ["120 parts on 2 days and at 3 places", "20 parts · begin 09:00 to 16:00"])
    await _go_to_line(user, "5 June 2021, Room 0")
    await user.press("enter")
    user.expect_active("timeline")
    assert user.rows("timeline") == [f"Session {n:03}" for n in range(60, 120, 3)]
    await user.press("left_square_bracket")
    user.expect_profile("Harbour Days")
    assert len(user.rows("timeline")) == 121
    user.expect_sound()


async def test_those_who_are_not_told_one_by_one_are_a_key_away(user: User) -> None:
    await _go_to_line(user, f"and {PEOPLE - 8} more")
    await user.press("enter")
    user.expect_active("speakers")
    assert len(user.rows("speakers")) == PEOPLE


async def test_pins_that_hide_them_all_are_taken_off(tmp_path: Path) -> None:
    """Whoever took part on the second day alone has nothing to do with a room on the first."""
    async with open_explorer(WIDE, dataset(tmp_path, *conference())) as user:
        await user.find("Pilot 089")
        await user.press("p", "1", "g")
        user.expect_profile("Harbour Days")
        assert user.rows("timeline") == ["Harbour Days", "Session 089"]
        await _go_to_line(user, "4 June 2021, Room 0")
        await user.press("enter")
        assert user.rows("timeline") == [f"Session {n:03}" for n in range(0, 60, 3)]
        user.expect_screen("pins and filters were taken off")

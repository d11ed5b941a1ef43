"""A day by rooms and hours: reached from anywhere, walked by sessions, rooms and days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.driver import MEDIUM, NARROW, SIZES, WIDE, User, open_explorer
from tests.unit.two_years import two_years
from tests.unit.weekend import dataset, event


def cell(user: User, text: str) -> str:
    """The line of the programme with a text."""
    lines = user.lines(user.region("programme"))
    return next((line for line in lines if text in line), f"no line with {text} in {lines}")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_a_day_has_its_rooms_across_and_its_times_down(size: tuple[int, int], tmp_path: Path) -> None:
    async with open_explorer(size, dataset(tmp_path, *two_years())) as user:
        await user.find("welcome")
        await user.press("d")
        user.expect_active("programme")
        user.expect_screen("Sat 1 Feb 2020", "Quay 2020", "Anchor", "Buoy", "09:00", "until 09:25")
        assert "Welcome" in cell(user, "09:00")
        assert "Signal lamps" in cell(user, "09:30")
        user.expect_sound()


async def test_arrows_go_along_a_room_to_the_next_room_and_on_to_the_next_day(tmp_path: Path) -> None:
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await user.find("welcome")
        await user.press("d", "down")
        assert user.subject() == "event/how-to-splice-a-rope"
        await user.press("right")
        assert user.subject() == "event/signal-lamps"
        await user.press("down", "right")
        assert user.subject() == "event/beside-it"
        await user.press("left", "left", "down")
        user.expect_screen("Sun 2 Feb 2020")
        assert user.subject() == "event/farewell"
        await user.press("greater_than_sign")
        user.expect_screen("Sat 6 Feb 2021", "Quay 2021")
        await user.press("greater_than_sign")
        user.expect_crumb("Nothing begins at a time after this day")
        await user.press("less_than_sign", "less_than_sign", "g")
        assert user.subject() == "event/welcome"
        user.expect_sound()


async def test_the_room_of_another_column_comes_into_view(tmp_path: Path) -> None:
    """A narrow terminal shows two or three rooms at a time."""
    async with open_explorer(NARROW, dataset(tmp_path, *two_years())) as user:
        await user.find("welcome")
        await user.press("d")
        user.expect_screen("Anchor", "rooms 1 to 3 of 5")
        await user.press("right", "right", "right")
        user.expect_screen("Crane", "rooms 2 to 4 of 5")
        user.expect_sound()


async def test_the_border_names_the_rooms_of_the_first_sight(tmp_path: Path) -> None:
    """Where the programme opens at a session whose room is not among the first that fit."""
    async with open_explorer(NARROW, dataset(tmp_path, *two_years())) as user:
        await user.find("knots")
        await user.press("d")
        user.expect_screen("Crane", "Knots", "rooms 2 to 4 of 5")


async def test_it_shows_what_the_lens_leaves_and_gives_it_back(tmp_path: Path) -> None:
    """A pinned track leaves its sessions; Enter pins a session; Esc and 1 go back to the panes, at the session."""
    async with open_explorer(MEDIUM, dataset(tmp_path, *two_years())) as user:
        await user.find("topic ropes")
        await user.press("p", "d")
        user.expect_screen("2 sessions", "How to splice", "Knots")
        assert "Signal lamps" not in user.screen().partition("5 Profile")[0]
        await user.press("enter")
        user.expect_crumb("2 pinned")
        await user.press("escape")
        user.expect_active("timeline")
        assert user.subject() == "event/how-to-splice-a-rope"
        await user.press("U", "d", "greater_than_sign", "greater_than_sign")
        user.expect_screen("Sat 6 Feb 2021", "━ 1 session ━")
        user.expect_sound()


async def test_one_escape_leaves_it_also_for_whom_came_from_a_list_that_was_gone_into(tmp_path: Path) -> None:
    async with open_explorer(MEDIUM, dataset(tmp_path, *two_years())) as user:
        await user.find("welcome")
        await user.press("3", "enter", "d")
        user.expect_active("programme")
        await user.press("escape")
        user.expect_active("timeline")
        user.expect_crumb("1 pinned")


async def test_it_is_found_from_a_speaker_and_refused_without_times(tmp_path: Path) -> None:
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await user.find("cai")
        await user.press("d")
        assert user.subject() == "event/signal-lamps"
    (tmp_path / "none").mkdir()
    async with open_explorer(WIDE, dataset(tmp_path / "none", event("only", "2020-02-01"))) as user:
        await user.press("d")
        user.expect_crumb("no programme")


async def test_what_is_called_off_and_a_click(tmp_path: Path) -> None:
    async with open_explorer(WIDE, dataset(tmp_path, *two_years())) as user:
        await user.find("welcome")
        await user.press("d")
        assert "×Beside it" in cell(user, "Beside it")
        await user.click_text("programme", "Knots")
        assert user.subject() == "event/knots"
        user.expect_active("programme")

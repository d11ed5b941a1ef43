"""From a change of a pane to what is written on the terminal."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App
from textual.layout import ArrangeResult

from convenings.tui import textual_private
from convenings.tui.paint.layout import ExplorerLayout
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, open_explorer
from tests.journeys.world import World

KEYS = "2 4 3 1 z z 4 z z 5 z z e down down e enter 3 down enter tab shift+tab [ [ ] H G g U s m 1 - 0"
"""Keys that change what panes show, where they stand, which of them are there, and how large they are."""


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_without_what_is_private_to_textual_the_same_is_shown(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a release of Textual that has none of its private names, after every key."""
    keys = KEYS.replace("m ", "m m ").split()
    screens: list[list[str]] = [[], []]
    for screen in screens:
        async with open_explorer(size) as user:
            for key in keys:
                await user.press(key)
                screen.append(user.screen())
            await user.resize(size[0] - 3, size[1] + 3)
            screen.append(user.screen())
        monkeypatch.setattr(textual_private, "has", lambda owner, name: False)
    assert screens[0] == screens[1]


async def test_a_frame_between_a_key_and_its_effect_loses_nothing() -> None:
    """Whatever is painted before a pane has said what changed, the screen is right in the end."""
    async with open_explorer(WIDE) as user:
        pane = user.list("speakers")
        whole = pane.outer_size.region
        before = pane.render_lines(whole)
        pane.move_to(3)
        assert pane.render_lines(whole) == before
        await user.settle()
        after = pane.render_lines(whole)
        assert [y for y, strip in enumerate(after) if strip is not before[y]] == [1, 4]


async def test_a_line_that_scrolls_is_not_painted_again() -> None:
    """What a line shows decides whether it is painted, and not where it stands."""
    async with open_explorer((120, 24)) as user:
        pane = user.list("speakers")
        whole = pane.outer_size.region
        before = pane.render_lines(whole)
        pane.scroll_items(1)
        await user.settle()
        after = pane.render_lines(whole)
        same = [y for y, strip in enumerate(after) if any(strip is former for former in before[y + 1 : y + 2])]
        assert len(same) >= len(after) // 3


async def test_nothing_is_placed_anew_where_everything_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Going to a pane that is on the screen moves none; zooming it does."""
    async with open_explorer(WIDE) as user:
        arrangements = 0
        arrange = ExplorerLayout.arrange

        def count(self: ExplorerLayout, *args: Any, **kwargs: Any) -> ArrangeResult:
            nonlocal arrangements
            arrangements += 1
            return arrange(self, *args, **kwargs)

        monkeypatch.setattr(ExplorerLayout, "arrange", count)
        await user.press("2", "3", "1", "j", "k")
        assert arrangements == 0
        await user.press("z")
        assert arrangements > 0


async def test_a_profile_is_composed_where_it_is_seen() -> None:
    """On a narrow terminal the lists are walked without it; a key right after the one that shows it finds it whole."""
    async with open_explorer(NARROW) as user:
        pane = user.four_panes.profile
        await user.press("5", "1")
        items = pane.items
        await user.press("down", "down")
        assert pane.items is items
        await user.press("5")
        assert pane.items is not items
        await user.press("down")
        slow = pane.items[pane.selected], pane.offset_item
        await user.press("1", "up", "down")
        await user.type("5j")
        assert (pane.items[pane.selected], pane.offset_item) == slow


BURSTS = [
    "5 j", "5 j j z 1 z 5 j", "2 5 1 z j 5 j j", "2 j 5 enter j", "5 1 5 j enter j enter", "5 enter 1 z 5 [ j enter",
    "5 1 5 G enter", "5 e j 5 1 e 5 j j e",
]  # fmt: skip


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("keys", BURSTS)
async def test_keys_in_one_burst_do_what_they_do_one_by_one(size: tuple[int, int], keys: str) -> None:
    """Whether or not what a key shows has been painted when the next one comes."""
    seen = []
    for at_once in (False, True):
        async with open_explorer(size) as user:
            await (user.burst(*keys.split()) if at_once else user.press(*keys.split()))
            seen.append(user.screen())
    assert seen[0] == seen[1]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_the_drawer_opens_at_the_passage_of_the_line_every_time(size: tuple[int, int]) -> None:
    """And stays where it is when the terminal gets another size."""
    async with open_explorer(size) as user:
        await user.press("j", "5")
        drawer, passages = user.four_panes.evidence, []
        for _ in range(3):
            await user.press("j", "j", "e")
            line = user.four_panes.profile.item
            assert line is not None
            assert drawer.item is not None
            assert drawer.item.numbers == line.numbers[:1]
            passages.append(drawer.item.numbers)
            await user.resize(size[0] + 7, size[1])
            assert drawer.item.numbers == line.numbers[:1]
            await user.resize(*size)
            await user.press("e")
        assert len(set(passages)) > 1


async def test_nothing_is_painted_where_a_pane_was_before_a_change_of_size() -> None:
    """A part of the screen that begins or ends in a wide character of another pane would break it."""
    async with open_explorer(NARROW) as user:
        await user.press("2")
        await user.resize(*MEDIUM)
        for pane in filter(lambda pane: pane.is_on_screen, user.explorer.panes.values()):
            assert all(pane.outer_size.region.contains_region(region) for region in pane._dirty_regions), pane


async def test_what_is_shown_decides_how_much_room_there_is() -> None:
    """A filter that is taken off gives the timeline its room back; the drawer is as high as its passages need."""
    async with open_explorer(MEDIUM) as user:
        rows = user.region("timeline").height
        await user.filter("round")
        assert user.region("timeline").height < rows
        await user.press("escape")
        assert user.region("timeline").height == rows
        await user.press("3", "e", "3")
        for _ in range(5):
            await user.press("down")
            planned = user.explorer.planned
            assert planned == user.explorer.view.plan(user.explorer.size, user.explorer.state)
            assert user.region("evidence") == planned["evidence"]


async def test_the_tabs_of_the_lists_fit_where_the_list_goes() -> None:
    """In the border of a list that gets the whole screen there is room for their names."""
    async with open_explorer(MEDIUM) as user:
        await user.press("2", "z")
        await user.filter("role:speaker")
        user.expect_screen("2 Speakers 3 Organisations 4 Questions /role:speaker")
        await user.press("z")
        user.expect_screen("2 Speakers 3 4 /role:speaker")


async def test_the_keys_say_at_once_that_there_is_a_way_back() -> None:
    """After a pin as after any key."""
    async with open_explorer(MEDIUM) as user:
        await user.press("down", "enter")
        user.expect_screen("[ back")


async def test_the_help_takes_the_whole_of_a_narrow_screen_only() -> None:
    """Also where the terminal has got another size since it was opened."""
    async with open_explorer(MEDIUM) as user:
        await user.press("question_mark")
        for size, whole in ((NARROW, True), (MEDIUM, False)):
            await user.resize(*size)
            assert (user.region("menu").width == size[0]) == whole


@pytest.mark.parametrize("pane", ["profile", "timeline", "tabs"])
async def test_a_click_ends_the_typing_of_a_filter(pane: str) -> None:
    """The filter is kept, and keys are keys again: those of the pane that was clicked."""
    async with open_explorer(NARROW if pane == "tabs" else MEDIUM) as user:
        await user.press("2", "slash")
        await user.type("chen")
        await user.click(pane, 0 if pane == "tabs" else 3)
        await user.press("a", "2")
        user.expect_rows("speakers", ["CHEN Lan", "CHEN Yan"])


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_one_key_is_one_frame(size: tuple[int, int], world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a key changes, pane, place, drawer or size, all of it is written at once and nothing twice."""
    async with world.open(size) as user:
        frames = 0
        display = App._display

        def count(self: App[None], *args: Any) -> None:
            nonlocal frames
            frames += 1
            display(self, *args)

        monkeypatch.setattr(App, "_display", count)
        counted = []
        for key in KEYS.split():
            frames = 0
            await user.press(key)
            counted.append((key, frames))
        assert [(key, number) for key, number in counted if number > 1] == []
        assert sum(number for _, number in counted) > len(counted) // 2

"""History: back and forward bring back the whole place, not only the record."""

from __future__ import annotations

import pytest

from tests.driver import MEDIUM, NARROW, SIZES, WIDE, User
from tests.journeys.world import World


def place(user: User) -> dict[str, object]:
    """All of the place that somebody would miss."""
    explorer = user.explorer
    return {
        "lens": explorer.state.lens,
        "subject": explorer.state.subject,
        "pane": explorer.state.pane,
        "drawer": explorer.state.evidence,
        "zoomed": explorer.state.zoomed,
        "axis": user.four_panes.timeline.zoom,
        "folded": user.four_panes.timeline.folded,
        "rows": {name: user.rows(name) for name in user.four_panes.lists},
        "cursors": {name: user.cursor(name) for name in user.four_panes.lists},
        "scroll": {name: pane.offset_item for name, pane in user.four_panes.lists.items()},
    }


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_back_brings_back_lens_filter_order_scroll_and_drawer(size: tuple[int, int], world: World) -> None:
    """A place with all of it, left by the palette, is the same after back, and the other after forward."""
    async with world.open(size) as user:
        await user.find(world.label(world.panel))
        await user.press("enter", "3")
        await user.filter("!type:platform")
        await user.press("s", "G", "e")
        here = place(user)
        assert here["drawer"]
        await user.find(world.label(world.elsewhere))
        await user.press("H")
        there = place(user)
        assert there != here
        await user.press("[", "[")
        user.expect(place(user), here, "the place gone back to")
        await user.press("]", "]")
        user.expect(place(user), there, "the place gone forward to")


async def test_scroll_comes_back(world: World) -> None:
    """A list scrolled away from its top stands where it stood."""
    async with world.open(NARROW) as user:
        await user.press("3", "G")
        top = user.list("organisations").offset_item
        assert top > 0
        await user.press("enter")
        await user.find(world.label(world.moderator))
        await user.press("[", "[")
        user.expect(user.list("organisations").offset_item, top, "first row shown")
        user.expect_cursor("organisations", user.rows("organisations")[-1])


async def test_back_after_another_order_is_where_the_list_was_scrolled_to(world: World) -> None:
    """The cursor and the rows in sight are those that they were before the list was put into another order."""
    async with world.open(NARROW) as user:
        await user.press("2", "G", *["up"] * 3)
        here, rows = user.cursor("speakers"), user.in_sight("speakers")
        await user.press("s")
        user.expect_cursor("speakers", user.rows("speakers")[0])
        assert user.in_sight("speakers") != rows
        await user.press("[")
        user.expect_active("speakers")
        user.expect_cursor("speakers", here)
        user.expect(user.in_sight("speakers"), rows, "rows in sight")


async def test_following_links_is_a_trail(world: World) -> None:
    """Each link followed in a profile is a step back."""
    async with world.open(MEDIUM) as user:
        await user.find(world.label(world.body))
        await user.press("5")
        trail = [world.label(world.body)]
        for row in range(4):
            await user.press("g", *["down"] * row, "enter")
            shown = user.four_panes.profile.profile
            if shown is not None and shown.title != trail[-1]:
                trail.append(shown.title)
        assert len(trail) > 2
        for title in reversed(trail[:-1]):
            await user.press("[")
            user.expect_profile(title)


async def test_a_new_step_forgets_what_lay_ahead(world: World) -> None:
    """After going back, going elsewhere ends the way forward, and the key says so."""
    async with world.open(MEDIUM) as user:
        await user.find(world.label(world.panellist))
        await user.find(world.label(world.body))
        await user.press("[")
        user.expect_cursor("speakers", world.label(world.panellist))
        await user.find(world.label(world.moderator))
        await user.press("]")
        user.expect_crumb("Nothing lies ahead")
        await user.press("[")
        user.expect_cursor("speakers", world.label(world.panellist))


async def test_a_zoomed_axis_and_folded_events_come_back(world: World) -> None:
    """The timeline comes back as it was looked at."""
    async with world.open(WIDE) as user:
        await user.find(world.label(world.programme))
        await user.press("left", "+", "+", "enter")
        here = place(user)
        assert here["axis"] is not None
        assert here["folded"]
        await user.press("H")
        assert user.four_panes.timeline.zoom is None
        assert not user.four_panes.timeline.folded
        await user.press("[")
        user.expect(place(user), here, "the place gone back to")


async def test_the_start_is_the_start_from_anywhere(world: World) -> None:
    """H takes everything off: pins, filters, zoom, drawer, folds."""
    async with world.open(WIDE) as user:
        await user.press("left", "down", "left", "enter", "2", "enter", "z", "e", "H")
        user.expect_active("timeline")
        user.expect_cursor("timeline", world.start)
        user.expect_rows("timeline", world.rows("timeline"))
        assert not user.explorer.state.lens.pins
        assert not user.explorer.state.zoomed
        assert not user.explorer.state.evidence

"""Single panes: zoom, help, the timeline's time, the mouse, and any size at any moment."""

from __future__ import annotations

import pytest

from convenings.tui.commands.registry import BROWSING
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, User, open_explorer
from tests.journeys.world import World

SEMINAR = "Tech for Social Good seminar, Shenzhen"
ALL_SIZES = [(40, 12), (80, 24), (120, 36), (200, 60), (20, 5), (300, 20), (41, 60)]


async def test_zoom_gives_a_pane_the_screen_and_takes_it_back(world: World) -> None:
    """z leaves the focused pane alone with the bars; again, and all are back."""
    async with world.open(WIDE) as user:
        await user.press("3", "z")
        user.expect_screen("3 Organisations")
        user.expect_not_on_screen("2 Speakers", "5 Profile")
        assert user.region("organisations").width == 200
        await user.press("4")
        user.expect_screen("4 Questions")
        user.expect_not_on_screen("3 Organisations")
        await user.press("z")
        user.expect_screen("2 Speakers", "5 Profile")
    async with world.open(NARROW) as user:
        await user.press("z")
        user.expect_crumb("Each pane has the whole screen already")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_help_shows_the_keys(size: tuple[int, int], world: World) -> None:
    """? shows what the keys do here, and ? or Esc hides it."""
    async with world.open(size) as user:
        for closing in ("?", "escape"):
            await user.press("?")
            assert user.app.screen.query("#menu")
            user.expect_screen("Pin the record under")
            await user.press(closing)
            assert not user.app.screen.query("#menu")
        user.expect_active("timeline")


@pytest.mark.parametrize("size", [(40, 12), *SIZES.values()])
async def test_the_line_of_keys_has_whole_entries_and_help(size: tuple[int, int]) -> None:
    """No entry is cut, help is always among them, and what cannot act is left out."""
    async with open_explorer(size) as user:
        user.expect_keys("? keys", missing=["[ back"])
        labels = {f"{c.label}" for c in BROWSING if c.position}
        line = user.lines(user.region("keys"))[0].strip()
        for entry in filter(None, line.split("  ")):
            assert entry.partition(" ")[2] in labels


async def test_folding_hides_the_parts_of_an_event_and_nothing_else(world: World) -> None:
    """Left folds an event away to one row, right unfolds it, and the palette finds what is folded away."""
    rows, at = world.rows("timeline"), world.lists["timeline"].index(world.programme)
    parts = [ref for ref in world.lists["timeline"] if world.programme in world.whole(ref)[1:]]
    async with world.open(MEDIUM) as user:
        await user.find(world.label(world.programme))
        await user.press("left")
        user.expect_rows("timeline", rows[: at + 1] + rows[at + 1 + len(parts) :])
        user.expect_screen(f"▸ {world.label(world.programme)}")
        await user.press("right")
        user.expect_rows("timeline", rows)
        user.expect_screen(f"▾ {world.label(world.programme)}")


async def test_zooming_the_axis_halves_and_doubles_the_time_shown(world: World) -> None:
    """+ halves the time shown around the event, - doubles it, 0 shows all, and says where there is no more."""
    async with world.open(WIDE) as user:
        await user.find(world.label(world.programme))
        await user.press(*["+"] * 4)
        zoom = user.four_panes.timeline.zoom
        assert zoom is not None
        await user.press("-")
        wider = user.four_panes.timeline.zoom
        assert wider is not None
        assert wider[1] == pytest.approx(2 * zoom[1])
        await user.press("0")
        assert user.four_panes.timeline.zoom is None
        await user.press("-")
        user.expect_crumb("All of the time is shown already")
        await user.press(*["+"] * 20)
        user.expect_sound()


async def test_an_event_is_folded_and_unfolded() -> None:
    """Left folds, from a part it goes to the whole first; right unfolds; what is folded away is found all the same."""
    async with open_explorer(MEDIUM) as user:
        await user.press("down", "down", "left")
        user.expect_cursor("timeline", "Beijing workshop")
        assert len(user.rows("timeline")) == 23
        await user.press("left")
        assert "Company presentations" not in user.rows("timeline")
        user.expect_screen("▸ Beijing workshop")
        await user.press("down")
        user.expect_cursor("timeline", "10th CCF")
        await user.press("up", "right")
        assert len(user.rows("timeline")) == 23
        user.expect_screen("▾ Beijing workshop")
        await user.press("left")
        await user.find("company presentations")
        user.expect_cursor("timeline", "Company presentations")


async def test_folding_from_deep_inside_goes_up_by_one() -> None:
    """From a session of the seminar to the seminar, to the fair."""
    async with open_explorer(MEDIUM) as user:
        await user.find("round table")
        await user.press("left")
        user.expect_cursor("timeline", SEMINAR)
        await user.press("left", "left")
        user.expect_cursor("timeline", "10th CCF")


async def test_right_on_an_event_without_parts_goes_on_to_the_next_pane() -> None:
    """Where there is nothing to unfold, the key goes to the next pane."""
    async with open_explorer(MEDIUM) as user:
        await user.press("right")
        user.expect_active("speakers")
        await user.press("left")
        user.expect_active("timeline")


def days_shown(user: User) -> float:
    """Days that the axis shows while it does not show all."""
    assert user.four_panes.timeline.zoom is not None
    return user.four_panes.timeline.zoom[1]


async def test_the_axis_is_looked_at_closer_and_wider() -> None:
    """+ halves the time shown around the event, - doubles it, 0 shows all; ticks follow."""
    async with open_explorer(WIDE) as user:
        await user.press("down")
        user.expect_screen("2018", "2023")
        await user.press("+", "+", "+", "+", "+")
        user.expect_screen("Jun 2018")
        user.expect_not_on_screen("2021 ")
        days = days_shown(user)
        await user.press("-")
        assert days_shown(user) == pytest.approx(2 * days)
        await user.press("0")
        assert user.four_panes.timeline.zoom is None
        await user.press("-")
        user.expect_crumb("All of the time is shown already")
        await user.press(*["+"] * 20)
        user.expect_screen("20 Jun")
        user.expect_sound()


async def test_a_date_is_drawn_as_exactly_as_it_is_known() -> None:
    """A month is a bar, a stated day a full sign, an inferred day a hollow one, a part of a day a small one."""
    async with open_explorer(WIDE) as user:
        lines = user.lines(user.region("timeline"))

        def line(label: str) -> str:
            return next(text for text in lines if label in text)

        assert "Feb 2018" in line("Workshop in Sydney")
        assert "▒" in line("Workshop in Sydney")
        assert "◆" in line("Beijing workshop")
        assert "16 Sep 2023" in line(SEMINAR)
        assert "◇" in line(SEMINAR)
        assert "◆" not in line(SEMINAR)
        assert "◦" in line("Round table discussion")
        for undated in ("10th CCF", "Visits by UNSW"):
            assert "undated" in line(undated)
            assert not set("◆◇◦▒░") & set(line(undated))


async def test_a_click_chooses_a_row_and_a_second_click_says_how_to_pin_it() -> None:
    """Who clicks twice, or clicks on what is chosen already, did not ask for everything else to change."""
    async with open_explorer(WIDE) as user:
        await user.click_text("timeline", "Workshop in Sydney")
        user.expect_cursor("timeline", "Workshop in Sydney")
        user.expect_profile("Workshop in Sydney")
        assert not user.explorer.state.lens.pins
        await user.click_text("timeline", "Workshop in Sydney")
        assert not user.explorer.state.lens.pins
        user.expect_crumb("Enter pins it")
        await user.click_text("keys", "pin")
        user.expect_crumb("▶ Workshop in Sydney")
        await user.click_text("timeline", "▶")
        assert not user.explorer.state.lens.pins


async def test_what_stands_in_a_border_can_be_clicked() -> None:
    """Tabs by name or number, filter and order, and how many passages there are."""
    async with open_explorer(MEDIUM) as user:
        await user.click_text("speakers", "3 Organisations")
        user.expect_active("organisations")
        await user.click_text("organisations", "4 Questions")
        user.expect_active("questions")
        await user.click_text("questions", "2 Speakers")
        user.expect_active("speakers")
        await user.press("s")
        await user.click_text("speakers", "most connected")
        assert user.explorer.state.lens.orders == {"speakers": "earliest"}
        await user.click_text("profile", "5 Profile")
        user.expect_active("profile")
        await user.click_text("profile", "of evidence")
        assert user.explorer.state.evidence
    async with open_explorer(WIDE) as user:
        await user.click_text("questions", "4 Questions")
        user.expect_active("questions")


async def test_a_number_opens_its_passage_and_a_sign_folds() -> None:
    """Whatever looks as if it could be clicked can be."""
    async with open_explorer(WIDE) as user:
        await user.click_text("profile", "[3]")
        assert user.explorer.state.evidence
        link = user.explorer.room.link("evidence")
        assert link is not None
        assert link.numbers == (3,)
        assert "[3]" in " ".join(user.lines(user.region("evidence")))
        await user.press("escape")
        await user.click_text("timeline", "▾ Beijing workshop")
        assert user.explorer.state.folded
        await user.click_text("timeline", "▸ Beijing workshop")
        assert not user.explorer.state.folded


async def test_the_breadcrumb_can_be_clicked() -> None:
    """What the subject is part of is gone to; a pin is taken off."""
    async with open_explorer(WIDE) as user:
        await user.find("company presentations")
        await user.click_text("crumb", "Beijing workshop")
        user.expect_profile("Beijing workshop")
        await user.press("enter", "2", "enter")
        assert len(user.explorer.state.lens.pins) == 2
        await user.click_text("crumb", "Beijing workshop")
        assert [pin.pane for pin in user.explorer.state.lens.pins] == ["speakers"]


async def test_the_scrollbar_can_be_clicked(world: World) -> None:
    """A click far down on it scrolls far down, and chooses nothing."""
    async with world.open(WIDE) as user:
        pane = user.list("organisations")
        before = user.cursor("organisations")
        await user.click("organisations", pane.size.height, pane.size.width)
        assert pane.offset_item == pane.count - pane.capacity
        assert user.cursor("organisations") == before


async def test_a_click_in_another_pane_goes_there() -> None:
    """A row of another pane is chosen by one click."""
    async with open_explorer(WIDE) as user:
        await user.click_text("questions", "Can the practices be sustained?")
        user.expect_active("questions")
        user.expect_cursor("questions", "Can the practices be sustained?")
        user.expect_profile("Can the practices be sustained?")


async def test_the_first_click_on_a_row_never_pins() -> None:
    """Also not where the cursor of the other pane stands on it already."""
    async with open_explorer(WIDE) as user:
        user.expect_cursor("speakers", "CHEN Lan")
        await user.click_text("speakers", "CHEN Lan")
        user.expect_active("speakers")
        assert not user.explorer.state.lens.pins


async def test_a_click_in_a_scrolled_list_chooses_the_row_under_the_mouse() -> None:
    """Entering a pane by the mouse never moves what is under it."""
    async with open_explorer((200, 40)) as user:
        await user.find("sprc workshop")
        await user.wheel("organisations", 1)
        pane = user.list("organisations")
        label = user.model.one(pane.rows[pane.offset_item + 2]).label
        await user.click("organisations", 3)
        user.expect_cursor("organisations", label)


async def test_a_click_on_a_line_of_the_profile_follows_it_the_second_time() -> None:
    """In the profile as in the lists: once to choose, twice to go."""
    async with open_explorer(WIDE) as user:
        await user.find("fu changbo")
        await user.press("5", "G")
        await user.click_text("profile", "Round table discussion")
        await user.click_text("profile", "Round table discussion")
        user.expect_profile("Round table discussion")


async def test_tabs_and_keys_can_be_clicked() -> None:
    """A tab goes to its pane; a word in the line of keys does what its key does; the search word opens the palette."""
    async with open_explorer(NARROW) as user:
        await user.click_text("tabs", "4 Questions")
        user.expect_active("questions")
        await user.click_text("keys", "pin")
        user.expect_crumb("1 pinned")
        await user.click_text("keys", "unpin")
        await user.click_text("keys", "evidence")
        assert user.explorer.state.evidence
        await user.click_text("top", "search")
        user.expect_screen("Palette")


async def test_the_wheel_scrolls_without_moving_the_cursor(world: World) -> None:
    """Scrolling shows other rows and chooses none."""
    async with world.open(NARROW) as user:
        await user.press("3")
        pane = user.list("organisations")
        await user.press("g")
        await user.wheel("organisations", 1)
        assert pane.offset_item == 3
        await user.wheel("organisations", -1)
        assert pane.offset_item == 0
        assert pane.cursor == 0


async def test_any_size_at_any_moment_keeps_the_place(world: World) -> None:
    """Through every size and back: same lens, cursors, pane and drawer, and every screen whole."""
    async with world.open(WIDE) as user:
        await user.find(world.label(world.panel))
        await user.press("enter", "2", "down", "e")
        here = user.explorer.current()
        for size in ALL_SIZES:
            await user.resize(*size)
            user.expect_sound()
            if size == (20, 5):
                user.expect_screen("Make the", "terminal")
        await user.resize(*WIDE)
        there = user.explorer.current()
        user.expect(
            (there.lens, there.subject, there.pane, there.evidence, {n: c.ref for n, c in there.cursors.items()}),
            (here.lens, here.subject, here.pane, here.evidence, {n: c.ref for n, c in here.cursors.items()}),
            "place",
        )
        for name in user.four_panes.lists:
            user.expect_cursor(name, user.cursor(name))


@pytest.mark.parametrize("opened", ["ctrl+p", "u", "n", "?", "/", "e", "z"])
async def test_resizing_with_something_open(opened: str, world: World) -> None:
    """Whatever is open stays open through other sizes."""
    async with world.open(WIDE) as user:
        await user.press("down", opened)
        top = type(user.app.screen)
        for size in ((80, 24), (20, 5), (40, 12), (120, 36)):
            await user.resize(*size)
            user.expect_sound()
        assert type(user.app.screen) is top
        await user.press("escape")


@pytest.mark.parametrize("pane", ["1", "2", "3", "4", "5"])
async def test_the_narrowest_screen_can_be_used(pane: str, world: World) -> None:
    """At 40x12 every pane shows its tab, its rows, where one is and the keys."""
    async with world.open((40, 12)) as user:
        await user.press(pane)
        user.expect_sound()
        user.expect_screen(f"{pane} {user.explorer.focused_pane().title}", "? keys")
        await user.press("down", "e", "escape", "enter")
        user.expect_sound()


async def test_no_pane_is_ever_without_room() -> None:
    """Every pane on the screen has room for its border and a line."""
    async with open_explorer(NARROW) as user:
        for width in range(39, 204, 27):
            for height in (9, 10, 14, 30):
                await user.resize(width, height)
                for widget in user.explorer.children:
                    if widget.region.area and widget.id in user.explorer.panes:
                        assert widget.region.width >= 12, (width, height, widget)
                        assert widget.region.height >= 3, (width, height, widget)

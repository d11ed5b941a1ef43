"""Highlight previews, Enter pins, Esc undoes the innermost thing."""

from __future__ import annotations

import pytest

from tests.driver import MEDIUM, NARROW, SIZES, WIDE, open_explorer

SEMINAR = "Tech for Social Good seminar, Shenzhen"
PANEL = ["CHEN Lan", "FU Changbo", "HUANG Qingwei", "LIU Xiaojun", "ZHAO Keyu"]
LISTS = ("speakers", "organisations", "questions")


async def test_a_highlight_dims_what_is_unrelated_and_counts_what_is() -> None:
    """Moving the cursor alone marks the related rows in the other panes and fills the profile."""
    async with open_explorer(WIDE) as user:
        user.expect_lit("speakers", [])
        user.expect_note("speakers", "0 of 33 related")
        await user.find("round table")
        user.expect_lit("speakers", PANEL)
        user.expect_note("speakers", "5 of 33 related")
        user.expect_note("organisations", "4 of 40 related")
        user.expect_lit("timeline", user.rows("timeline"))
        user.expect_profile("Round table discussion", ["FU Changbo moderator"])
        await user.press("down")
        user.expect_lit("speakers", ["LV Zhenya"])
        user.expect_profile("Comment by LV Zhenya")


async def test_a_dimmed_row_looks_different_on_the_screen() -> None:
    """What is dimmed is drawn in another colour than what stands out, and says no reason."""
    async with open_explorer(WIDE) as user:
        await user.find("round table")
        region = user.region("speakers")
        styles = {}
        for strip in user.strips()[region.y : region.bottom]:
            row = strip.crop(region.x, region.right)
            for name in ("HUANG Qingwei", "WANG Yifan"):
                if name in row.text:
                    styles[name] = next(segment.style for segment in row if name in segment.text)
                    assert ("panellist" in row.text) == (name == "HUANG Qingwei")
        assert styles["HUANG Qingwei"].color != styles["WANG Yifan"].color


async def test_the_reason_of_a_tie_stands_in_its_row() -> None:
    """The right-hand column says why: the role at the event, the title in the organisation."""
    async with open_explorer(WIDE) as user:
        await user.find("round table")
        user.expect_screen("FU Changbo", "moderator")
        await user.find("huang qingwei")
        assert user.list("organisations").why(user.model.row_of("organisation/ant-foundation")) != ""
        assert user.list("timeline").why(user.model.row_of("event/round-table")) == "panellist"


async def test_a_session_counts_for_its_event() -> None:
    """A panellist of the round table is related to the seminar and to the fair, not to the workshop."""
    async with open_explorer(MEDIUM) as user:
        await user.find("huang qingwei")
        user.expect_lit("timeline", ["10th CCF", SEMINAR, "Round table discussion"])


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_enter_pins_and_enter_again_unpins(size: tuple[int, int]) -> None:
    """A pin leaves in the other panes only what is related; its own pane stays whole."""
    async with open_explorer(size) as user:
        await user.find("round table")
        await user.press("enter")
        user.expect_rows("speakers", PANEL)
        user.expect_note("speakers", "5 of 33 shown")
        user.expect_note("timeline", "24")
        user.expect_crumb("▶ Round table discussion", "1 pinned")
        user.expect_keys("unpin", missing=["pin"])
        user.expect_screen("▶")
        await user.press("enter")
        assert len(user.rows("speakers")) == 33
        user.expect_keys("pin", missing=["unpin"])
        user.expect_crumb("◆ Round table discussion")


async def test_one_pin_in_each_pane() -> None:
    """A second pin in a pane takes the place of the first; pins of other panes are kept and all hold."""
    async with open_explorer(MEDIUM) as user:
        await user.find("round table")
        await user.press("enter", "2", "g", "enter")
        user.expect_crumb("▶ Round table discussion › ▶ CHEN Lan", "2 pinned")
        user.expect_rows("organisations", ["Information Accessibility Research Association"])
        await user.press("down", "down", "enter")
        user.expect_crumb("▶ Round table discussion › ▶ HUANG Qingwei", "2 pinned")
        user.expect_rows("organisations", ["Ant Foundation"])
        user.expect_rows("speakers", PANEL)


async def test_entering_a_pane_goes_to_what_is_related() -> None:
    """Going to another pane puts its cursor on a row related to what was looked at, and keeps the rest dimmed."""
    async with open_explorer(WIDE) as user:
        await user.find("keynote")
        await user.press("2")
        user.expect_cursor("speakers", "WANG Yifan")
        user.expect_lit("speakers", ["WANG Yifan"])
        user.expect_profile("WANG Yifan", ["China Red Cross Foundation"])
        await user.press("3")
        user.expect_cursor("organisations", "China Red Cross Foundation")
        await user.press("escape")
        user.expect_lit("organisations", user.rows("organisations"))


async def test_tab_goes_in_reading_order_and_back() -> None:
    """Tab visits timeline, speakers, organisations, questions, profile, and the evidence where it is open."""
    async with open_explorer(WIDE) as user:
        for pane in (*LISTS, "profile", "timeline"):
            await user.press("tab")
            user.expect_active(pane)
        await user.press("shift+tab")
        user.expect_active("profile")
        await user.press("e", "escape", "1", "e")
        user.expect_active("evidence")
        await user.press("tab")
        user.expect_active("timeline")


async def test_a_record_of_no_pane_can_be_pinned_from_its_profile() -> None:
    """A place has no list of its own: p pins it from its profile all the same, and Esc unpins it."""
    async with open_explorer(WIDE) as user:
        await user.find("kind:place beijing")
        user.expect_active("profile")
        user.expect_profile("Beijing")
        await user.press("p")
        assert "SPRC workshop in Beijing" in user.rows("timeline")
        assert SEMINAR not in user.rows("timeline")
        await user.press("escape")
        assert len(user.rows("timeline")) == 24


async def test_escape_undoes_the_innermost_thing_first() -> None:
    """Help, drawer, zoom, filter, where one came from, the last pin, the first: one each time, then it says so."""
    async with open_explorer(WIDE) as user:
        await user.find("round table")
        await user.press("enter", "2", "enter")
        await user.filter("chen")
        await user.press("z", "e", "?")
        explorer = user.explorer

        def state() -> list[bool]:
            return [
                bool(explorer.query("HelpPanel")),
                explorer.drawer,
                explorer.zoomed,
                bool(explorer.lens.filters),
                explorer.entered_from is not None,
                len(explorer.lens.pins) > 1,
                bool(explorer.lens.pins),
            ]

        user.expect(state(), [True] * 7, "what is open")
        for undone in range(1, 8):
            await user.press("escape")
            if undone == 2 and explorer.active != "speakers":
                await user.press("2")
            user.expect(state(), [False] * undone + [True] * (7 - undone), f"what is open after {undone} times Esc")
        await user.press("escape")
        user.expect_crumb("Nothing to undo; q quits")


async def test_nothing_related_is_said_as_such() -> None:
    """An event with nobody leaves the other panes dimmed, and counts none."""
    async with open_explorer(NARROW) as user:
        user.expect_lit("questions", [])
        user.expect_screen("2 Speakers 0", "4 Questions 0")


async def test_pinning_in_an_empty_list_says_why_not() -> None:
    """Enter in a list that a filter has emptied says that there is nothing."""
    async with open_explorer(NARROW) as user:
        await user.press("2")
        await user.filter("qqqq")
        user.expect_rows("speakers", [])
        await user.press("enter")
        user.expect_crumb("Nothing here to pin")


@pytest.mark.parametrize(("keys", "pane"), [("4H", "timeline"), ("H4", "questions"), ("24315", "profile")])
async def test_panes_changed_in_one_burst_end_where_the_last_key_says(keys: str, pane: str) -> None:
    """Keys faster than the focus follows are taken in their order."""
    async with open_explorer(WIDE) as user:
        await user.type(keys)
        await user.settle()
        user.expect_active(pane)

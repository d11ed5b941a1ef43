"""Highlight previews, Enter pins, Esc undoes the innermost thing."""

from __future__ import annotations

import pytest

from tests.driver import MEDIUM, NARROW, SIZES, WIDE, open_explorer
from tests.journeys.world import World

LOW = (200, 30)
"""A terminal that shows all lists, and few rows of each."""
LISTS = ("speakers", "organisations", "questions")
LEAST_SHOWN = 10
"""Letters of a label that are certain to stand in the line above the keys."""


async def test_a_highlight_dims_what_is_unrelated_and_counts_what_is(world: World) -> None:
    """Moving the cursor alone marks the related rows in the other panes and fills the profile."""
    after = world.lists["timeline"][world.lists["timeline"].index(world.panel) + 1]
    async with world.open(WIDE) as user:
        for pane in LISTS:
            user.expect_lit(pane, world.rows(pane, world.start_id))
        await user.find(world.label(world.panel))
        user.expect_lit("timeline", world.rows("timeline"))
        user.expect_profile(world.label(world.panel), [f"{world.label(world.moderator)} moderator"])
        for pane in LISTS:
            user.expect_lit(pane, world.rows(pane, world.panel))
            user.expect_note(pane, f"{world.count(pane, world.panel)} of {world.count(pane):,} related")
        await user.press("down")
        user.expect_profile(world.label(after))
        for pane in LISTS:
            user.expect_lit(pane, world.rows(pane, after))


async def test_a_dimmed_row_looks_different_on_the_screen() -> None:
    """What is dimmed is drawn in another colour than what stands out, and says no reason."""
    async with open_explorer(WIDE) as user:
        await user.find("round table")
        region = user.region("speakers")
        colours = {}
        for strip in user.strips()[region.y : region.bottom]:
            row = strip.crop(region.x, region.right)
            for name in ("HUANG Qingwei", "WANG Yifan"):
                if name in row.text:
                    colours[name] = next(s.style.color for s in row if name in s.text and s.style is not None)
                    assert ("panellist" in row.text) == (name == "HUANG Qingwei")
        assert colours["HUANG Qingwei"] != colours["WANG Yifan"]


async def test_the_reason_of_a_tie_stands_in_its_row() -> None:
    """The right-hand column says why: the role at the event, the title in the organisation."""
    async with open_explorer(WIDE) as user:
        await user.find("round table")
        user.expect_screen("FU Changbo", "moderator")
        await user.find("huang qingwei")
        assert user.reason("organisations", "organisation/ant-foundation") != ""
        assert user.reason("timeline", "event/round-table") == "panellist (inferred)"
        assert user.reason("timeline", "event/10th-ccf") == "panellist (inferred), in Round table discussion"


async def test_what_is_related_comes_into_sight(world: World) -> None:
    """A list scrolled elsewhere shows what is related to the record that is highlighted, without being gone to."""
    async with world.open(LOW) as user:
        for end in ("G", "g"):
            await user.press("2", end, "3", end, "4", end)
            await user.find(world.label(world.panel))
            for pane in LISTS:
                user.expect_in_sight(pane, world.rows(pane, world.panel))


async def test_a_pin_leaves_the_count_of_what_is_related_too(world: World) -> None:
    """While the lists are narrowed by a pin, each says how many of its rows are related, shown and there."""
    speaker = world.rows("speakers", world.panel)[0]
    ref = next(ref for ref in world.lists["speakers"] if world.label(ref) == speaker and ref in world.tied[world.panel])
    bodies = set(world.rows("organisations", world.panel))
    async with world.open(WIDE) as user:
        await user.find(world.label(world.panel))
        await user.press("enter", "2", "g")
        user.expect_cursor("speakers", speaker)
        shown = f"{len(bodies)} of {world.count('organisations'):,} shown"
        related = world.count("organisations", world.panel, ref)
        user.expect_note("organisations", f"{related} of {len(bodies)} related · {shown}")


async def test_a_session_counts_for_its_event(world: World) -> None:
    """Who took part in a session is related to it and to all that it is part of, and to no other event."""
    async with world.open(MEDIUM) as user:
        await user.find(world.label(world.panellist))
        user.expect_lit("timeline", world.rows("timeline", world.panellist))
        assert set(world.labels(world.whole(world.panel))) <= set(user.lit("timeline"))


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_enter_pins_and_enter_again_unpins(size: tuple[int, int], world: World) -> None:
    """A pin leaves in the other panes only what is related; its own pane stays whole."""
    async with world.open(size) as user:
        await user.find(world.label(world.panel))
        await user.press("enter")
        for pane in LISTS:
            user.expect_rows(pane, world.rows(pane, world.panel))
        user.expect_note("speakers", f"{world.count('speakers', world.panel)} of {world.count('speakers'):,} shown")
        user.expect_note("timeline", f"{world.count('timeline'):,} shown")
        user.expect_crumb(f"▶ {world.label(world.panel)}", "1 pinned")
        user.expect_keys("unpin", missing=["pin"])
        user.expect_screen("▶")
        await user.press("enter")
        for pane in LISTS:
            user.expect_rows(pane, world.rows(pane))
        user.expect_keys("pin", missing=["unpin"])
        user.expect_crumb(f"◆ {world.label(world.panel)}")


async def test_all_pins_hold_and_one_is_taken_off_where_it_was_set(world: World) -> None:
    """A second pin in a pane stands beside the first, enter on a pin takes it off, and pins of other panes are kept."""
    speakers = [ref for ref in world.lists["speakers"] if ref in world.tied[world.panel]]
    other = next(ref for ref in speakers if ref != world.panellist)
    async with world.open(MEDIUM) as user:
        await user.find(world.label(world.panel))
        await user.press("enter", "2")
        for ref, held in (
            (other, [other]),
            (world.panellist, [other, world.panellist]),
            (other, [world.panellist]),
        ):
            await user.press("g", *["down"] * speakers.index(ref), "enter")
            user.expect_crumb(f"▶ {world.label(world.panel)} › ▶ {world.label(held[0])[:LEAST_SHOWN]}")
            user.expect_rows("organisations", world.rows("organisations", world.panel, *held))
            user.expect_rows("questions", world.rows("questions", world.panel, *held))
            user.expect_rows("speakers", world.labels(speakers))


async def test_entering_a_pane_goes_to_what_is_related(world: World) -> None:
    """Going to another pane puts its cursor on a row related to what was looked at, and keeps the rest dimmed."""
    async with world.open(WIDE) as user:
        await user.find(world.label(world.panel))
        await user.press("2")
        related = world.rows("speakers", world.panel)
        user.expect_cursor("speakers", related[0])
        user.expect_lit("speakers", related)
        user.expect_profile(related[0])
        await user.find(world.label(world.panellist))
        await user.press("3")
        related = world.rows("organisations", world.panellist)
        user.expect_cursor("organisations", related[0])
        user.expect_lit("organisations", related)
        user.expect_profile(related[0])
        await user.press("escape")
        user.expect_lit("organisations", world.rows("organisations"))


async def test_tab_goes_in_reading_order_and_back(world: World) -> None:
    """Tab visits timeline, speakers, organisations, questions, profile, and the evidence where it is open."""
    async with world.open(WIDE) as user:
        for pane in (*LISTS, "profile", "timeline"):
            await user.press("tab")
            user.expect_active(pane)
        await user.press("shift+tab")
        user.expect_active("profile")
        await user.press("e", "escape", "1", "e")
        user.expect_active("evidence")
        await user.press("tab")
        user.expect_active("timeline")


async def test_a_record_of_no_pane_can_be_pinned_from_its_profile(world: World) -> None:
    """A place has no list of its own: p pins it from its profile all the same, and Esc unpins it."""
    place = next(
        row["id"] for row in world.tables["places"] if world.only(row["id"]) and world.count("timeline", row["id"])
    )
    async with world.open(WIDE) as user:
        await user.find(f"kind:place {world.label(place)}")
        user.expect_active("profile")
        user.expect_profile(world.label(place))
        await user.press("p")
        user.expect_rows("timeline", world.rows("timeline", place))
        await user.press("escape")
        user.expect_rows("timeline", world.rows("timeline"))


async def test_escape_undoes_the_innermost_thing_first(world: World) -> None:
    """Drawer, zoom, filter, where one came from, the last pin, the first: one each time, then it says so."""
    async with world.open(WIDE) as user:
        await user.find(world.label(world.panel))
        await user.press("enter", "2", "enter")
        await user.filter("kind:person")
        await user.press("z", "e")
        explorer = user.explorer

        def state() -> list[bool]:
            return [
                explorer.state.evidence,
                explorer.state.zoomed,
                bool(explorer.state.lens.filters),
                bool(explorer.state.entered_from),
                len(explorer.state.lens.pins) > 1,
                bool(explorer.state.lens.pins),
            ]

        user.expect(state(), [True] * 6, "what is open")
        for undone in range(1, 7):
            await user.press("escape")
            if undone == 1 and explorer.state.pane != "speakers":
                await user.press("2")
            user.expect(state(), [False] * undone + [True] * (6 - undone), f"what is open after {undone} times Esc")
        await user.press("escape")
        user.expect_crumb("Nothing to step out of; q quits")


async def test_nothing_related_is_said_as_such(world: World) -> None:
    """An event with nobody leaves the other panes dimmed, and counts none."""
    silent = next(
        ref
        for ref in world.lists["timeline"]
        if world.only(ref) and not world.rows("speakers", ref) and not world.rows("questions", ref)
    )
    async with world.open(NARROW) as user:
        await user.find(world.label(silent))
        user.expect_lit("speakers", [])
        user.expect_lit("questions", [])
        user.expect_screen("2 Speakers 0", "4 Questions 0")


async def test_pinning_in_an_empty_list_says_why_not(world: World) -> None:
    """Enter in a list that a filter has emptied says that there is nothing."""
    async with world.open(NARROW) as user:
        await user.press("2")
        await user.filter("qqqq")
        user.expect_rows("speakers", [])
        await user.press("enter")
        user.expect_crumb("Nothing here to pin")


@pytest.mark.parametrize(("keys", "pane"), [("4H", "timeline"), ("H4", "questions"), ("24315", "profile")])
async def test_panes_changed_in_one_burst_end_where_the_last_key_says(keys: str, pane: str, world: World) -> None:
    """Keys faster than the focus follows are taken in their order."""
    async with world.open(WIDE) as user:
        await user.type(keys)
        await user.settle()
        user.expect_active(pane)


LEAST_OF_REASON = 8
"""Letters of a reason that are certain to stand in its row."""


@pytest.mark.parametrize("size", [(60, 24), NARROW, MEDIUM, (200, 50)], ids=str)
async def test_the_timeline_says_of_each_event_why_it_is_related(size: tuple[int, int], world: World) -> None:
    """Beside its sign, before it or beside its label: wherever there is room, whatever the event's date is."""
    async with world.open(size) as user:
        for ref in (world.moderator, world.body):
            await user.find(world.label(ref))
            await user.press("1")
            pane = user.list("timeline")
            lines = user.lines(user.region("timeline"))[1 + pane.header : -1]
            rows = pane.rows_on_screen()[: len(lines)]
            reasons = [pane.reason(row) for row in rows]
            assert any(reasons)
            for line, row, reason in zip(lines, rows, reasons, strict=True):
                label = user.model.one(row).label
                if reason and reason[:LEAST_OF_REASON] not in line:
                    user.fail(f"{reason!r} is not in the row of {label!r}: {line!r}")
                if label[:LEAST_OF_REASON].split("(")[0] not in line:
                    user.fail(f"{label!r} is not in its row: {line!r}")
            user.expect_sound()


async def test_a_reason_takes_nothing_from_the_sign_of_an_event() -> None:
    """The sign and the date of an event stand whole where they stood."""
    async with open_explorer(MEDIUM) as user:
        await user.press("1", "G")
        bare = [line for line in user.lines(user.region("timeline")) if "16 Sep 2023" in line]
        await user.find("fu changbo")
        await user.press("1")
        related = [line for line in user.lines(user.region("timeline")) if "16 Sep 2023" in line]
        assert "moderator, in Round table discussion ◇" in related[0]
        assert related[0].index("◇") == bare[0].index("◇")

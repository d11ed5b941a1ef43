"""What somebody sees who opens the explorer: what this is, what is counted, and what to do where there is nothing."""

from __future__ import annotations

import pytest

from convenings.domain.history import History
from convenings.tui.paint.segments import cells_of, clip_apart
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, open_explorer


@pytest.mark.parametrize("size", [*SIZES.values(), (40, 12)], ids=str)
async def test_the_first_line_says_what_this_is_until_the_first_key(size: tuple[int, int]) -> None:
    """It is whole at every size, and gone with the first key."""
    async with open_explorer(size) as user:
        user.expect_crumb("vent reports")
        assert "…" not in user.crumb()
        assert "? " in user.crumb()
        user.expect_profile("Beijing workshop")
        await user.press("down")
        assert "vent reports" not in user.crumb()


async def test_lists_open_on_what_is_related() -> None:
    """Nobody begins with a list of dimmed names."""
    async with open_explorer(MEDIUM) as user:
        speakers = user.list("speakers")
        lit = user.lit("speakers")
        assert user.in_sight("speakers")[0] in lit
        assert speakers.offset_item > 0


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_counts_say_of_what(size: tuple[int, int]) -> None:
    """A number in the top line has its word; a click on it goes to the list."""
    async with open_explorer(size) as user:
        assert "◆ 23 events  ● 12 people" in user.lines()[0]
        await user.click_text("top", "12 people")
        user.expect_active("speakers")


async def test_counts_in_borders_are_worded_alike() -> None:
    """A number of another is shown or related; one alone is shown."""
    async with open_explorer(WIDE) as user:
        user.expect_note("timeline", "23 shown")
        user.expect_note("speakers", "16 of 28 related")
        await user.press("enter")
        user.expect_note("speakers", "16 of 28 shown")
        await user.press("escape", "4", "slash")
        await user.type("practices")
        await user.press("enter", "1")
        assert user.explorer.panes["questions"].border_subtitle is not None
        assert str(user.explorer.panes["questions"].border_subtitle).endswith("shown")


async def test_a_pane_is_named_once_where_it_has_the_screen() -> None:
    """The tabs have its name; what it is filtered by still stands in its border."""
    async with open_explorer(NARROW) as user:
        assert user.screen().count("Timeline") == 1
        await user.filter("workshop")
        assert user.screen().count("Timeline") == 1
        assert "/workshop" in user.lines(user.region("timeline"))[0]
        await user.press("5")
        assert user.screen().count("5 Profile") == 1


async def test_tabs_have_names_where_these_fit() -> None:
    """In the border of the list that is shown, at 120 columns."""
    async with open_explorer(MEDIUM) as user:
        border = user.lines(user.region("speakers"))[0]
        assert "2 Speakers 3 Organisations 4 Questions" in border


async def test_the_profile_has_the_room_at_120_columns() -> None:
    """The timeline takes two fifths of the height at most, and less where evidence is read."""
    async with open_explorer(MEDIUM) as user:
        height = user.region("timeline").height
        assert height <= 14 < user.region("profile").height
        assert "Non-profits on working with state and business" in user.screen()
        await user.press("e")
        assert user.region("timeline").height < height
        assert user.region("evidence").height > 5


async def test_the_right_hand_column_has_a_heading() -> None:
    """It says what the column holds, and what the list is sorted by."""
    async with open_explorer(WIDE) as user:
        assert " how related " in user.lines(user.region("organisations"))[0]
        await user.press("3", "s", "z")
        top, first = user.lines(user.region("organisations"))[:2]
        assert "related records · " in top
        assert any(part.isdecimal() for part in first.replace(",", "").split())


@pytest.mark.parametrize("size", [MEDIUM, (160, 45), WIDE], ids=str)
async def test_what_is_sorted_by_is_whole(size: tuple[int, int]) -> None:
    """A date that a list goes by is not cut."""
    async with open_explorer(size) as user:
        await user.press("2", "s", "s")
        rows = user.lines(user.region("speakers"))[1:-1]
        assert not [row for row in rows if "201…" in row or "20…" in row]


async def test_a_tie_is_never_left_out() -> None:
    """A question that takes two lines says why it is related, too."""
    async with open_explorer((160, 45)) as user:
        lines = user.lines(user.region("questions"))
        at = next(y for y, line in enumerate(lines) if "In what ways are their" in line)
        assert "raised" in lines[at + 1]


async def test_what_is_empty_says_what_to_do() -> None:
    """A filter that leaves nothing names keys to try, a pin says how to take it off, a profile where to go."""
    async with open_explorer(WIDE) as user:
        await user.press("2")
        await user.filter("zzz")
        seen = " ".join(user.screen().split())
        for text in ("esc clears it", "role:"):
            assert text in seen
        user.expect_screen("Nothing is chosen")


async def test_the_palette_opens_with_the_records_somebody_was_at() -> None:
    """The latest first, before the commands; not the one that is shown already."""
    async with open_explorer(NARROW) as user:
        await user.find("tencent")
        await user.find("fu changbo")
        await user.press("ctrl+p")
        assert [label for label, _, _ in user.choices()][:2] == ["Tencent", "Beijing workshop"]
        await user.press("enter")
        user.expect_profile("Tencent")


def test_places_are_given_the_latest_first() -> None:
    """Also those that lie ahead."""
    history = History("a")
    history.visit("b")
    history.visit("c")
    history.go(-1)
    assert [*history.latest()] == ["c", "b", "a"]


def test_labels_that_differ_in_their_middle_are_told_apart() -> None:
    """What they begin with alike is cut to a third."""
    labels = [f"representatives from the Department of {what} of the State Council" for what in ("Health", "Trade")]
    labels += ["representatives from the Department of Labour of the State Council"]
    cuts = [clip_apart(label, [other for other in labels if other != label], 28) for label in labels]
    assert len(set(cuts)) == 3
    assert all(word in cut for word, cut in zip(("Health", "Trade", "Labour"), cuts, strict=True))
    assert all(cells_of(cut) <= 28 for cut in cuts)
    assert clip_apart("short", ["shorter"], 28) == "short"

"""The filter of a pane: a line of the query language, followed as it is typed."""

from __future__ import annotations

import pytest

from tests.driver import MEDIUM, NARROW, WIDE, open_explorer

CHEN = ["CHEN Lan", "CHEN Yan"]


async def test_rows_follow_every_key() -> None:
    """The list narrows while one types, and the border says by what and how far."""
    async with open_explorer(MEDIUM) as user:
        await user.press("2", "/")
        await user.type("chen")
        user.expect_rows("speakers", CHEN)
        user.expect_screen("2 of 33")
        user.expect_profile("CHEN Lan")
        await user.type(" y")
        user.expect_rows("speakers", ["CHEN Yan"])
        user.expect_profile("CHEN Yan")
        await user.press("backspace", "backspace")
        user.expect_rows("speakers", CHEN)
        await user.press("enter")
        user.expect_active("speakers")
        user.expect_screen("/chen")


async def test_giving_up_takes_the_filter_off() -> None:
    """Esc in the line clears it; Esc in the list clears one that was kept."""
    async with open_explorer(MEDIUM) as user:
        await user.press("2", "/")
        await user.type("chen")
        await user.press("escape")
        user.expect_active("speakers")
        assert len(user.rows("speakers")) == 33
        await user.filter("chen")
        await user.press("escape")
        assert len(user.rows("speakers")) == 33
        user.expect_not_on_screen("/chen")


@pytest.mark.parametrize(
    ("pane", "query", "rows"),
    [
        ("2", "role:moderator", ["FU Changbo"]),
        ("2", "chen !lan", ["CHEN Yan"]),
        ("2", "organisation:tencent kind:person", ["CHEN Yan"]),
        ("2", 'role:"keynote speaker"', ["WANG Yifan"]),
        ("2", "event:round !role:panellist", ["FU Changbo"]),
        ("3", "type:foundation !red !huaqiang !youchange", ["Ant Foundation"]),
        ("1", "type:workshop date:2018-02", ["Workshop in Sydney"]),
        ("4", "unique", ["Are these practices unique to China?"]),
    ],
)
async def test_words_keys_and_negations(pane: str, query: str, rows: list[str]) -> None:
    """Words, ``key:value`` and ``!not`` leave exactly what they say."""
    async with open_explorer(NARROW) as user:
        await user.press(pane)
        await user.filter(query)
        user.expect_rows(user.explorer.active, rows)


@pytest.mark.parametrize(
    ("query", "says"),
    [("colour:red", 'no key "colour"'), ("role:dancer", "no role is called 'dancer'"), ("rol:chair", "write role:")],
)
async def test_a_bad_key_says_why_and_keeps_going(query: str, says: str) -> None:
    """Nothing is hidden by a line that cannot be read; the next key that mends it works."""
    async with open_explorer(WIDE) as user:
        await user.press("2", "/")
        await user.type(query)
        user.expect_screen(says)
        assert len(user.rows("speakers")) == 33
        await user.press(*["backspace"] * len(query))
        await user.type("chen")
        user.expect_rows("speakers", CHEN)
        user.expect_not_on_screen(says)


async def test_a_filter_and_a_pin_both_hold() -> None:
    """Within the pinned event, only who is named so."""
    async with open_explorer(WIDE) as user:
        await user.find("round table")
        await user.press("enter", "2")
        await user.filter("chen")
        user.expect_rows("speakers", ["CHEN Lan"])
        user.expect_note("speakers", "1 of 33 shown")


async def test_unpin_all_takes_everything_off() -> None:
    """U takes off pins and filters of every pane at once, and says where there is nothing."""
    async with open_explorer(WIDE) as user:
        await user.press("2")
        await user.filter("chen")
        await user.press("enter", "3", "U")
        assert len(user.rows("speakers")) == 33
        assert not user.explorer.lens.pins
        await user.press("U")
        user.expect_crumb("Nothing is pinned or filtered")


async def test_only_lists_are_filtered() -> None:
    """In the profile the key says where it works."""
    async with open_explorer(WIDE) as user:
        await user.press("5", "/")
        user.expect_crumb("Only a list can do that")
        user.expect_active("profile")


async def test_orders_of_a_list() -> None:
    """s shows a list in each of its orders in turn and comes round; the border names the order."""
    async with open_explorer(WIDE) as user:
        await user.press("3")
        natural = user.rows("organisations")
        await user.press("s")
        user.expect_screen("· most connected")
        connected = user.rows("organisations")
        assert sorted(connected) == sorted(natural)
        first, last = (user.model.row_of(ref) for ref in ("organisation/tencent", "organisation/cpc"))
        rows = list(user.list("organisations").rows)
        assert rows.index(first) < rows.index(last)
        await user.press("s")
        user.expect_screen("· earliest")
        await user.press("s")
        user.expect_rows("organisations", natural)
        await user.press("1", "s")
        user.expect_crumb("The timeline has one order")


async def test_a_filter_of_odd_characters_is_harmless() -> None:
    """Brackets, quotes and stars are words like any other."""
    async with open_explorer(MEDIUM) as user:
        await user.press("2", "/")
        for query in ("[/]", '"', "*", "(", "AND OR NOT", "^", "a:", "!", "黄", "'"):
            await user.type(query)
            user.expect_sound()
            await user.press("ctrl+u")


async def test_the_breadcrumb_follows_an_accepted_filter() -> None:
    """The line that the prompt stood in says what the filter left highlighted."""
    async with open_explorer(WIDE) as user:
        await user.press("2")
        await user.filter("role:moderator")
        user.expect_profile("FU Changbo")
        user.expect_crumb("● FU Changbo")

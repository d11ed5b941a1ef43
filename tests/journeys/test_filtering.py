"""The filter of a pane: a line of the query language, followed as it is typed."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from tests.driver import MEDIUM, NARROW, WIDE, open_explorer
from tests.journeys.world import LISTS as PANES
from tests.journeys.world import World

CHEN = ["CHEN Lan", "CHEN Yan"]


async def test_rows_follow_every_key() -> None:
    """The list narrows while one types, and the border says by what and how far."""
    async with open_explorer(MEDIUM) as user:
        await user.press("2", "g", "/")
        await user.type("chen")
        user.expect_rows("speakers", CHEN)
        user.expect_screen("2 of 28")
        user.expect_profile("CHEN Lan")
        await user.type(" y")
        user.expect_rows("speakers", ["CHEN Yan"])
        user.expect_profile("CHEN Yan")
        await user.press("backspace", "backspace")
        user.expect_rows("speakers", CHEN)
        await user.press("enter")
        user.expect_active("speakers")
        user.expect_screen("/chen")


async def test_giving_up_takes_the_filter_off(world: World) -> None:
    """Esc in the line clears it; Esc in the list clears one that was kept."""
    async with world.open(MEDIUM) as user:
        await user.press("2", "/")
        await user.type("role:moderator")
        await user.press("escape")
        user.expect_active("speakers")
        user.expect_rows("speakers", world.rows("speakers"))
        await user.filter("role:moderator")
        await user.press("escape")
        user.expect_rows("speakers", world.rows("speakers"))
        user.expect_not_on_screen("/role:moderator")


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
        ("4", "unique", ["Are the practices unique to China?"]),
        ("2", "role:moderator or chen", ["CHEN Lan", "CHEN Yan", "FU Changbo"]),
        ("2", "(fu or chen) !lan !yan role:moderator", ["FU Changbo"]),
        ("2", "!(!role:moderator or chen", ["FU Changbo"]),
    ],
)
async def test_words_keys_and_negations(pane: str, query: str, rows: list[str]) -> None:
    """Words, ``key:value`` and ``!not`` leave exactly what they say."""
    async with open_explorer(NARROW) as user:
        await user.press(pane)
        await user.filter(query)
        user.expect_rows(user.explorer.state.pane, rows)


@pytest.mark.parametrize(
    ("pane", "query", "key", "wanted", "unwanted"),
    [
        ("speakers", "role:moderator", "role", "moderator", ""),
        ("speakers", "role:moderator !role:panellist", "role", "moderator", "panellist"),
        ("speakers", "!role:moderator", "role", "", "moderator"),
        ("organisations", "type:foundation", "type", "foundation", ""),
        ("organisations", "!type:company", "type", "", "company"),
        ("timeline", "type:workshop", "type", "workshop", ""),
    ],
)
async def test_keys_leave_what_the_file_says(
    pane: str, query: str, key: str, wanted: str, unwanted: str, world: World
) -> None:
    """Exactly the records that have the one value and not the other."""
    has = world.roles if key == "role" else {ref: {row.get("type")} for ref, row in world.documents.items()}
    kept = [
        ref
        for ref in world.lists[pane]
        if (not wanted or wanted in has[ref]) and (not unwanted or unwanted not in has[ref])
    ]
    async with world.open(NARROW) as user:
        await user.press(str(PANES.index(pane) + 1))
        await user.filter(query)
        user.expect_rows(pane, world.labels(kept))


async def test_a_word_finds_whoever_is_called_so(world: World) -> None:
    """A name in the filter keeps who bears it, and the beginning of one whoever has a name that begins so."""
    name = world.label(world.panellist)
    async with world.open(NARROW) as user:
        await user.press("2")
        await user.filter(name)
        user.expect_rows("speakers", [name])
        await user.press("escape")
        await user.filter(name.split()[0][:3])
        called = [label for label in world.rows("speakers") if world.begins(label, name.split()[0][:3])]
        assert name in called
        assert set(called) <= set(user.rows("speakers"))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("colour:red", 'column 1: there is no key "colour"'),
        ("a or type:workshop", "type: has no meaning for person or participation records"),
        ("role:dancer", "no role is called 'dancer'"),
        ("rol:chair", "write role:"),
    ],
)
async def test_a_bad_key_says_why_and_keeps_going(query: str, says: str) -> None:
    """Nothing is hidden by a line that cannot be read; the next key that mends it works."""
    async with open_explorer(WIDE) as user:
        await user.press("2", "/")
        await user.type(query)
        user.expect_screen(says)
        assert len(user.rows("speakers")) == 28
        await user.press(*["backspace"] * len(query))
        await user.type("chen")
        user.expect_rows("speakers", CHEN)
        user.expect_not_on_screen(says)


async def test_a_filter_and_a_pin_both_hold(world: World) -> None:
    """Within the pinned event, only who has moderated."""
    kept = [
        ref for ref in world.lists["speakers"] if ref in world.tied[world.panel] and "moderator" in world.roles[ref]
    ]
    async with world.open(WIDE) as user:
        await user.find(world.label(world.panel))
        await user.press("enter", "2")
        await user.filter("role:moderator")
        user.expect_rows("speakers", world.labels(kept))
        user.expect_note("speakers", f"{len(kept)} of {world.count('speakers'):,} shown")


async def test_unpin_all_takes_everything_off(world: World) -> None:
    """U takes off pins and filters of every pane at once, and says where there is nothing."""
    async with world.open(WIDE) as user:
        await user.press("2")
        await user.filter("role:moderator")
        await user.press("enter", "3", "U")
        for pane in PANES:
            user.expect_rows(pane, world.rows(pane))
        assert not user.explorer.state.lens.pins
        await user.press("U")
        user.expect_crumb("Nothing is pinned or filtered")


async def test_only_lists_are_filtered(world: World) -> None:
    """In the profile the key says where it works."""
    async with world.open(WIDE) as user:
        await user.press("5", "/")
        user.expect_crumb("Only a list can do that")
        user.expect_active("profile")


async def test_orders_of_a_list(world: World) -> None:
    """s shows a list in each of its orders in turn and comes round; the border names the order."""
    natural = world.rows("organisations")
    listed = {ref for pane in PANES for ref in world.lists[pane]}
    related = {ref: len(world.tied[ref] & listed) for ref in world.lists["organisations"]}
    async with world.open(WIDE) as user:
        await user.press("3")
        user.expect_rows("organisations", natural)
        await user.press("s")
        user.expect_screen("· most connected")
        shown = [user.model.one(row).id for row in user.list("organisations").rows]
        assert sorted(shown) == sorted(world.lists["organisations"])
        user.expect([related[ref] for ref in shown], sorted(related.values(), reverse=True), "numbers of ties")
        await user.press("s")
        user.expect_screen("· earliest")
        assert sorted(user.rows("organisations")) == sorted(natural)
        await user.press("s")
        user.expect_rows("organisations", natural)
        await user.press("1", "s")
        user.expect_crumb("The timeline has one order")


async def test_a_filter_of_odd_characters_is_harmless(world: World) -> None:
    """Brackets, quotes and stars are words like any other."""
    async with world.open(MEDIUM) as user:
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


async def test_tab_completes_the_key_and_the_value() -> None:
    """Each Tab goes on to the next that continues what was typed; where nothing does, it keeps the filter."""
    async with open_explorer(WIDE) as user:
        await user.press("2", "/")
        await user.type("chen !ro")
        assert user.explorer.prompt is not None
        await user.press("tab")
        user.expect(user.explorer.prompt.value, "chen !role:", "the line")
        await user.type("pa")
        await user.press("tab")
        user.expect(user.explorer.prompt.value, "chen !role:panellist", "the line")
        user.expect_rows("speakers", ["CHEN Yan"])
        await user.press("ctrl+u")
        await user.type("role:")
        lines = []
        for _ in range(2):
            await user.press("tab")
            lines.append(user.explorer.prompt.value)
        assert len(set(lines)) == 2
        assert all(line.startswith("role:") for line in lines)
        assert user.explorer.state.typing
        await user.press("ctrl+u")
        await user.type("chen 1")
        await user.press("tab")
        assert not user.explorer.state.typing


async def test_tab_completes_in_the_palette() -> None:
    """The line takes the key and the value that are offered."""
    async with open_explorer(WIDE) as user:
        await user.press("ctrl+p")
        await user.type("!rol")
        await user.press("tab")
        await user.type("moder")
        await user.press("tab")
        user.expect(user.app.screen.query_one("#line", Input).value, "!role:moderator", "the line")

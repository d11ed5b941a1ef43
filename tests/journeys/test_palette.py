"""The palette: commands and records in one list."""

from __future__ import annotations

import asyncio

import pytest

from convenings.tui.dialogs.palette import PaletteInput
from convenings.tui.panes.choices import ChoiceList
from tests.driver import MEDIUM, NARROW, SIZES, WIDE, open_explorer
from tests.journeys.world import LISTS, World

QUERIES = {
    "tencent": "organisation/tencent",
    "hao ming huang": "person/huang-haoming",
    "huang haoming": "person/huang-haoming",
    "lü zhenya": "person/lv-zhenya",
    "lyu zhenya": "person/lv-zhenya",
    "sprc": "organisation/sprc",
    "e-station": "initiative/",
    "red cros": "organisation/china-red-cross",
    "unique china": "question/unique-to-china",
    "moderator": "person/fu-changbo",
}


@pytest.mark.parametrize(("typed", "ref"), QUERIES.items(), ids=QUERIES)
async def test_the_right_record_is_first_and_enter_goes_there(typed: str, ref: str) -> None:
    """Whatever people write, the record they mean stands first, with its kind and context."""
    async with open_explorer(NARROW) as user:
        await user.press("ctrl+p")
        await user.type(typed)
        label, context, kind = user.choices()[0]
        assert ref.startswith(f"{kind}/")
        assert context
        assert len(user.choices()) <= 50
        user.expect_screen(kind)
        user.expect_sound()
        await user.press("enter")
        user.expect_profile(label)
        assert user.subject().startswith(ref)
        user.expect_crumb(label)


@pytest.mark.parametrize("who", ["panel", "moderator", "panellist", "body", "question"])
async def test_a_name_in_any_case_leads_to_its_record(who: str, world: World) -> None:
    """The record that is called what was typed stands first, and Enter goes there; a person's in either order."""
    ref = getattr(world, who)
    label = world.label(ref)
    for typed in (label, label.upper(), label.casefold()):
        async with world.open(NARROW) as user:
            await user.press("ctrl+p")
            await user.type(typed)
            user.expect_first_hit(label)
            await user.press("enter")
            user.expect_profile(label)
            assert user.subject() == ref
            user.expect_active(next(pane for pane in LISTS if ref in world.lists[pane]))


@pytest.mark.parametrize("who", ["moderator", "panellist"])
async def test_a_person_is_found_by_names_in_either_order(who: str, world: World) -> None:
    """Family name first or last: the person stands among the first."""
    label = world.label(getattr(world, who))
    async with world.open(NARROW) as user:
        await user.press("ctrl+p")
        await user.type(" ".join(reversed(label.split())))
        assert label in [found for found, _, _ in user.choices()[:5]]


async def test_at_most_fifty_rows(world: World) -> None:
    """One letter finds more than can be read: fifty are shown, and it is said of how many."""
    async with world.open(MEDIUM) as user:
        await user.press("ctrl+p")
        await user.type("s")
        assert len(user.choices()) == 50
        user.expect_screen("50 of ")


async def test_nothing_found_is_said(world: World) -> None:
    """The palette says so, and Enter does nothing."""
    async with world.open(MEDIUM) as user:
        await user.press("ctrl+p")
        await user.type("xyzzyq")
        assert not user.choices()
        user.expect_screen("Nothing is called that, nor says it")
        await user.press("enter", "escape")
        user.expect_active("timeline")


async def test_commands_are_found_and_run(world: World) -> None:
    """A command stands before records where its name begins with what was typed, with its key; Enter runs it."""
    async with world.open(WIDE) as user:
        await user.press("ctrl+p")
        await user.type("zoom")
        user.expect_first_hit("zoom")
        assert user.choices()[0][2] == "z"
        await user.press("enter")
        assert user.explorer.state.zoomed
        await user.press("ctrl+p")
        await user.type("quest")
        user.expect_first_hit("questions")
        await user.press("enter")
        user.expect_active("questions")


async def test_an_empty_line_lists_the_commands(world: World) -> None:
    """Before anything is typed, the palette shows what the program can do."""
    async with world.open(WIDE) as user:
        await user.press("ctrl+p")
        labels = [label for label, _, _ in user.choices()]
        assert {"pin", "evidence", "filter", "quit"} <= set(labels)
        await user.press("escape")
        user.expect_active("timeline")


async def test_a_command_that_cannot_act_says_why(world: World) -> None:
    """Chosen in the palette, a command refuses in the same words as by its key."""
    async with world.open(WIDE) as user:
        await user.find("unpin all")
        user.expect_crumb("Nothing is pinned or filtered")


async def test_the_cursor_chooses_another_hit(world: World) -> None:
    """Down goes to the second hit, page keys further; typing on goes back to the first."""
    async with world.open(NARROW) as user:
        await user.press("ctrl+p")
        await user.type("chen")
        second = user.choices()[1][0]
        await user.press("down", "pagedown", "pageup", "up", "up", "down")
        await user.press("enter")
        user.expect_profile(second)


async def test_the_query_language_works_here_too() -> None:
    """Keys and negations narrow the hits; a key that is none is explained."""
    async with open_explorer(WIDE) as user:
        await user.press("ctrl+p")
        await user.type("kind:person role:panellist chen")
        user.expect([label for label, _, _ in user.choices()], ["CHEN Lan"], "hits")
        await user.press("ctrl+u")
        await user.type("kind:person chen !lan")
        labels = [label for label, _, _ in user.choices()]
        assert labels[0] == "CHEN Yan"
        assert "CHEN Lan" not in labels
        await user.press("ctrl+u")
        await user.type("colour:red")
        user.expect_screen('no key "colour"')


async def test_what_is_marked_or_pinned_is_found_here_as_a_filter_finds_it() -> None:
    """The palette knows the marks and pins of the panes behind it."""
    async with open_explorer(WIDE) as user:
        await user.press("2")
        await user.filter("role:moderator")
        await user.press("m", "escape")
        await user.filter("is:marked")
        user.expect_rows("speakers", ["FU Changbo"])
        await user.press("escape")
        for line in ("kind:person is:marked", "kind:person (is:marked or is:noted)", "fu is:marked !is:pinned"):
            await user.press("ctrl+p")
            await user.type(line)
            user.expect([label for label, _, _ in user.choices()], ["FU Changbo"], "hits")
            user.expect_screen("*● FU Changbo")
            await user.press("escape")
        await user.press("enter", "ctrl+p")
        await user.type("is:pinned or kind:gap is:noted")
        assert len(user.choices()) == 1


@pytest.mark.parametrize("size", [(40, 12), *SIZES.values()])
async def test_it_fits_every_size(size: tuple[int, int]) -> None:
    """Labels and kinds can be read at every size, and every line is whole."""
    async with open_explorer(size) as user:
        await user.press("ctrl+p")
        await user.type("tencent")
        user.expect_screen("■ Tencent ", "company")
        user.expect_sound()


async def test_a_hit_outside_the_lens_takes_the_lens_off_and_says_so(world: World) -> None:
    """Going to a record that pins and filters hide shows it all the same."""
    absent = next(
        ref
        for ref in world.lists["speakers"]
        if ref.startswith("person/") and ref not in world.tied[world.panel] and world.only(ref)
    )
    async with world.open(WIDE) as user:
        await user.find(world.label(world.panel))
        await user.press("enter")
        await user.find(world.label(absent))
        user.expect_cursor("speakers", world.label(absent))
        user.expect_crumb("pins and filters were taken off")
        await user.press("[")
        user.expect_crumb(f"▶ {world.label(world.panel)}")
        user.expect_rows("speakers", world.rows("speakers", world.panel))


async def test_the_theme_can_be_chosen_from_it() -> None:
    """The system's own commands are offered beside ours."""
    async with open_explorer(WIDE) as user:
        await user.press("ctrl+p")
        await user.type("theme")
        user.expect_first_hit("theme")


@pytest.mark.parametrize("who", ["panel", "moderator", "body"])
async def test_all_that_refers_to_a_record_is_listed(who: str, world: World) -> None:
    """u lists as many records as have the id on their lines of the file, and Enter goes to the first."""
    ref = getattr(world, who)
    lines = [line for line in world.path.read_text(encoding="utf-8").splitlines() if f'"{ref}"' in line]
    async with world.open(WIDE) as user:
        await user.find(world.label(ref))
        await user.press("u")
        user.expect_screen(f"Refer to {world.label(ref)}")
        user.expect(len(user.choices()), len(lines) - 1, "records that refer to it")
        first = user.choices()[0][0]
        await user.press("enter")
        user.expect_profile(first)


async def test_what_refers_to_a_record() -> None:
    """u lists the records that point here, with the field, and Enter goes to one; where none does, it says so."""
    async with open_explorer(WIDE) as user:
        await user.find("fu changbo")
        await user.press("u")
        user.expect_screen("Refer to FU Changbo")
        found = user.choices()
        user.expect_screen("── is its part in an event")
        assert ("FU Changbo, moderator, Round table discussion", "", "participation") in found
        await user.press("j", "k", "down", "up", "enter")
        user.expect_profile(found[0][0])
        await user.press("u", "escape")
        user.expect_profile(found[0][0])


async def test_a_line_longer_than_the_palette_shows_its_end_and_its_beginning() -> None:
    """Typing goes on at the right; Home goes back to the first word."""
    async with open_explorer(NARROW) as user:
        await user.press("ctrl+p")
        await user.type("first " + "between " * 20 + "last")
        user.expect_screen("between last")
        assert "first" not in user.screen()
        await user.press("home")
        user.expect_screen("first between")
        assert "between last" not in user.screen()
        user.expect_sound()


async def test_hits_are_painted_with_the_letter_that_finds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for another frame: when no key is waiting any more, the list is to be painted."""
    async with open_explorer(MEDIUM) as user:
        await user.press("ctrl+p")
        painted: list[object] = []
        monkeypatch.setattr(user.app.screen.query_one(ChoiceList), "refresh", lambda *regions: painted.extend(regions))
        user.app.screen.query_one(PaletteInput).value = "tencent"
        await asyncio.sleep(0)
        assert painted

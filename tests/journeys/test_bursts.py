"""Keys and clicks that come faster than the screen can follow: each does what it is meant for."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from textual import events

from convenings.index.search import Hits
from convenings.tui.explorer.screen import Explorer
from convenings.tui.input_line import CUT, LONGEST_LINE, InputLine
from convenings.tui.panes.choices import ChoiceList
from convenings.workspace import Workspace
from tests.driver import NARROW, ROOT, WIDE, User, open_explorer


async def double_click(user: User, x: int, y: int) -> None:
    """Press and release the mouse twice at one place, before anything could be seen of the first time."""
    click(user, x, y)
    click(user, x, y)
    await user.settle()


def click(user: User, x: int, y: int) -> None:
    """Press and release the mouse."""
    for kind in (events.MouseDown, events.MouseUp):
        user.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))


async def test_two_enters_in_the_palette_go_to_a_record_once() -> None:
    """The second one was typed before the palette was seen to close: it is not for what lies under it."""
    async with open_explorer(NARROW) as user:
        await user.press("ctrl+p")
        await user.burst(*"tencent", "enter", "enter", "enter")
        user.expect_profile("Tencent")
        assert not user.explorer.state.lens.pins
        await user.press("enter")
        user.expect_crumb("1 pinned")


async def test_all_at_once_from_the_key_of_the_palette_on() -> None:
    """One burst opens, types and takes."""
    async with open_explorer(NARROW) as user:
        await user.burst("ctrl+p", *"tencent", "enter", "enter")
        user.expect_profile("Tencent")
        assert not user.explorer.state.lens.pins


async def test_an_enter_before_the_explorer_is_seen_again_does_nothing() -> None:
    """Nobody can mean what is not on the screen yet."""
    async with open_explorer(NARROW) as user:
        await user.press("ctrl+p")
        await user.type("tencent")
        user.app.post_message(events.Key("enter", None))
        while not isinstance(user.app.screen, Explorer):
            await asyncio.sleep(0)
        await user.press("enter")
        user.expect_profile("Tencent")
        assert not user.explorer.state.lens.pins


async def test_a_double_click_in_the_palette_takes_one_choice() -> None:
    """What lies under the mouse once the palette is closed was not clicked."""
    async with open_explorer(WIDE) as user:
        await user.press("ctrl+p")
        await user.type("tencent")
        region = user.app.screen.query_one(ChoiceList).region
        await double_click(user, region.x + 5, region.y + 1)
        user.expect_profile("Tencent")
        assert isinstance(user.app.screen, Explorer)
        assert not user.explorer.state.lens.pins


async def test_the_second_click_of_two_is_for_what_the_first_one_hit() -> None:
    """Also where it comes when the palette is closed already."""
    async with open_explorer(WIDE) as user:
        await user.press("ctrl+p")
        await user.type("tencent")
        region = user.app.screen.query_one(ChoiceList).region
        click(user, region.x + 5, region.y + 1)
        while not isinstance(user.app.screen, Explorer):
            await asyncio.sleep(0)
        click(user, region.x + 5, region.y + 1)
        await user.settle()
        user.expect_profile("Tencent")


async def test_a_double_click_on_a_command_runs_it_once() -> None:
    """A command that opens something opens it once."""
    async with open_explorer(WIDE) as user:
        await user.press("ctrl+p")
        await user.type("used by")
        region = user.app.screen.query_one(ChoiceList).region
        await double_click(user, region.x + 5, region.y + 1)
        assert len(user.app.screen_stack) == 2


async def test_two_enters_and_two_clicks_among_referrers() -> None:
    """A list of what refers to a record closes once, too."""
    async with open_explorer(WIDE) as user:
        await user.press("u")
        await user.burst("enter", "enter")
        assert isinstance(user.app.screen, Explorer)
        assert not user.explorer.state.lens.pins
        await user.press("u")
        region = user.app.screen.query_one(ChoiceList).region
        await double_click(user, region.x + 5, region.y + 1)
        await double_click(user, region.x + 5, region.y + 1)
        assert not user.explorer.state.lens.pins


async def test_a_note_is_kept_once() -> None:
    """The key that keeps a note may come twice, as may the one that gives it up."""
    async with open_explorer(NARROW) as user:
        await user.press("n")
        await user.burst(*"zebra", "ctrl+s", "ctrl+s")
        user.expect_crumb("Note kept")
        await user.press("n")
        await user.burst("escape", "ctrl+s")
        assert isinstance(user.app.screen, Explorer)


async def test_keys_of_one_burst_are_searched_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the line is, what came together is one search; so it is with a filter."""
    async with open_explorer(NARROW) as user:
        lines: list[str] = []
        search = Workspace.search

        def searched(self: Workspace, line: str, *args: Any, **kwargs: Any) -> Hits:
            lines.append(line)
            return search(self, line, *args, **kwargs)

        monkeypatch.setattr(Workspace, "search", searched)
        await user.press("ctrl+p")
        await user.type("tencent " * 40)
        assert lines[-1].startswith("tencent tencent")
        assert len(lines) < 10
        await user.press("escape", "slash")
        typed = user.explorer.filter_typed

        def filtered(line: str) -> None:
            lines.append(line)
            typed(line)

        monkeypatch.setattr(user.explorer, "filter_typed", filtered)
        lines.clear()
        await user.type("beijing " * 20)
        await user.press("enter")
        assert user.explorer.state.lens.filters["timeline"] == "beijing " * 20
        assert len(lines) < 10


@pytest.mark.parametrize("keys", [("ctrl+p",), ("slash",)], ids=["palette", "filter"])
async def test_a_long_text_is_pasted_as_one_line_and_cut_with_a_word(keys: tuple[str, ...]) -> None:
    """Of a text of a megabyte the line takes what it may hold, at once, and says so until it is shorter."""
    async with open_explorer(WIDE) as user:
        await user.press(*keys)
        line = user.app.screen.query_one(InputLine)
        user.app.post_message(events.Paste("lorem\nipsum " * 100_000))
        await user.settle()
        assert line.value.startswith("lorem ipsum lorem")
        assert len(line.value) == LONGEST_LINE
        user.expect_screen(CUT)
        await user.type("x")
        assert len(line.value) == LONGEST_LINE
        user.expect_screen(CUT)
        await user.press("backspace")
        user.expect_not_on_screen(CUT)


def test_every_dialog_closes_once() -> None:
    """A modal of another kind would fail where two keys meet it."""
    for path in sorted((ROOT / "src" / "convenings" / "tui").rglob("*.py")):
        if path.name != "dialog.py":
            assert "ModalScreen" not in path.read_text(encoding="utf-8"), path.name


async def test_an_enter_right_at_the_start_is_meant_for_the_explorer() -> None:
    """No dialog lay over it, however late the first painting is told."""
    async with open_explorer(WIDE) as user:
        user.explorer.on_screen_resume()
        assert not user.explorer.is_covered

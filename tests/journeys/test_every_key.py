"""Every command, in every pane: nothing breaks, and a key that cannot act says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.tui.commands.places import enter, start
from convenings.tui.commands.registry import BROWSING, COMMANDS, key_name
from convenings.tui.explorer.screen import Explorer
from tests.driver import MEDIUM, NARROW, WIDE, User, open_explorer
from tests.journeys.world import World
from tests.unit import factory

PANES = ("timeline", "speakers", "organisations", "questions", "profile", "evidence")
MODAL = {
    "palette",
    "referrers",
    "note",
    "edit",
    "add",
    "remove",
    "merge",
    "split",
    "list_marked",
    "source_text",
    "help",
    "messages",
    "theme",
    "filter",
}
"""Commands that open something that takes the keys."""
TESTED = [command for command in BROWSING if command.id not in ("quit", "suspend")]


async def go(user: User, pane: str) -> None:
    """Start anew in a pane."""
    explorer = user.explorer
    explorer.restore(start(explorer.context))
    if pane == "evidence":
        await explorer.action_do("evidence")
    else:
        explorer.show(enter(explorer.current(), explorer.context, pane))


async def press_all(user: User, pane: str) -> None:
    """Press the first key of every command in a pane."""
    for command in TESTED:
        await go(user, pane)
        await user.settle()
        refused = command.refusal(user.explorer.current(), user.explorer.context)
        if command.keys:
            await user.press(command.keys.split(",")[0])
        else:
            await user.explorer.action_do(command.id)
            await user.settle()
        if refused:
            user.expect_crumb(refused[:30])
        elif command.id in MODAL:
            await user.press("escape")
            assert isinstance(user.app.screen, Explorer)
            user.expect(user.explorer.focused, user.explorer.focused_pane(), f"focus after {command.id}")
        user.expect_sound()
        assert user.app.is_running


@pytest.mark.parametrize("pane", PANES)
async def test_every_command_in_every_pane(pane: str, world: World) -> None:
    """No key breaks anything, wherever it is pressed."""
    async with world.open(NARROW if pane in ("timeline", "speakers", "profile") else MEDIUM) as user:
        await press_all(user, pane)


@pytest.mark.parametrize("pane", ["timeline", "speakers", "profile"])
async def test_every_command_without_any_record(pane: str, tmp_path: Path) -> None:
    """A dataset with nothing in it is shown, and every key can be pressed."""
    path = tmp_path / "empty.json"
    factory.write(path, [])
    async with open_explorer(NARROW, path) as user:
        user.expect_sound()
        await press_all(user, pane)


async def test_other_keys_of_a_command_do_the_same() -> None:
    """Each of a command's keys is bound to it."""
    async with open_explorer(NARROW) as user:
        bound = {
            (binding.key, binding.action)
            for bindings in user.explorer._bindings.key_to_bindings.values()
            for binding in bindings
        }
        for command in COMMANDS:
            for key in filter(None, command.keys.split(",")):
                assert (key, f"do('{command.id}')") in bound, key_name(key)


async def test_vi_keys_are_arrows() -> None:
    """j k h l move as the arrows do."""
    async with open_explorer(WIDE) as user:
        await user.press("j", "j", "k", "k")
        user.expect_cursor("timeline", "Beijing workshop")
        await user.press("h")
        user.expect_screen("▸ Beijing workshop")
        await user.press("l")
        user.expect_screen("▾ Beijing workshop")


@pytest.mark.parametrize("pane", PANES)
async def test_first_last_and_pages(pane: str, world: World) -> None:
    """g, G and the page keys stop at both ends."""
    async with world.open(NARROW) as user:
        await user.press("down")
        if pane == "evidence":
            await user.press("e")
        else:
            await go(user, pane)
            await user.settle()
        found = user.explorer.focused_pane()
        await user.press("g", "pageup", "up")
        assert found.offset_item == 0
        await user.press("G", "pagedown", "down")
        # Above the last items there is room for a divider that does not stand among them.
        assert 0 <= max(0, found.count - found.capacity) - found.offset_item <= len(found.dividers)
        user.expect_sound()
        await user.press("ctrl+u", "ctrl+d", "home", "end", "home")
        assert found.offset_item == 0

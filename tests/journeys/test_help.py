"""The list of keys: over the explorer, walked by keys and mouse, filtered as one types, and run from."""

from __future__ import annotations

import pytest

from convenings.tui.commands.registry import BROWSING
from convenings.tui.dialogs.help import EVERYWHERE, NOT_HERE, Help
from tests.driver import MEDIUM, NARROW, SIZES, User, open_explorer

SMALLEST = (40, 12)


def help_of(user: User) -> Help:
    """The help that is open."""
    screen = user.app.screen
    assert isinstance(screen, Help)
    return screen


def listed(user: User) -> list[str]:
    """Ids of the commands that are listed, in order."""
    return [entry.value.removeprefix("command:") for entry in help_of(user).matches]


@pytest.mark.parametrize("size", [SMALLEST, *SIZES.values()])
async def test_every_command_can_be_read_by_keys_alone(size: tuple[int, int]) -> None:
    """Page by page and row by row: its name, its keys and its sentence, whole."""
    async with open_explorer(size) as user:
        await user.press("question_mark")
        text = ""
        for _ in range(60):
            text += " ".join(line.strip(" │▐┃╭╮╰╯") for line in user.lines(user.region("menu"))[1:-1]) + " "
            user.expect_sound()
            await user.press("pagedown")
        words = " ".join(text.split())
        for command in BROWSING:
            last = " ".join(command.help.split()[-4:])
            assert last in words or command.help in words, command.id
        assert user.explorer.state == user.explorer.current()


async def test_no_key_reaches_the_panes_behind() -> None:
    """What is pressed while it is open marks and moves nothing."""
    async with open_explorer(NARROW) as user:
        before = user.explorer.current()
        await user.press("question_mark", "down", "down", "pagedown", "up", "m", "U", "G", "tab", "escape")
        assert user.explorer.current() == before
        assert not user.explorer.context.marked
        assert not isinstance(user.app.screen, Help)


async def test_the_panes_own_keys_come_first() -> None:
    """Then those of everywhere; last those that can do nothing now, with the reason."""
    async with open_explorer(MEDIUM) as user:
        await user.press("question_mark")
        entries = help_of(user).matches
        assert [*dict.fromkeys(entry.heading for entry in entries)] == ["In Timeline", EVERYWHERE, NOT_HERE]
        assert {"closer", "left", "filter", "pin"} <= {c.split(":")[1] for c in _of(user, "In Timeline")}
        reasons = {entry.name: entry.text for entry in entries if entry.heading == NOT_HERE}
        assert "The timeline has one order" in reasons["sort"]
        user.expect_screen("In Timeline", "◆ a day or a time as stated", "Everywhere")
        await user.press("escape", "5", "question_mark")
        assert "command:cite" in _of(user, "In Profile")
        assert "command:closer" not in _of(user, "In Profile")
        user.expect_screen("follow", "[1] is evidence")
        await user.press("escape", "e", "question_mark")
        user.expect_screen("In Evidence", "close ")


def _of(user: User, heading: str) -> list[str]:
    return [entry.value for entry in help_of(user).matches if entry.heading == heading]


async def test_it_is_filtered_as_one_types_and_runs_what_is_chosen() -> None:
    """A key finds its command first, then names, then sentences; Enter does it, in the pane behind."""
    async with open_explorer(NARROW) as user:
        await user.press("question_mark")
        await user.type("m")
        assert listed(user)[0] == "mark"
        await user.press("backspace")
        await user.type("marked")
        assert listed(user)[0] == "show_marked"
        await user.press("ctrl+z", "ctrl+z")
        user.expect_screen("mark ")
        await user.press("enter")
        user.expect_crumb("Marked: Beijing workshop")
        await user.press("question_mark")
        await user.type("zzzz")
        user.expect_screen("Nothing here is called that")
        await user.press("enter")
        assert isinstance(user.app.screen, Help)
        await user.press("escape", "question_mark")
        await user.type("speakers")
        await user.press("enter")
        user.expect_active("speakers")


async def test_what_can_do_nothing_here_says_why_also_when_it_is_run() -> None:
    """As its key does."""
    async with open_explorer(NARROW) as user:
        await user.press("question_mark")
        await user.type("sort")
        await user.press("enter")
        user.expect_crumb("The timeline has one order")


async def test_two_enters_in_one_burst_run_it_once() -> None:
    """And nothing breaks."""
    async with open_explorer(NARROW) as user:
        await user.press("question_mark")
        await user.type("mark")
        await user.burst("enter", "enter")
        assert not isinstance(user.app.screen, Help)
        assert len(user.explorer.context.marked) == 1


async def test_it_is_used_by_the_mouse() -> None:
    """The wheel scrolls, a click runs; a click on a heading, or beside it all, runs nothing."""
    async with open_explorer(MEDIUM) as user:
        await user.press("question_mark")
        await user.click_text("menu", "In Timeline")
        assert isinstance(user.app.screen, Help)
        await user.wheel("menu", 3)
        user.expect_not_on_screen("In Timeline")
        await user.wheel("menu", -3)
        await user.click_text("menu", "Mark this record")
        user.expect_crumb("Marked: Beijing workshop")
        await user.press("question_mark")
        await user.pilot.click(offset=(0, 0))
        await user.settle()
        assert not isinstance(user.app.screen, Help)


async def test_keys_are_called_as_in_the_line_of_keys() -> None:
    """By one name each, wherever they stand, and label and sentence stand apart."""
    async with open_explorer((200, 50)) as user:
        line = user.lines(user.region("keys"))[0]
        await user.press("question_mark")
        rows = {entry.value.split(":")[1]: entry for entry in help_of(user).entries}
        for command in BROWSING:
            if command.position and f" {command.label} " in line:
                assert f" {rows[command.id].key.split()[0]} {command.label} " in line
        user.expect_screen("^p ^k :  search          Find any command")


async def test_the_list_stays_at_its_row_in_another_size() -> None:
    """The row under the cursor is under it in any width."""
    async with open_explorer(MEDIUM) as user:
        await user.press("question_mark", *["down"] * 9)
        chosen = help_of(user).current
        for size in (SMALLEST, NARROW, MEDIUM):
            await user.resize(*size)
            assert help_of(user).current == chosen
            user.expect_sound()

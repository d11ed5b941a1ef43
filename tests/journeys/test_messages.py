"""What is said is never cut: it takes the lines it needs, and what is longer still is opened whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.tui.explorer.messages import LONGEST, advice, remember
from tests.driver import MEDIUM, NARROW, WIDE, User, open_explorer

SMALLEST = (40, 12)
SENTENCE = "A sentence about what has just happened here, with all that somebody has to know and do about it, whole"


def said_on(user: User, bar: str = "crumb") -> str:
    """What a bar says, its lines joined."""
    return " ".join(" ".join(user.lines(user.region(bar))).split())


@pytest.mark.parametrize("size", [SMALLEST, NARROW, MEDIUM, WIDE])
async def test_a_sentence_takes_the_lines_that_it_needs(size: tuple[int, int]) -> None:
    """Over the panes, which stay as they are under it; with the next key it is gone."""
    async with open_explorer(size) as user:
        user.explorer.say("")
        await user.settle()
        before = user.screen()
        user.explorer.say(SENTENCE)
        await user.settle()
        assert said_on(user) == SENTENCE
        assert user.region("crumb").bottom == size[1] - 1
        user.expect_sound()
        user.explorer.say("Short")
        await user.settle()
        assert user.region("crumb").height == 1
        user.explorer.say("")
        await user.settle()
        assert user.screen() == before


@pytest.mark.parametrize("size", [SMALLEST, NARROW])
async def test_every_refusal_can_be_read(size: tuple[int, int]) -> None:
    """At the widths at which sentences were cut."""
    async with open_explorer(size) as user:
        await user.press("5", "slash")
        assert said_on(user) == "Only a list can do that: go to one with 1, 2, 3 or 4"
        await user.press("1", "s")
        assert said_on(user) == "The timeline has one order, that of time; 2, 3 and 4 can be sorted"


@pytest.mark.parametrize("size", [SMALLEST, NARROW])
async def test_what_is_wrong_with_a_filter_can_be_read_while_it_is_typed(size: tuple[int, int]) -> None:
    """The line that is typed into stays in sight above it."""
    async with open_explorer(size) as user:
        await user.press("2", "slash")
        await user.type("colour:red")
        sentence = user.explorer.message
        assert "colour" in sentence
        assert said_on(user, "keys") == sentence
        assert "colour:red" in user.lines(user.region("prompt"))[0]
        await user.press("escape")
        assert user.region("keys").height == 1
        user.expect_keys("? keys")


async def test_a_text_of_any_length_is_opened_whole() -> None:
    """Half of the screen at most is covered; its last line says which key shows the rest."""
    async with open_explorer(NARROW) as user:
        user.explorer.say(" ".join(f"word{number}" for number in range(300)))
        await user.settle()
        assert user.region("crumb").height == NARROW[1] // 2
        assert said_on(user).endswith("! shows all of it")
        user.expect_sound()
        await user.press("exclamation_mark")
        user.expect_screen("Messages", "word0 ")
        await user.press("pagedown", "pagedown", "pagedown")
        user.expect_screen("word299")
        await user.press("escape")
        user.explorer.say("x" * 1_000_000)
        await user.settle()
        user.expect_sound()


async def test_what_was_said_can_be_read_again() -> None:
    """The last sentence first, each once; Enter copies one."""
    async with open_explorer(NARROW) as user:
        await user.press("exclamation_mark")
        user.expect_crumb("Nothing has been said yet")
        await user.press("m", "5", "slash", "down", "exclamation_mark")
        lines = [line.strip(" │") for line in user.lines(user.region("menu"))[1:3]]
        assert lines == ["Only a list can do that: go to one with 1, 2, 3 or 4", "Marked: Beijing workshop"]
        await user.press("down", "enter")
        assert user.app.clipboard == "Marked: Beijing workshop"


def test_what_is_remembered_has_an_end() -> None:
    said: list[str] = []
    for number in range(1000):
        remember(said, f"{number}")
        remember(said, f"{number}")
    assert len(said) == 200
    assert said[-1] == "999"
    remember(said, "x" * 1_000_000)
    assert len(said[-1]) < LONGEST + 100
    assert said[-1].endswith("characters more")


@pytest.mark.parametrize(
    ("letter", "script"),
    [
        ("о", "Cyrillic"),
        ("л", "Cyrillic"),
        ("ξ", "Greek"),
        ("ח", "Hebrew"),
        ("ت", "Arabic"),
        ("ㅓ", "Hangul"),
        ("黄", "Chinese"),
    ],
)
async def test_another_keyboard_layout_is_told_the_way(letter: str, script: str) -> None:
    """Letters that are no keys say so, and how every command is reached without them."""
    async with open_explorer(SMALLEST) as user:
        before = user.explorer.current()
        await user.press(letter)
        assert said_on(user) == advice(letter)
        assert script in advice(letter)
        user.expect_screen("F1")
        assert user.explorer.current() == before
        await user.press("f1", "down", "enter")
        user.expect_screen("words")


async def test_a_key_that_does_nothing_says_so() -> None:
    """And a letter that is typed into a line is no key."""
    async with open_explorer(NARROW) as user:
        await user.press("x")
        assert said_on(user) == "x does nothing here; ? lists the keys"
        assert advice(" ") == "space does nothing here; ? lists the keys"
        await user.press("2", "slash")
        await user.type("ол")
        assert "Cyrillic" not in user.screen()


async def test_what_is_copied_is_in_a_file_too(own_folders: Path) -> None:
    """As no terminal says whether it has taken a text; the file is its owner's alone, and holds the last one."""
    path = own_folders / "data" / "copied.txt"
    async with open_explorer(WIDE) as user:
        await user.press("y")
        assert path.read_text("utf-8") == f"{user.app.clipboard}\n"
        assert path.stat().st_mode & 0o777 == 0o600
        assert said_on(user).endswith(f"No terminal says whether it took it; it is in {path}, too")
        await user.press("Y")
        assert path.read_text("utf-8") == "event/beijing-workshop\n"


async def test_what_cannot_be_written_is_said(own_folders: Path) -> None:
    """Then it is in no file."""
    (own_folders / "data" / "copied.txt").mkdir(parents=True)
    async with open_explorer(WIDE) as user:
        await user.press("Y")
        assert "Sent to the clipboard: event/beijing-workshop" in said_on(user)
        assert "it is in no file: " in said_on(user)

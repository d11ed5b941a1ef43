"""A path is typed with what lies in its folder below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from convenings.tui.dialogs.path_prompt import PathPrompt
from tests.driver import NARROW, SIZES, User, open_explorer


def ask(user: User, begin: str, problem: str = "") -> list[str | None]:
    """Ask for a path; the result is put in the list."""
    answers: list[str | None] = []
    prompt = PathPrompt("Write a table to", begin, lambda line: problem if line.endswith("taken") else "")
    user.app.push_screen(prompt, answers.append)
    return answers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("talks", "tables", "tables/old"):
        (tmp_path / name).mkdir()
    (tmp_path / "tables" / "[b]x.csv").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_tab_completes_and_enter_takes_the_line(size: tuple[int, int], folder: Path) -> None:
    async with open_explorer(size) as user:
        answers = ask(user, f"{folder}/")
        await user.settle()
        user.expect_sound()
        user.expect_screen("Write a table to", "tab completes", "tables/", "talks/")
        await user.press("t", "tab", "b")
        assert [label for label, _, _ in user.choices()] == ["tables/"]
        await user.press("tab")
        assert [label for label, _, _ in user.choices()] == ["old/", "[b]x.csv"]
        user.expect_screen("[b]x.csv")
        await user.type("new")
        user.expect_screen("Nothing there begins so")
        await user.press("enter")
        assert answers == [f"{folder}/tables/new"]


async def test_what_is_chosen_in_the_list_goes_into_the_line(folder: Path) -> None:
    async with open_explorer(NARROW) as user:
        answers = ask(user, f"{folder}/")
        await user.settle()
        await user.press("down", "enter", "down", "down", "enter", "enter")
        assert answers == [f"{folder}/tables/[b]x.csv"]


async def test_a_path_that_cannot_be_taken_says_why_and_escape_leaves(folder: Path) -> None:
    async with open_explorer(NARROW) as user:
        answers = ask(user, f"{folder}/taken", "Something has that name already")
        await user.settle()
        await user.press("enter")
        user.expect_screen("Something has that name already")
        await user.press("escape")
        assert answers == [None]
        user.expect_sound()


async def test_a_sentence_longer_than_the_border_is_whole(folder: Path) -> None:
    reason = "its folder does not exist, so nothing was written; make the folder first, or choose a path that is there"
    async with open_explorer(NARROW) as user:
        ask(user, f"{folder}/taken", reason)
        await user.settle()
        await user.press("enter")
        words = " ".join(user.screen().translate(dict.fromkeys(map(ord, "┃│▐"), " ")).split())
        assert reason in words
        await user.press("x")
        user.expect_screen("tab completes")
        assert "nothing was written" not in user.screen()

"""What is typed and pasted into the lines of palette and filter."""

from __future__ import annotations

import pytest
from textual import events

from tests.driver import NARROW, User, open_explorer


async def paste(user: User, text: str) -> None:
    """Paste a text."""
    user.app.post_message(events.Paste(text))
    await user.settle()


@pytest.mark.parametrize("text", ["FU\nChangbo", "  FU \r\n  Changbo\n", "FU\n\n\nChangbo"])
async def test_a_name_that_is_broken_over_lines_is_pasted_whole(text: str) -> None:
    """As one line, into the palette and into a filter."""
    async with open_explorer(NARROW) as user:
        await user.press("ctrl+p")
        await paste(user, text)
        user.expect_screen("FU Changbo")
        user.expect_first_hit("FU Changbo")
        await user.press("escape", "2", "slash")
        await paste(user, text)
        await user.press("enter")
        user.expect_rows("speakers", ["FU Changbo"])


async def test_a_line_is_pasted_as_it_is() -> None:
    """Also its spaces: they part it from what stands there."""
    async with open_explorer(NARROW) as user:
        await user.press("2", "slash")
        await user.type("fu")
        await paste(user, " changbo")
        user.expect_rows("speakers", ["FU Changbo"])


@pytest.mark.parametrize("keys", [["ctrl+p"], ["2", "slash"]], ids=["palette", "filter"])
async def test_typing_is_taken_back(keys: list[str]) -> None:
    """ctrl+z takes back the last letter and the last paste, and at the beginning does nothing; it suspends nothing."""
    async with open_explorer(NARROW) as user:
        await user.press(*keys)
        await user.type("ab")
        await paste(user, "\ncd e")
        line = user.app.focused
        seen = []
        for _ in range(4):
            seen.append(getattr(line, "value", None))
            await user.press("ctrl+z")
        assert seen == ["abcd e", "ab", "a", ""]

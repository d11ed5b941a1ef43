"""The tour of the README is true word for word: its keys are pressed, and what it quotes is on the screen then.

The tour is read as it stands: what is in backticks is a key, or else is typed, and what is in quotation marks has to be
seen in one line of the screen after it, at the smallest size that the README names and at larger ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.driver import User, open_explorer
from tests.readme import README

SIZES = {"80x24": (80, 24), "120x36": (120, 36), "200x50": (200, 50)}
KEY_NAMES = {"esc": "escape", "↓": "down", "↑": "up", "⇧tab": "shift+tab", "pgdn": "pagedown", "pgup": "pageup"}
"""A key as the README writes it to Textual's name of it."""
KEYS = frozenset({"ctrl+p", "enter", "tab", *KEY_NAMES})
"""Keys with a name of several letters; all else of several letters is typed."""


class Token(NamedTuple):
    """A piece of the tour that says something that can be tried."""

    text: str
    is_words: bool
    """Whether it is quoted words that one sees, and not a key or what is typed."""


def tour() -> dict[str, list[Token]]:
    """Number and name of each step to what it says, in the order in which one reads it."""
    section = README.read_text("utf-8").partition("## Five minutes\n")[2].partition("\n## ")[0]
    steps: dict[str, list[Token]] = {}
    for number, name, text in re.findall(r"^(\d+)\. \*\*(.+?)\*\*(.*?)(?=^\d+\. |\Z)", section, re.M | re.S):
        pieces = re.findall(r'`([^`]+)`|"([^"]+)"', " ".join(text.split()))
        steps[f"{number}. {name}"] = [Token(key or words, bool(words)) for key, words in pieces]
    return steps


async def do(user: User, text: str) -> None:
    """Press a key, or type what is no key."""
    if len(text) == 1 or text in KEYS:
        await user.press(KEY_NAMES.get(text, text))
    else:
        await user.type(text)


def test_every_step_of_the_tour_says_what_one_does_and_sees() -> None:
    steps = tour()
    assert len(steps) >= 6
    for name, tokens in steps.items():
        assert any(token.is_words for token in tokens), name
        assert not tokens[0].is_words, name


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
async def test_the_tour_is_true_word_for_word(size: tuple[int, int]) -> None:
    async with open_explorer(size) as user:
        for name, tokens in tour().items():
            done = ""
            for token in tokens:
                if not token.is_words:
                    await do(user, token.text)
                    done = f"{done} {token.text}".strip()
                elif token.text not in user.screen():
                    user.fail(f"Step {name!r} of the README says that one sees {token.text!r} after {done!r}:")
            user.expect_sound()

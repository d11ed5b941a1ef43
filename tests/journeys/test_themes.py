"""Themes, and no colour at all."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.color import Color

from convenings.tui import OUR_THEMES
from tests.driver import MEDIUM, User, open_explorer


def colours(user: User) -> set[tuple[int, int, int]]:
    """All colours on the screen."""
    seen: set[tuple[int, int, int]] = set()
    for strip in user.strips():
        for segment in strip:
            for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                if colour is not None and colour.triplet is not None:
                    seen.add((*colour.triplet,))
    return seen


def background(user: User) -> tuple[int, int, int]:
    """The colour behind most cells of the screen."""
    cells: Counter[tuple[int, int, int]] = Counter()
    for strip in user.strips():
        for segment in strip:
            if segment.style is not None and segment.style.bgcolor is not None:
                cells[(*segment.style.bgcolor.get_truecolor(),)] += segment.cell_length
    return cells.most_common(1)[0][0]


def contrast(a: tuple[int, int, int], b: tuple[int, int, int]) -> float:
    """Contrast of two colours as in WCAG 2, from 1 to 21."""

    def light(colour: tuple[int, int, int]) -> float:
        parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [*OUR_THEMES, "textual-dark", "nord", "solarized-light"])
async def test_every_theme_draws_everything(theme: str) -> None:
    """Ours and Textual's: panes, profile, drawer and palette are drawn, with the focus to be seen."""
    async with open_explorer(MEDIUM, theme=theme) as user:
        assert user.app.theme == theme
        assert background(user) == Color.parse(user.app.theme_variables["background"]).rgb
        await user.find("round table")
        await user.press("enter", "2", "e")
        user.expect_sound()
        user.expect_screen("┏━ Evidence for")
        await user.press("ctrl+p")
        user.expect_sound()


@pytest.mark.parametrize("theme", OUR_THEMES)
async def test_text_of_our_themes_can_be_read(theme: str) -> None:
    """What is not dimmed stands out from its background by at least 4.5 to 1, dimmed rows by 2.5 to 1."""
    async with open_explorer(MEDIUM, theme=theme) as user:
        await user.find("round table")
        region = user.region("speakers")
        for strip in user.strips()[region.y + 1 : region.bottom - 1]:
            for segment in strip.crop(region.x + 1, region.right - 2):
                style = segment.style
                if not segment.text.strip() or style is None or style.color is None or style.bgcolor is None:
                    continue
                ratio = contrast((*style.color.get_truecolor(),), (*style.bgcolor.get_truecolor(),))
                lit = any(name in segment.text for name in ("CHEN Lan", "FU Changbo", "panellist", "moderator"))
                assert ratio >= (4.5 if lit else 2.5), (segment.text, ratio)


async def test_the_chosen_theme_is_remembered() -> None:
    """A theme chosen once is the theme of the next start."""
    async with open_explorer(MEDIUM) as user:
        assert user.app.theme == "convenings-dark"
        user.app.theme = "convenings-light"
        await user.settle()
        assert background(user) == Color.parse(user.app.theme_variables["background"]).rgb
    async with open_explorer(MEDIUM) as user:
        assert user.app.theme == "convenings-light"


async def test_a_theme_that_is_gone_is_replaced() -> None:
    """A remembered theme that no longer exists is ours again."""
    async with open_explorer(MEDIUM) as user:
        user.explorer.context.workspace.user_data.set_theme("no-such-theme")
    async with open_explorer(MEDIUM) as user:
        assert user.app.theme == "convenings-dark"


async def test_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR only greys reach the screen, and the state is told by glyph, word and weight."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_explorer(MEDIUM) as user:
        await user.find("round table")
        await user.press("enter")
        assert all(max(colour) - min(colour) <= 1 for colour in colours(user))
        user.expect_screen("▶", "┏━", "1 pinned", "◇", "◦", "5 of 28")
    monkeypatch.delenv("NO_COLOR")
    async with open_explorer(MEDIUM) as user:
        assert any(max(colour) - min(colour) > 20 for colour in colours(user))

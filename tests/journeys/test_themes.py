"""Themes, and no colour at all."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from convenings.tui import OUR_THEMES
from convenings.tui.dialogs.themes import Themes
from convenings.tui.paint.contrast import LEAST, contrast
from convenings.tui.paint.themes import CONVENINGS_DARK
from tests.driver import BUNDLED, MEDIUM, NARROW, WIDE, User, open_explorer
from tests.unit.two_years import two_years
from tests.unit.weekend import dataset


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


def is_letter(character: str) -> bool:
    """Whether it is to be read, and no line, bar or blank."""
    return not character.isspace() and not "\u2500" <= character <= "\u259f"


def unreadable(user: User) -> list[tuple[str, float]]:
    """Texts on the screen that do not stand out by 4.5 to 1, with their contrast; every cell is looked at."""
    found = []
    for strip in user.strips():
        for segment in strip:
            style = segment.style
            if style is None or not any(map(is_letter, segment.text)):
                continue
            assert style.color is not None, segment
            assert style.bgcolor is not None, segment
            assert not style.dim, segment
            ratio = contrast((*style.color.get_truecolor(),), (*style.bgcolor.get_truecolor(),))
            if ratio < LEAST:
                found.append((segment.text, round(ratio, 2)))
    return found


STATES = (
    ("the start", ()), ("another event", ("down", "down")), ("a list, the others dimmed", ("2",)),
    ("a pin", ("enter",)), ("a mark and a message", ("m",)), ("questions", ("4", "down")),
    ("a refusal", ("5", "slash")),
    ("a link", ("down", "down")), ("evidence", ("e", "down")), ("the profile over it", ("5",)), ("zoom", ("z",)),
    ("no zoom", ("z", "escape", "escape")), ("a filter", ("2", "slash")), ("typed", ("c", "h")),
    ("what it does not find", ("q", "q", "q")), ("an error", ("backspace",) * 5 + tuple("colour:red")),
    ("kept", ("enter",)), ("none", ("escape",)), ("the palette", ("ctrl+p",)), ("hits", ("h", "u", "a")),
    ("no hits", ("q", "q", "x")), ("keys", ("escape", "question_mark")), ("keys found", ("m",)),
    ("themes", ("escape", "T")), ("messages", ("escape", "exclamation_mark")), ("a note", ("escape", "n", "a")),
    ("referrers", ("escape", "1", "u")), ("organisations", ("escape", "3", "G")),
    ("the end of time", ("1", "G", "plus")),
)  # fmt: skip
"""What is pressed to come from one state of the screen to the next."""


@pytest.mark.parametrize("size", [(40, 12), NARROW, MEDIUM, WIDE], ids=str)
@pytest.mark.parametrize("theme", OUR_THEMES)
async def test_every_text_can_be_read_in_every_state(theme: str, size: tuple[int, int]) -> None:
    """Selected, dimmed, with and without the focus: 4.5 to 1 in every cell, and also what lies behind a dialog."""
    async with open_explorer(size, theme=theme) as user:
        for name, keys in STATES:
            await user.press(*keys)
            assert unreadable(user) == [], name


STATES_OF_A_CONFERENCE = (
    ("rooms", ("3", "down")), ("a room", ("enter",)), ("its sessions", ("1", "down")), ("none", ("U",)),
    ("tracks", ("4", "down")), ("another list", ("v",)), ("a day", ("1", "down", "down", "d")),
    ("a session", ("down", "right")), ("a pin and a mark", ("enter", "m")), ("called off", ("down", "right")),
    ("the profile beside it", ("5",)), ("the next day", ("tab", "greater_than_sign")),
    ("links", ("escape", "H", "down", "down", "down", "o")), ("a path", ("escape", "I")),
)  # fmt: skip


@pytest.mark.parametrize("size", [(40, 12), NARROW, MEDIUM, WIDE], ids=str)
@pytest.mark.parametrize("theme", OUR_THEMES)
async def test_every_text_of_a_conference_can_be_read(theme: str, size: tuple[int, int], tmp_path: Path) -> None:
    """Rooms, tracks, a day by rooms and hours, and the dialogs of links and files."""
    talks = tmp_path / "talks.csv"
    talks.write_text("Date,Title,Speaker\n2022-03-01,Masts,Fay Grun\n", encoding="utf-8")
    async with open_explorer(size, dataset(tmp_path, *two_years()), theme=theme) as user:
        for name, keys in STATES_OF_A_CONFERENCE:
            await user.press(*keys)
            assert unreadable(user) == [], name
        await user.type(str(talks))
        await user.press("enter")
        await user.pilot.pause(1)
        assert unreadable(user) == [], "what would come in"


STATES_OF_A_FORM = (
    ("a form", ("E",)), ("a choice", ("down", "tab")), ("a fault", ("escape", "x", "y")),
    ("the choices gone", ("escape",)), ("another line", ("down", "down")), ("given up once", ("escape",)),
    ("given up", ("escape",)), ("what can be added", ("a",)), ("a new record", ("enter",)),
    ("what refers to it", ("escape", "escape", "D")), ("a filter", ("escape", "1", "slash", "w", "o", "r", "enter")),
    ("one or many", ("E",)), ("fields", ("enter",)), ("a value", ("l", "a", "n", "g", "u", "enter")),
    ("before and after", ("e", "n", "enter")), ("one left out", ("down", "x")),
)  # fmt: skip


@pytest.mark.parametrize("size", [(40, 12), NARROW, MEDIUM, WIDE], ids=str)
@pytest.mark.parametrize("theme", OUR_THEMES)
async def test_every_text_of_a_form_can_be_read(theme: str, size: tuple[int, int], tmp_path: Path) -> None:
    """Lines, choices, faults, what is removed and what is changed in many records."""
    async with open_explorer(size, Path(shutil.copy(BUNDLED, tmp_path / "copy.json")), theme=theme) as user:
        for name, keys in STATES_OF_A_FORM:
            await user.press(*keys)
            assert unreadable(user) == [], name
            user.expect_sound()


@pytest.mark.parametrize("theme", [name for name, theme in BUILTIN_THEMES.items() if not theme.ansi])
async def test_every_text_can_be_read_in_other_themes(theme: str) -> None:
    """Their colours are moved as far as it takes, and are those of the theme otherwise."""
    async with open_explorer(MEDIUM, theme=theme) as user:
        hues = user.app.theme_variables
        assert hues["event"] != CONVENINGS_DARK.variables["event"]
        assert hues["cursor"] != hues["cursor-idle"] != hues["background"]
        for name, keys in STATES[:9] + STATES[18:24]:
            await user.press(*keys)
            assert unreadable(user) == [], name


@pytest.mark.parametrize("theme", OUR_THEMES)
async def test_without_colour_every_text_can_be_read(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In greys."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_explorer(WIDE, theme=theme) as user:
        for name, keys in STATES:
            await user.press(*keys)
            assert unreadable(user) == [], name


@pytest.mark.parametrize("no_color", ["", "1"])
async def test_what_is_related_differs_by_weight(no_color: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is bold where others are dimmed, as not every terminal has colours."""
    monkeypatch.setenv("NO_COLOR", no_color)
    async with open_explorer(WIDE) as user:
        await user.find("round table")
        region = user.region("speakers")
        lit, dimmed = set(user.lit("speakers")), set()
        weights = {}
        for strip in user.strips()[region.y + 1 : region.bottom - 1]:
            for segment in strip.crop(region.x + 3, region.right - 2):
                for label in user.rows("speakers"):
                    if segment.text.strip().startswith(label):
                        weights[label] = bool(segment.style and segment.style.bold)
                        dimmed |= {label} - lit
        assert dimmed
        assert {label for label, bold in weights.items() if bold} == lit & weights.keys()


async def test_the_row_of_the_cursor_is_seen_in_a_pane_without_the_focus() -> None:
    """By a sign at its left, and by what lies under it."""
    async with open_explorer(WIDE) as user:
        await user.press("2")
        region = user.region("timeline")
        signs = [line[0] for line in user.lines(region)[1:-1]]
        assert signs.count("▌") == 1
        assert "Beijing workshop" in user.lines(region)[1:-1][signs.index("▌")]
        hues = user.app.theme_variables
        idle, behind = (Color.parse(hues[name]).rgb for name in ("cursor-idle", "background"))
        assert contrast(idle, behind) > 1.3


async def test_a_theme_is_looked_at_and_taken_or_given_back() -> None:
    """Ours first, a sign at the present one; each is shown while the cursor stands on it; Esc puts the old one back."""
    async with open_explorer(MEDIUM) as user:
        own = user.explorer.context.workspace.user_data
        await user.press("T")
        menu = user.app.screen
        assert isinstance(menu, Themes)
        assert [entry.value for entry in menu.entries[:3]] == list(OUR_THEMES)
        user.expect_screen("● convenings-dark", "  nord")
        for name in OUR_THEMES[1:]:
            await user.press("down")
            assert user.app.theme == name
            assert background(user) == Color.parse(user.app.theme_variables["background"]).rgb
        await user.press("escape")
        assert (user.app.theme, own.theme()) == ("convenings-dark", "")
        await user.press("T")
        await user.type("nord")
        assert (user.app.theme, own.theme()) == ("nord", "")
        await user.press("enter")
        user.expect_crumb("Theme: nord")
        assert (user.app.theme, own.theme()) == ("nord", "nord")
        await user.press("T")
        user.expect_screen("● nord")
        await user.press("pageup", "pageup", "enter")
        assert (user.app.theme, own.theme()) == ("convenings-dark", "convenings-dark")
        await user.press("ctrl+p")
        await user.type("theme")
        assert [label for label, _, _ in user.choices()].count("theme") == 1


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

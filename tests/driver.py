"""A user at the explorer, for tests that read as journeys: press keys, then expect what is on the screen.

Nothing sleeps: after every key the driver waits until all widgets have done all that was asked of them. Only what the
explorer does at its own time is waited for by the clock. Every failure shows the screen as it was.
"""

from __future__ import annotations

import asyncio
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.store.user_data import UserData
from convenings.tui.app import ConveningsApp
from convenings.tui.dialogs.palette import Palette
from convenings.tui.explorer.screen import Explorer
from convenings.tui.panes.choices import ChoiceList
from convenings.tui.panes.listing import ListPane
from convenings.tui.views.four_panes import FourPanes
from convenings.workspace import Workspace
from tests import PATIENCE

ROOT = Path(__file__).resolve().parent.parent
BUNDLED = ROOT / "data" / "convenings.json"
"""The dataset that comes with the program."""
NARROW, MEDIUM, WIDE = (80, 24), (120, 36), (200, 60)
SIZES = {"narrow": NARROW, "medium": MEDIUM, "wide": WIDE}
ROUNDS, MOST_ROUNDS = 3, 30
"""How often a message is at least handed on, from app to screen to widget, before what it asks for is done; and how
often at most the screen is looked at until it stays the same."""
SHOWN = 50
"""Of longer lists that should be equal only the first differences are shown."""
KEY_NAMES = {"/": "slash", "\\": "backslash", "@": "at", "-": "minus", "+": "plus", "_": "underscore"}
"""Textual's name of a character's key, where it is not the one that Unicode gives the character."""


class User:
    """Somebody at the keyboard of one explorer."""

    def __init__(self, app: ConveningsApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.explorer = next(screen for screen in app.screen_stack if isinstance(screen, Explorer))
        """The explorer, whatever lies over it."""

    @property
    def model(self) -> ReadModel:
        """The read model it shows."""
        return self.explorer.model

    @property
    def four_panes(self) -> FourPanes:
        """The view that the explorer opens with."""
        view = self.explorer.views[FourPanes.id]
        assert isinstance(view, FourPanes)
        return view

    # Do

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names, one after the other."""
        for key in keys:
            await self.burst(key)

    async def burst(self, *keys: str) -> None:
        """Press keys by Textual's names, faster than the screen can follow."""
        for key in keys:
            self.app.post_message(events.Key(_key(key), key if len(key) == 1 else None))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type characters, faster than the screen can follow."""
        await self.burst(*text)

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def click(self, pane: str, row: int, column: int = 4) -> None:
        """Click a line and column of a pane or a bar, counted from 0, the border included."""
        await self.pilot.click(f"#{pane}", offset=(column, row))
        await self.settle()

    async def click_text(self, pane: str, text: str) -> None:
        """Click where a text stands in a pane or a bar."""
        for y, line in enumerate(self.lines(self.region(pane))):
            if text in line:
                column = sum(_cells(c) for c in line[: line.index(text)])
                await self.click(pane, y, column)
                return
        self.fail(f"{text!r} is not in {pane}")

    async def wheel(self, pane: str, steps: int) -> None:
        """Turn the mouse wheel over a pane: down where ``steps`` is positive, else up."""
        where = self.region(pane)
        kind = events.MouseScrollDown if steps > 0 else events.MouseScrollUp
        at = where.x + 4, where.y + 2
        for _ in range(abs(steps)):
            self.app.post_message(kind(None, *at, 0, 0, 0, False, False, False, *at))
            await self.settle()

    async def find(self, text: str) -> None:
        """Open the palette, type, and go to the first hit."""
        await self.press("ctrl+p")
        await self.type(text)
        await self.press("enter")

    async def choose(self, ref: str) -> None:
        """Go down in the profile to the line that leads to a record."""
        pane = self.four_panes.profile
        for _ in range(pane.count):
            if pane.item is not None and pane.item.ref == ref:
                return
            await self.press("down")
        self.fail(f"no line of the profile leads to {ref}")

    async def filter(self, query: str) -> None:
        """Filter the pane in use and keep the filter."""
        await self.press("slash")
        await self.type(query)
        await self.press("enter")

    async def settle(self) -> None:
        """Wait until every widget has handled what it was sent, and the screen stays as it is."""
        seen = ""
        for turn in range(MOST_ROUNDS):
            await self.pilot.pause(0)
            if self.app.return_code is not None:
                return
            now = self.screen()
            if turn >= ROUNDS and now == seen:
                return
            seen = now

    # See

    def strips(self) -> list[Strip]:
        """The screen, line by line, as it is sent to the terminal."""
        return self.app.screen._compositor.render_strips()

    def lines(self, region: Region | None = None) -> list[str]:
        """Lines of the screen, or of a part of it, as text."""
        strips = self.strips()
        if region is not None:
            strips = [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]
        return [strip.text for strip in strips]

    def screen(self) -> str:
        """The whole screen as text."""
        return "\n".join(self.lines())

    def region(self, pane: str) -> Region:
        """Where a pane or a bar stands."""
        return self.app.screen.query_one(f"#{pane}").region

    def rows(self, pane: str) -> list[str]:
        """Labels of all rows of a list, on screen or not."""
        return [self.model.one(row).label for row in self.list(pane).rows]

    def lit(self, pane: str) -> list[str]:
        """Labels of the rows of a list that are not dimmed."""
        found = self.list(pane)
        return [self.model.one(row).label for row in found.rows if not found.row_state(row).dimmed]

    def in_sight(self, pane: str) -> list[str]:
        """Labels of the rows of a list that are on the screen."""
        return [self.model.one(row).label for row in self.list(pane).rows_on_screen()]

    def list(self, pane: str) -> ListPane:
        """A list by name."""
        return self.four_panes.lists[pane]

    def cursor(self, pane: str) -> str:
        """Label of the row under the cursor of a list."""
        row = self.list(pane).highlighted
        return "" if row is None else self.model.one(row).label

    def profile(self) -> str:
        """The profile as text, all of it, spaces single; where it is not on the screen, as it would be."""
        self.four_panes.profile.compose_items()
        return _joined(span for item in self.four_panes.profile.items for span in (*item.spans, (" ", "")))

    def evidence(self) -> str:
        """The evidence as text, all of it, spaces single."""
        return _joined(span for item in self.four_panes.evidence.items for span in (*item.spans, (" ", "")))

    def subject(self) -> str:
        """Whose profile it is, by id."""
        profile = self.four_panes.profile.profile
        return "" if profile is None else profile.ref

    def reason(self, pane: str, ref: str) -> str:
        """Why a record of a list stands out, as its row says."""
        row = self.model.row_of(ref)
        if row is None:
            self.fail(f"there is no {ref}")
        return self.list(pane).reason(row)

    def crumb(self) -> str:
        """The line above the keys."""
        return _joined((line, "") for line in self.lines(self.region("crumb")))

    def choices(self) -> Sequence[tuple[str, str, str]]:
        """Label, context and kind of what the palette, or the list of referrers, offers."""
        return [(c.label, c.context, c.kind) for c in self.app.screen.query_one(ChoiceList).choices]

    # Expect

    def fail(self, what: str) -> NoReturn:
        """Fail, and show the screen."""
        raise AssertionError(f"{what}\n{self.screen()}")

    def expect(self, found: object, wanted: object, what: str) -> None:
        """Expect two things to be equal."""
        if found != wanted:
            if isinstance(found, list) and isinstance(wanted, list) and max(len(found), len(wanted)) > SHOWN:
                at = next((n for n, pair in enumerate(zip(found, wanted, strict=False)) if pair[0] != pair[1]), None)
                at = min(len(found), len(wanted)) if at is None else at
                what = f"{what}, {len(found)} instead of {len(wanted)}, of which from number {at} on"
                found, wanted = found[at : at + 3], wanted[at : at + 3]
            self.fail(f"{what}: {found!r} instead of {wanted!r}")

    def expect_rows(self, pane: str, wanted: Sequence[str]) -> None:
        """Expect exactly these rows in a list."""
        self.expect(self.rows(pane), list(wanted), f"rows of {pane}")

    def expect_lit(self, pane: str, wanted: Sequence[str]) -> None:
        """Expect exactly these rows of a list to stand out."""
        self.expect(self.lit(pane), list(wanted), f"rows of {pane} that stand out")

    def expect_cursor(self, pane: str, wanted: str) -> None:
        """Expect the cursor of a list on a row, and that row to be in sight where the list is."""
        self.expect(self.cursor(pane), wanted, f"cursor of {pane}")
        found = self.list(pane)
        if found.size.height and not found.offset_item <= found.cursor < found.offset_item + found.capacity + len(
            found.dividers
        ):
            self.fail(f"the cursor of {pane} is out of sight")

    def expect_active(self, pane: str) -> None:
        """Expect a pane to be in use and to have the focus."""
        focused = self.explorer.focused
        self.expect((self.explorer.state.pane, focused.id if focused else None), (pane, pane), "pane in use")

    def expect_profile(self, title: str, contains: Iterable[str] = (), lacks: Iterable[str] = ()) -> None:
        """Expect whose profile it is, and what it says."""
        shown = self.four_panes.profile.profile
        self.expect(shown.title if shown else None, title, "title of the profile")
        for text in contains:
            if text not in self.profile():
                self.fail(f"{text!r} is not in the profile: {self.profile()}")
        for text in lacks:
            if text in self.profile():
                self.fail(f"{text!r} is in the profile")

    def expect_crumb(self, *texts: str) -> None:
        """Expect texts in the line above the keys."""
        for text in texts:
            if text not in self.crumb():
                self.fail(f"{text!r} is not in the line above the keys")

    def expect_keys(self, *labels: str, missing: Iterable[str] = ()) -> None:
        """Expect labels in the line of keys, and others not."""
        line = " " + _joined((line, "") for line in self.lines(self.region("keys"))) + " "
        for label in labels:
            if f" {label} " not in line:
                self.fail(f"{label!r} is not in the line of keys")
        for label in missing:
            if f" {label} " in line:
                self.fail(f"{label!r} is in the line of keys")

    def expect_screen(self, *texts: str) -> None:
        """Expect texts anywhere on the screen, each within one line."""
        seen = self.screen()
        for text in texts:
            if text not in seen:
                self.fail(f"{text!r} is not on the screen")

    async def expect_soon(self, *texts: str) -> None:
        """Expect texts on the screen that come by themselves, without a key."""
        await self.until(lambda: all(text in self.screen() for text in texts), f"{texts}")

    async def expect_message(self, text: str) -> None:
        """Expect a text in the line above the keys that comes by itself."""
        await self.until(lambda: text in self.explorer.message, f"{text!r} to be said")

    async def until_rebuilt(self) -> None:
        """Wait until the index is that of the file as it is."""
        explorer = self.explorer
        await self.until(
            lambda: explorer.reloader.builder is None and not self.model.is_stale(), "an index as the file is"
        )

    async def until(self, holds: Callable[[], bool], awaited: str) -> None:
        """Wait for what comes by itself, without a key.

        Args:
            holds: Whether it has come.
            awaited: What to say of it where it does not come.
        """
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                self.fail(f"Waited in vain for {awaited}")
            await asyncio.sleep(1 / 50)
            await self.settle()
        await self.settle()

    def expect_in_sight(self, pane: str, labels: Collection[str]) -> None:
        """Expect one at least of some rows of a list among those that are on the screen."""
        if not any(label in labels for label in self.in_sight(pane)):
            self.fail(f"nothing of {labels} is in sight in {pane}")

    def expect_not_on_screen(self, *texts: str) -> None:
        """Expect texts nowhere on the screen."""
        seen = self.screen()
        for text in texts:
            if text in seen:
                self.fail(f"{text!r} is on the screen")

    def expect_note(self, pane: str, wanted: str) -> None:
        """Expect what the lower border of a pane counts."""
        below = self.explorer.panes[pane].border_subtitle
        self.expect(str(below) if below is not None else "", wanted, f"count of {pane}")

    def expect_first_hit(self, label: str) -> None:
        """Expect what the palette lists first."""
        if not isinstance(self.app.screen, Palette):
            self.fail("the palette is not open")
        found = self.choices()
        self.expect(found[0][0] if found else None, label, "first in the palette")

    def expect_sound(self) -> None:
        """Expect every line to fill the screen to the cell, and nothing in it that a terminal would act on."""
        width, height = self.app.size
        strips = self.strips()
        self.expect(len(strips), height, "lines of the screen")
        for y, strip in enumerate(strips):
            if Segment.get_line_length(list(strip)) != width:
                self.fail(f"line {y} takes {Segment.get_line_length(list(strip))} cells of {width}: {strip.text!r}")
            if bad := [c for c in strip.text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]:
                self.fail(f"line {y} holds {bad!r}: {strip.text!r}")


def _key(name: str) -> str:
    """Textual's name of a key, given that name or the character on it."""
    if len(name) > 1 or name.isalnum():
        return name
    return KEY_NAMES.get(name) or unicodedata.name(name, name).lower().replace(" ", "_").replace("-", "_")


def _joined(spans: Iterable[tuple[str, str]]) -> str:
    return " ".join("".join(text for text, _ in spans).split())


def _cells(character: str) -> int:
    return Segment(character).cell_length


@asynccontextmanager
async def open_explorer(
    size: tuple[int, int] = NARROW,
    dataset: Path = BUNDLED,
    *,
    fresh: bool = True,
    theme: str = "",
    user_data: UserData | None = None,
    model: ReadModel | None = None,
) -> AsyncIterator[User]:
    """Start the explorer in a terminal of ``size``, and leave it at the end; ``model`` need not be of a whole index."""
    workspace = Workspace(model or open_model(dataset), user_data or UserData.open())
    app = ConveningsApp(workspace, fresh=fresh, theme=theme)
    user: User | None = None
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            user = User(app, pilot)
            await user.settle()
            yield user
    finally:
        (workspace.model if user is None else user.model).close()

"""A view is a thing: another one stands beside the four panes without touching them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.geometry import Region, Size
from textual.screen import Screen

from convenings.domain.state import State
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.store.user_data import UserData
from convenings.tui import app
from convenings.tui.app import ConveningsApp
from convenings.tui.commands import follow, go, keep, program
from convenings.tui.commands.command import Command, Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.registry import BROWSING
from convenings.tui.explorer.screen import Explorer
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item
from convenings.tui.views.four_panes import FourPanes
from convenings.tui.views.registry import bindings
from convenings.tui.views.view import Tab
from convenings.workspace import Workspace
from tests.driver import BUNDLED, WIDE, User


@command("6", "gaps", "Go to what the sources leave open.")
def show_gaps(state: State, context: Context) -> Result:
    """Go to the other view."""
    return replace(state, view="gaps", pane="gaps")


@command("1", "back to panes", "Go back to the four panes.")
def leave_gaps(state: State, context: Context) -> Result:
    """Go back to the first view; the same key means another thing there."""
    return replace(state, view="panes", pane="timeline")


class FirstView(FourPanes):
    """The four panes, with a way to the other view."""

    commands: tuple[Command, ...] = (*BROWSING, show_gaps)


class GapsView:
    """Everything that the sources leave open, in one pane."""

    id = "gaps"
    commands: tuple[Command, ...] = (
        leave_gaps,
        follow.palette,
        follow.escape,
        keep.mark,
        go.zoom,
        program.help,
        program.quit,
    )

    def __init__(self, model: ReadModel, shared: Mapping[str, Pane]) -> None:
        self.gaps = TextPane("gaps", 6, "Gaps")
        self.panes: dict[str, Pane] = {"gaps": self.gaps}

    def first_panes(self, state: State, context: Context) -> Iterable[Pane]:
        """The only one."""
        return self.panes.values()

    def set_model(self, model: ReadModel) -> None:
        """It asks for no more than what is shown."""

    def show(self, before: State, state: State, context: Context, *, with_scroll: bool) -> str:
        """List the gaps."""
        rows = context.model.load_range(*context.model.range("gap"))
        self.gaps.set_items([Item([(row.label, "")], row.id, choosable=True) for row in rows])
        return ""

    def load_visible(self, context: Context) -> None:
        """All of it has been asked for."""

    def current(self, state: State, context: Context) -> State:
        """Its cursor."""
        return replace(state, texts={"gaps": self.gaps.position})

    def show_titles(self, state: State, context: Context, size: Size, planned: Mapping[str, Region]) -> list[Tab]:
        """Its name."""
        self.gaps.set_title(("6 Gaps", ""))
        return [Tab("6", "Gaps", "", "gaps")]

    def plan(self, size: Size, state: State) -> dict[str, Region]:
        """All of the screen but the lines around it."""
        width, height = size
        bars = {name: Region(0, y, width, 1) for name, y in (("top", 0), ("crumb", height - 2), ("keys", height - 1))}
        return {**bars, "gaps": Region(0, 1, width, height - 3)}


class TwoViews(Explorer):
    """An explorer with both."""

    VIEWS = (FirstView, GapsView)
    BINDINGS = bindings(VIEWS)


class App(ConveningsApp):
    """An application with that explorer."""

    CSS_PATH = str(Path(app.__file__).with_name(ConveningsApp.CSS_PATH))

    def get_default_screen(self) -> Screen[Any]:
        """The explorer with two views."""
        self._explorer = TwoViews(self.workspace, None, None)
        return self._explorer


async def test_another_view_stands_beside_the_first() -> None:
    """Its keys work in it and only there; what is shared goes on working; the way back finds all as it was."""
    with Workspace(open_model(BUNDLED), UserData.open()) as workspace:
        await tour(App(workspace, fresh=True))


async def tour(two_views: App) -> None:
    """From the first view to the other one, and back."""
    async with two_views.run_test(size=WIDE) as pilot:
        user = User(two_views, pilot)
        await user.settle()
        await user.press("down", "enter")
        before = user.screen()
        await user.press("6")
        user.expect_screen("6 Gaps", "What SHARP stands for")
        user.expect_not_on_screen("2 Speakers", "5 Profile")
        user.expect_sound()
        await user.press("3", "5", "s")
        user.expect_screen("6 Gaps")
        await user.press("ctrl+p")
        await user.type("back to pan")
        user.expect_first_hit("back to panes")
        await user.press("escape")
        await user.press("1")
        assert user.screen() == before
        user.expect_active("timeline")

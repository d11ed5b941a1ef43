"""What a view is: panes, what they show of a state, where they stand, and the commands that work there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from textual.geometry import Region, Size

from convenings.domain.state import State
from convenings.index.model import ReadModel
from convenings.tui.commands.command import Command
from convenings.tui.commands.context import Context
from convenings.tui.panes.pane import Pane


class Tab(NamedTuple):
    """A pane as a tab, where there is room for one only."""

    key: str
    """The key that shows it."""
    title: str
    note: str
    """How much is in it."""
    pane: str


class View(Protocol):
    """A way of showing a dataset; another one stands beside the four panes without touching them."""

    id: str
    """What :attr:`~convenings.domain.state.State.view` calls it."""
    commands: tuple[Command, ...]
    """What its keys do. Within a view no key has two meanings."""

    def __init__(self, model: ReadModel, shared: Mapping[str, Pane]) -> None:
        """Make its panes, to show records of a read model; those that it shares with the views before it are there."""

    @property
    def panes(self) -> Mapping[str, Pane]:
        """Name to pane."""

    def first_panes(self, state: State, context: Context) -> Iterable[Pane]:
        """The panes that the first painting of a state needs; the others follow it."""

    def set_model(self, model: ReadModel) -> None:
        """Show records of another read model from now on."""

    def show(self, before: State, state: State, context: Context, *, with_scroll: bool) -> str:
        """Hand every pane its part of a state; gives what could not be understood or read of it, in a sentence.

        Args:
            before: The state that is shown so far.
            state: The state.
            context: What is asked.
            with_scroll: Whether panes are to scroll to where they stood in it.
        """

    def load_visible(self, context: Context) -> None:
        """Ask the index for what the panes are about to draw, so that nothing is asked while they are painted."""

    def current(self, state: State, context: Context) -> State:
        """The state with cursors and scroll as they are on the screen."""

    def show_titles(self, state: State, context: Context, size: Size, planned: Mapping[str, Region]) -> list[Tab]:
        """Write what stands in the borders; gives the tabs of the panes, in reading order.

        Args:
            state: The state.
            context: What is asked.
            size: Cells of the terminal.
            planned: Where everything is, or is to be placed next, by widget id.
        """

    def plan(self, size: Size, state: State) -> dict[str, Region]:
        """From the cells of a terminal to the region of each pane and bar, by widget id; the others are not shown."""

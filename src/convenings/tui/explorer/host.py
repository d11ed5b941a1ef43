"""What of the explorer those ask for who do something for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from textual.app import App
from textual.signal import Signal
from textual.timer import Timer

from convenings.domain.state import State
from convenings.index.model import ReadModel
from convenings.tui.commands.command import Result
from convenings.tui.commands.context import Context
from convenings.tui.commands.keymap import Keymap
from convenings.tui.explorer.bar_texts import Bars
from convenings.tui.explorer.reload import Reloader
from convenings.tui.explorer.saving import Saves
from convenings.tui.views.view import View


class Host(Protocol):
    """What an effect may ask of the explorer, and have it do."""

    message: str
    """What is said in the line above the keys."""

    @property
    def app(self) -> App[Any]:
        """The application."""

    @property
    def context(self) -> Context:
        """The workspace and what is worked out of it."""

    @property
    def keymap(self) -> Keymap:
        """The keys that the user has bound."""

    @property
    def state(self) -> State:
        """What is shown."""

    @property
    def view(self) -> View:
        """The view on the screen."""

    @property
    def bars(self) -> Bars:
        """The lines around the panes."""

    def current(self) -> State:
        """What is shown, with cursors and scroll as they are on the screen."""

    @property
    def reloaded(self) -> Signal[ReadModel]:
        """Published when another state of the dataset is shown."""

    def show(self, state: State) -> None:
        """Show another state."""

    def apply(self, result: Result) -> None:
        """Show what a command came to, or have it done."""

    def say(self, sentence: str) -> None:
        """Say something in the line above the keys until the next key."""

    def set_interval(self, interval: float, callback: Callable[[], None]) -> Timer:
        """Have something done every so many seconds."""

    def travel(self, by: int) -> None:
        """Go back or forward in the history."""

    def reload(self) -> None:
        """Read the dataset again."""

    @property
    def reloader(self) -> Reloader:
        """What has become of the dataset."""

    @property
    def saves(self) -> Saves:
        """What is being saved."""

    def show_model(self, model: ReadModel) -> None:
        """Show another state of the dataset, at the same place."""

    def show_user_data(self) -> None:
        """Show what has become of marks and notes."""

    def choose(self, value: str | None) -> None:
        """Do what was chosen in the palette or among the referrers."""

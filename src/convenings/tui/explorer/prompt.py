"""The line in which a filter is typed; the list follows every key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from textual.binding import Binding
from textual.widgets import Input

from convenings.presentation.offers import Completer
from convenings.tui.input_line import CUT, InputLine

OVERLAYS = Path(__file__).parents[1] / "overlays.tcss"
"""The stylesheet of what stands over the panes or beside them, which the first painting does without."""


class Listener(Protocol):
    """Who follows what is typed, in the handler of the key."""

    def filter_typed(self, query: str) -> None:
        """Another line was typed."""

    def cursor_moved(self, by: int) -> None:
        """The list is to be walked."""

    def say(self, sentence: str) -> None:
        """Say something about the line."""

    def filter_ended(self) -> None:
        """The filter is to be kept as it stands."""


class Prompt(InputLine):
    """Asks for a line of the query language, in the place of the breadcrumb."""

    BINDINGS = [
        Binding("escape", "give_up", "Clear the filter"),
        Binding("enter", "accept", "Keep the filter"),
        Binding("tab", "complete", "Complete the key or the value"),
        Binding("down", "move(1)", "Next row"),
        Binding("up", "move(-1)", "Previous row"),
    ]

    def __init__(self, listener: Listener, ways: Callable[[str], Sequence[str]]) -> None:
        """Make the line.

        Args:
            listener: Who follows it.
            ways: Gives all ways to complete what is typed.
        """
        super().__init__(placeholder="words  key:value  !not", id="prompt", compact=True, select_on_focus=False)
        self._listener = listener
        self._completer = Completer(ways)
        self._is_open = False

    def open(self, query: str) -> None:
        """Begin with a line."""
        with self.prevent(Input.Changed):
            self.begin(query)
        self._is_open = True

    def close(self) -> None:
        """Follow nothing any more."""
        self._is_open = False

    def follow(self, line: str) -> None:
        """Filter by what is typed."""
        if self._is_open:
            self._listener.filter_typed(line)
            if self.is_cut:
                self._listener.say(CUT)

    def action_move(self, by: int) -> None:
        """Move in the list that is being filtered."""
        self.catch_up()
        self._listener.cursor_moved(by)

    def action_complete(self) -> None:
        """Complete the key or the value that is typed, the next time in the next way; where it is whole, keep it."""
        if line := self._completer.next(self.value):
            self.value = line
            self.cursor_position = len(line)
        else:
            self.action_accept()

    def action_accept(self) -> None:
        """Keep the filter and go on in the list."""
        self.catch_up()
        self._listener.filter_ended()

    def action_give_up(self) -> None:
        """Take the filter off."""
        self.forget()
        self._listener.filter_typed("")
        self._listener.filter_ended()

"""The line in which a filter is typed; the list follows every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widgets import Input

if TYPE_CHECKING:
    from convenings.tui.explorer.screen import Explorer


class Prompt(Input):
    """Asks for a line of the query language, in the place of the breadcrumb."""

    BINDINGS = [
        Binding("escape", "give_up", "Clear the filter"),
        Binding("enter,tab", "accept", "Keep the filter"),
        Binding("down", "move(1)", "Next row"),
        Binding("up", "move(-1)", "Row before"),
    ]

    def __init__(self, explorer: Explorer) -> None:
        super().__init__(placeholder="words  key:value  !not", id="prompt", compact=True, select_on_focus=False)
        self.explorer = explorer

    def ask(self, query: str) -> None:
        """Take the place of the breadcrumb, and every key from now on."""
        with self.prevent(Input.Changed):
            self.value = query
        self.cursor_position = len(query)
        self.explorer.prompting = True
        self.explorer.set_focus(self)
        self.explorer.arranging.rearrange()

    def watch_value(self, value: str) -> None:
        """Filter as it is typed, in the handler of the key."""
        if self.explorer.prompting:
            self.explorer.actions.set_filter(value)

    def action_move(self, by: int) -> None:
        """Move in the list that is being filtered."""
        self.explorer.actions.moved(self.explorer.focused_pane(), by)

    def action_accept(self) -> None:
        """Keep the filter and go on in the list."""
        self.close()

    def action_give_up(self) -> None:
        """Take the filter off."""
        self.explorer.actions.set_filter("")
        self.close()

    def close(self) -> None:
        """Give the line back to the breadcrumb."""
        self.explorer.prompting = False
        self.explorer.activate(self.explorer.active, lead=False)
        self.explorer.visit()

"""The line in which a filter is typed; the list follows every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widgets import Input

if TYPE_CHECKING:
    from convenings.tui.explorer import Explorer


class Prompt(Input):
    """Asks for a line of the query language, in the place of the breadcrumb."""

    BINDINGS = [
        Binding("escape", "give_up", "Clear the filter"),
        Binding("enter,tab", "accept", "Keep the filter"),
    ]

    def __init__(self, explorer: Explorer, query: str) -> None:
        super().__init__(
            value=query, placeholder="words  key:value  !not", id="prompt", compact=True, select_on_focus=False
        )
        self.explorer = explorer

    def on_mount(self) -> None:
        """Take the focus."""
        self.explorer.rearrange()
        self.focus()

    def watch_value(self, value: str) -> None:
        """Filter as it is typed, in the handler of the key."""
        if self.is_mounted:
            self.explorer.actions.set_filter(value)

    def action_accept(self) -> None:
        """Keep the filter and go on in the list."""
        self.close()

    def action_give_up(self) -> None:
        """Take the filter off."""
        self.explorer.actions.set_filter("")
        self.close()

    def close(self) -> None:
        """Give the line back to the breadcrumb."""
        self.explorer.activate(self.explorer.active, lead=False)
        self.explorer.visit()
        self.remove()
        self.call_after_refresh(self.explorer.rearrange)

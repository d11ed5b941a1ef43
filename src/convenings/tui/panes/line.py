"""A line that is typed into: what is pasted becomes one line, and ctrl+z takes typing back."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from convenings.tui.textual_private import declared_again

MOST_UNDONE = 200
"""Changes of a line that can be taken back."""


class Line(Input):
    """Textual's line, with undo, and with every line of a pasted text."""

    BINDINGS = [Binding("ctrl+z,super+z", "undo", "Undo typing", show=False)]
    virtual_size: Reactive[Size] = declared_again(Input, "virtual_size", Reactive(Size(0, 0)))
    """How long the line is; unlike in Textual's own, nothing is laid out anew for it."""

    def __init__(self, **options: Any) -> None:
        self._undoable: list[tuple[str, int]] = []
        """The line and its cursor before each change, the latest last."""
        self._is_undoing = False
        super().__init__(**options)

    def typed(self, value: str) -> None:
        """The line is another one now; called in the handler of the key."""

    def watch_value(self, former: str, value: str) -> None:
        """Remember what the line was, and have it followed."""
        if not self._is_undoing:
            self._undoable = [*self._undoable[1 - MOST_UNDONE :], (former, self.cursor_position)]
        self.typed(value)

    def begin(self, value: str) -> None:
        """Put a line here that nobody typed, with nothing to take back."""
        self.value = value
        self.cursor_position = len(value)
        self._undoable = []

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self._undoable:
            return
        former, cursor = self._undoable.pop()
        self._is_undoing = True
        try:
            self.value = former
        finally:
            self._is_undoing = False
        self.cursor_position = cursor

    def on_paste(self, event: events.Paste) -> None:
        """Take a text of several lines, as a name that a report breaks, as one line."""
        event.prevent_default()
        event.stop()
        lines = event.text.splitlines()
        self.replace(" ".join(filter(None, map(str.strip, lines))) if len(lines) > 1 else event.text, *self.selection)

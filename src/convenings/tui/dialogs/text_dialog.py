"""A dialog that is one text, walked by keys or mouse."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ScreenResultType

from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.panes.text import TextPane


class TextDialog(Dialog[ScreenResultType]):
    """Shows a text; nothing comes of it where it is left.

    Args:
        name: Of its pane.
    """

    BINDINGS = [
        Binding("escape,q", "dismiss", "Leave", show=False),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("g,home", "end(0)", "First", show=False),
        Binding("G,end", "end(1)", "Last", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._pane = TextPane(name, 0, "")

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._pane

    def action_move(self, by: int) -> None:
        """Move the cursor; the text where it has none."""
        self._pane.move(by)

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._pane.page(by)

    def action_end(self, last: int) -> None:
        """Go to the first line, or to the last."""
        self._pane.move_to(self._pane.count - 1 if last else 0)

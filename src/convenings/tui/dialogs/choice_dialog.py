"""A dialog that lists choices, walked by keys or mouse; a line typed into it, if any, is the dialog's own."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding

from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.paint.layout import FRAME
from convenings.tui.panes.choices import Choice, ChoiceList
from convenings.tui.panes.pane import Pane


class ChoiceDialog(Dialog[str]):
    """Gives the value of what was chosen; nothing where it is left."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("g,home", "end(0)", "First", show=False),
        Binding("G,end", "end(1)", "Last", show=False),
        Binding("enter", "take", "Take it", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._list = ChoiceList()

    def compose(self) -> ComposeResult:
        """The list."""
        yield self._list

    def fill(self, choices: list[Choice], dividers: tuple[tuple[int, str], ...] = (), lines: int = 0) -> None:
        """List choices, in as many lines as they take, or in so many where that is more."""
        self._list.show(choices, dividers)
        self._list.styles.height = max(len(choices) + len(dividers), lines) + FRAME

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._list.move(by)

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._list.page(by)

    def action_end(self, last: int) -> None:
        """Move it to the first choice, or to the last."""
        self._list.move_to(self._list.count - 1 if last else 0)

    def action_take(self) -> None:
        """Give what is under the cursor."""
        if self._list.current is not None:
            self.dismiss(self._list.current.value)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Give what was clicked a second time."""
        event.stop()
        if event.again:
            self.action_take()

"""What somebody else has made of fields meanwhile, beside what was to become of them; nothing is run over."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from convenings.domain.edits import FieldConflict
from convenings.domain.text import plain
from convenings.presentation.history import value_in_words
from convenings.tui.dialogs.text_dialog import TextDialog
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.wrapped import Item

MOST_CHARACTERS = 400
"""Characters of a value that are shown."""
OURS, THEIRS = "ours", "theirs"


class ConflictDialog(TextDialog[str]):
    """Gives ``ours`` or ``theirs``, whichever is gone on from; nothing where it is left.

    Args:
        conflicts: Fields of which both have made something.
        is_undo: Whether a step was to be undone: then there is nothing to choose.
    """

    BINDINGS = [Binding("enter", "take", "Take it", show=False)]

    def __init__(self, conflicts: Sequence[FieldConflict], *, is_undo: bool = False) -> None:
        super().__init__("conflict")
        self._conflicts = conflicts
        self._is_undo = is_undo

    def on_mount(self) -> None:
        """Show them side by side."""
        items: list[Item] = []
        if not self._is_undo:
            items += [
                Item([("▶ ", "key"), ("Go on with theirs", "strong")], THEIRS, choosable=True),
                Item([("▶ ", "key"), ("Go on with ours in the place of theirs", "strong")], OURS, choosable=True),
                Item(()),
            ]
        for conflict in self._conflicts:
            name = conflict.field.replace("_", " ") or "the record"
            items.append(Item([(plain(f"{name} of {conflict.id}"), "heading")]))
            rows = (("it was", conflict.before), ("it is now", conflict.theirs), ("it was to be", conflict.ours))
            items += [
                Item([(f"{word:<13}", "muted"), (value_in_words(value, MOST_CHARACTERS), "")], indent=2, hang=13)
                for word, value in rows
            ]
        self._pane.set_items(items)
        word = "cannot be undone over it" if self._is_undo else "nothing is saved yet"
        note = "esc leaves" if self._is_undo else "enter goes on in the form · esc leaves"
        self._pane.set_title((f"Changed by somebody else meanwhile: {word}", ""), note=note)
        self._pane.focus()

    def action_take(self) -> None:
        """Go on with what is under the cursor."""
        if self._pane.item is not None:
            self.dismiss(self._pane.item.ref)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Go on with what was clicked a second time."""
        event.stop()
        if event.again:
            self.action_take()

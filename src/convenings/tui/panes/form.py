"""The lines of a record that is being edited."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item


class FormPane(TextPane):
    """The lines of the record."""

    can_focus = False
    cursor_always_active = True

    def show_items(self, items: Sequence[Item], selected: int) -> None:
        """Show other lines at the same scroll, the cursor on one of them."""
        top = self.offset_item
        self.set_items(items)
        self.offset_item = self.text.top(top, self.capacity) if len(self.text) else 0
        if len(self.text):
            lines = self.text.lines_of(selected)
            self.cursor = lines.start
            if lines.start < self.offset_item or lines.stop > self.offset_item + self.capacity:
                self.offset_item = self.text.top(max(0, lines.stop - max(1, self.capacity * 2 // 3)), self.capacity)
        else:
            self._pending = selected
        self.repaint()
        self.refresh_changes()

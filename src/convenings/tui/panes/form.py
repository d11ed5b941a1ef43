"""The lines of a record that is being edited."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.presentation.form_readings import FormReadings
from convenings.presentation.record_form import FormLine, RecordForm
from convenings.tui.paint.segments import TextSpan, pad
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item

HEADING_CELLS = 16
"""Cells of what a line is called."""


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


def form_item(form: RecordForm, line: FormLine, lines: Sequence[FormLine], readings: FormReadings) -> Item:
    """A line of a form as it is shown: what is written there, how it is read, and what is wrong with it.

    Args:
        form: The form.
        line: The line.
        lines: All lines of the form.
        readings: What the dataset says of its values.
    """
    fault = form.fault_at(line, lines)
    text, reading = form.text(line), readings.reading(form, line)
    sign = "! " if fault else "• " if form.is_changed(line) and not line.is_new else "  "
    is_open = bool(line.part) and form.is_open(line.part)
    fold = ("▾ " if is_open else "▸ ") if line.part else ""
    spans: list[TextSpan] = [
        (sign, "gap" if fault else "key"),
        (pad(fold + line.heading, HEADING_CELLS - 2 * line.depth), "muted"),
        (" ", ""),
    ]
    if line.field.sort == "reference" and reading:
        spans += [(reading, "strong"), (f"  {text}", "muted")]
    else:
        spans.append((text, "strong" if form.is_changed(line) else ""))
        if reading:
            spans.append((f"{'  ' if text else ''}{reading}", "inferred"))
    if fault:
        spans.append((f"{'  ' if text else ''}{fault}", "gap"))
    return Item(spans, choosable=True, indent=2 * line.depth, hang=HEADING_CELLS + 3 - 2 * line.depth)

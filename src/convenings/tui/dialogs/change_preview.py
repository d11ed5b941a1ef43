"""What a change comes to, each record before and after, before any of it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from textual.binding import Binding

from convenings.domain.edits import Change, changed_fields
from convenings.domain.kinds import GLYPHS, kind_of
from convenings.domain.text import plain
from convenings.presentation.history import value_in_words, values_in_words
from convenings.tui.dialogs.text_dialog import TextDialog
from convenings.tui.paint.segments import TextSpan
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.wrapped import Item

MOST_SHOWN = 1000
"""Records that are listed."""
MOST_CHARACTERS = 200
"""Characters of a value that are shown."""
TAKE = "take"
EMPTY: tuple[object, ...] = (None, "", [])
"""What a field has of which nothing is said."""


class ChangePreview(TextDialog[Sequence[Change]]):
    """Lists changes; gives those that are wanted, or nothing where it is left.

    Args:
        title: What is done.
        verb: What Enter does, in a word or two.
        changes: What becomes of which records.
        label: Gives what a record is called.
        is_all_or_nothing: Whether none can be left out.
    """

    BINDINGS = [
        Binding("enter", "take", "Do it", show=False),
        Binding("x", "leave_out", "Leave this out", show=False),
    ]

    def __init__(
        self,
        title: str,
        verb: str,
        changes: Sequence[Change],
        label: Callable[[str], str],
        *,
        is_all_or_nothing: bool = False,
    ) -> None:
        super().__init__("changes")
        self._title, self._verb = title, verb
        self._changes = changes
        self._label = label
        self._is_whole = is_all_or_nothing
        self._without: set[str] = set()
        """Ids of the records that are left out."""

    def on_mount(self) -> None:
        """List them."""
        self._show()
        self._pane.focus()

    def _show(self) -> None:
        wanted = len(self._changes) - len(self._without)
        what = f"{self._verb} {wanted:,} record{'s' if wanted != 1 else ''}"
        items = [Item([("▶ ", "key"), (what, "strong")], TAKE, choosable=True), Item(())]
        for change in self._changes[:MOST_SHOWN]:
            items += self._lines(change)
        if (rest := len(self._changes) - MOST_SHOWN) > 0:
            items.append(Item([(f"and {rest:,} more", "muted")]))
        selected = self._pane.selected if self._pane.items else 0
        self._pane.set_items(items)
        if selected:
            self._pane.select(selected)
        leave_out = "" if self._is_whole else " · x leaves one out"
        self._pane.set_title((self._title, ""), note=f"enter does it, in one step{leave_out} · esc leaves")

    def _lines(self, change: Change) -> list[Item]:
        ref = change.id
        kind = kind_of(ref)
        is_out = ref in self._without
        sign = "✗ " if is_out else "− " if change.after is None else "+ " if change.before is None else "• "
        head: list[TextSpan] = [
            (sign, "muted" if is_out else "key"),
            (GLYPHS[kind], kind_style(kind)),
            (f" {plain(self._label(ref))}", "muted" if is_out else "strong"),
            (f"  {ref}", "muted"),
        ]
        lines = [Item(head, ref, choosable=not self._is_whole)]
        if change.after is None:
            return lines
        before = {} if change.before is None else msgspec.to_builtins(change.before)
        after = msgspec.to_builtins(change.after)
        for name in changed_fields(before, after):
            values: list[TextSpan] = [(f"{name.replace('_', ' ')}: ", "muted")]
            if change.before is None:
                # Its name and its id stand above.
                if name in ("id", "label") or after[name] in EMPTY:
                    continue
                values.append((value_in_words(after[name], MOST_CHARACTERS), "strong"))
            else:
                one, two = values_in_words(before.get(name), after.get(name), MOST_CHARACTERS)
                values += [(one, ""), (" → ", "muted"), (two, "strong")]
            lines.append(Item(values, indent=4))
        return lines

    def action_leave_out(self) -> None:
        """Leave the record under the cursor out, or take it in again."""
        ref = self._pane.item.ref if self._pane.item is not None else TAKE
        if ref != TAKE and not self._is_whole:
            self._without ^= {ref}
            self._show()

    def action_take(self) -> None:
        """Have it done."""
        wanted = [change for change in self._changes if change.id not in self._without]
        if wanted:
            self.dismiss(wanted)

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Do it where that was clicked a second time."""
        event.stop()
        if event.again and self._pane.item is not None and self._pane.item.ref == TAKE:
            self.action_take()

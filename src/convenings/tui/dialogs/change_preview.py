"""What a change comes to, each record before and after, before any of it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding

from convenings.domain.edits import Change, changed_fields
from convenings.domain.kinds import GLYPHS, kind_of
from convenings.domain.text import plain
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.paint.segments import TextSpan
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item

MOST_SHOWN = 1000
"""Records that are listed."""
MOST_CHARACTERS = 200
"""Characters of a value that are shown."""
MOST_ALIKE = 40
"""Characters that are shown of what two long values begin with alike."""
TAKE = "take"


class ChangePreview(Dialog[Sequence[Change]]):
    """Lists changes; gives those that are wanted, or nothing where it is left.

    Args:
        title: What is done.
        verb: What Enter does, in a word or two.
        changes: What becomes of which records.
        label: Gives what a record is called.
        is_all_or_nothing: Whether none can be left out.
    """

    BINDINGS = [
        Binding("escape,q", "dismiss", "Leave", show=False),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Before", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
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
        super().__init__()
        self._title, self._verb = title, verb
        self._changes = changes
        self._label = label
        self._is_whole = is_all_or_nothing
        self._without: set[str] = set()
        """Ids of the records that are left out."""
        self._pane = TextPane("changes", 0, "")

    def compose(self) -> ComposeResult:
        """The records."""
        yield self._pane

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
        if change.before is not None and change.after is not None:
            before, after = msgspec.to_builtins(change.before), msgspec.to_builtins(change.after)
            for name in changed_fields(before, after):
                one, two = _shown(before.get(name), after.get(name))
                values: list[TextSpan] = [
                    (f"{name.replace('_', ' ')}: ", "muted"),
                    (one, ""),
                    (" → ", "muted"),
                    (two, "strong"),
                ]
                lines += [Item(values, indent=4)]
        return lines

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._pane.move(by)

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._pane.page(by)

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


def _shown(before: Any, after: Any) -> tuple[str, str]:
    """Two values in a line, each cut where it is long; what they both begin with then, too."""
    one, two = _text(before), _text(after)
    if max(len(one), len(two)) > MOST_CHARACTERS:
        start = _alike(one, two) - MOST_ALIKE
        if start > 0:
            one, two = f"…{one[start:]}", f"…{two[start:]}"
    return _cut(one), _cut(two)


def _alike(one: str, two: str) -> int:
    """Characters that two texts begin with alike."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(two)))


def _text(value: Any) -> str:
    if value is None:
        return "nothing"
    return plain(value if isinstance(value, str) else msgspec.json.encode(value).decode())


def _cut(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"

"""The line of a dialog that says which keys work there; each can be clicked, too."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.tui.paint.segments import TextSpan, cells_of
from convenings.tui.panes.bars import Bar


class KeysLine(Bar):
    """Keys and what they do, whole entries only, as many as there is room for.

    Args:
        entries: Key as it is shown, what it does, and the action of the dialog that does it; first those to keep.
    """

    def __init__(self, entries: Sequence[tuple[str, str, str]] = ()) -> None:
        super().__init__("dialog-keys")
        self.entries = entries

    def layout_spans(self, width: int) -> Sequence[TextSpan]:
        """As many entries as fit, in their order."""
        spans: list[TextSpan] = []
        self._targets = []
        at = 0
        for key, label, action in self.entries:
            cells = cells_of(key) + cells_of(label) + 3
            if at + cells > width:
                break
            spans += [(f" {key}", "key"), (f" {label} ", "muted")]
            self._targets.append((at, at + cells, action))
            at += cells
        return spans

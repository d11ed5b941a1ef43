"""A list of choices, one line each: what the palette found, or what refers to a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from convenings.tui.painting import Span, clip, pad, right
from convenings.tui.panes.pane import Pane

CONTEXT_FROM, KIND_FROM = 62, 44
"""From which width on the context, and the kind, is shown beside a label."""


class Choice(NamedTuple):
    """Something that can be chosen."""

    value: str
    """Id of a record, or ``command:`` and the id of a command."""
    glyph: Span
    label: str
    context: str
    kind: str
    """What stands at the right: the kind of a record, the key of a command."""


class ChoiceList(Pane):
    """Choices, best first."""

    always_lively = True

    def __init__(self, name: str = "choices") -> None:
        super().__init__(name, 0, "")
        self.choices: Sequence[Choice] = ()
        self.typed: tuple[str, ...] = ()
        """Folded words that were typed, to be shown in bold where a label begins with them."""

    @property
    def count(self) -> int:
        """How many choices there are."""
        return len(self.choices)

    @property
    def chosen(self) -> Choice | None:
        """The choice under the cursor."""
        return self.choices[self.cursor] if self.cursor < self.count else None

    def show(self, choices: Sequence[Choice]) -> None:
        """Show other choices, the first one under the cursor."""
        self.choices = choices
        self.cursor = self.offset_item = 0
        self.repaint()

    def spans(self, item: int, line: int, width: int) -> list[Span]:
        """One choice: sign, label, context, kind."""
        choice = self.choices[item]
        kind_cells = max((cell_len(c.kind) for c in self.choices), default=0) if width >= KIND_FROM else 0
        room = width - kind_cells - 5
        on_screen = self.choices[self.offset_item : self.offset_item + self.shown]
        labels = max((cell_len(c.label) for c in on_screen), default=0)
        first = min(labels, max(room * 3 // 5, room - 40)) if choice.context and width >= CONTEXT_FROM else room
        context = room - first - 2
        spans: list[Span] = [(" ", ""), choice.glyph, (" ", ""), (pad(choice.label, first), "")]
        if choice.context and context > 4:
            spans.append(("  " + pad(clip(choice.context, context), context), "muted"))
        used = sum(cell_len(text) for text, _ in spans)
        kind = right(choice.kind, width - used - 1) if kind_cells else ""
        return [*spans, (kind, "muted")]

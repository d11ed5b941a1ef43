"""A list of choices, one line each: what the palette offers, or what refers to a record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.segments import TextSpan, cells_of, pad, right
from convenings.tui.panes.pane import Pane

CONTEXT_FROM, KIND_FROM = 62, 44
"""From which width on the context, and the kind, is shown beside a label."""


LEAST_LINES = 4
"""Lines of a list from which on what parts its groups is drawn."""


class Choice(msgspec.Struct, frozen=True):
    """Something that can be chosen."""

    value: str
    """Id of a record, or ``command:`` and the id of a command."""
    glyph: TextSpan
    label: str
    context: str
    kind: str
    """What stands at the right: the kind of a record, the key of a command."""
    sign: str = " "
    """The cell before it: of a record, whether the user has marked it or written a note on it."""


class ChoiceList(Pane):
    """Choices, best first."""

    cursor_always_active = True

    def __init__(self, name: str = "choices") -> None:
        super().__init__(name, 0, "")
        self.choices: Sequence[Choice] = ()
        self._kind_cells = 0
        """Cells of the longest kind."""
        self._label_cells: tuple[range, int] = range(0), 0
        """Choices on the screen, and cells of the longest label among them."""

    @property
    def count(self) -> int:
        """How many choices there are."""
        return len(self.choices)

    @property
    def current(self) -> Choice | None:
        """The choice under the cursor."""
        return self.choices[self.cursor] if self.cursor < self.count else None

    def has_room_for_dividers(self, lines: int) -> bool:
        """Whether dividers are drawn in so many lines: each with a choice below it, and one choice more at least."""
        return lines >= LEAST_LINES

    def capacity_at(self, height: int) -> int:
        """How many choices fit in so many lines, border included, wherever the list is scrolled to."""
        lines = max(1, height - FRAME)
        if not self.has_room_for_dividers(lines):
            return lines
        # Of so many neighbours there may be no more dividers than in the fullest stretch of them.
        firsts = [at for at, _ in self.dividers]
        return next(
            number
            for number in range(lines, 0, -1)
            if number == 1 or number + max((_within(firsts, at, number) for at in firsts), default=0) <= lines
        )

    def _last_offset(self, capacity: int) -> int:
        """First choice of the last screen: as many as fit above the last with their own dividers."""
        lines = max(1, self.area.height - FRAME)
        firsts = {at for at, _ in self.dividers} if self.has_room_for_dividers(lines) else set()
        offset = self.count
        while offset > 0 and lines >= 1 + (offset - 1 in firsts):
            offset -= 1
            lines -= 1 + (offset in firsts)
        return min(offset, max(0, self.count - 1))

    def show(self, choices: Sequence[Choice], dividers: tuple[tuple[int, str], ...] = ()) -> None:
        """Show other choices, the first one under the cursor.

        Args:
            choices: The choices.
            dividers: Choices before which a line parts them from those above, with what it says, in order.
        """
        self.choices, self.dividers = choices, dividers
        self.cursor = self.offset_item = 0
        self._kind_cells = max((cells_of(choice.kind) for choice in choices), default=0)
        self._label_cells = range(0), 0
        self.repaint()
        # Not when this pane comes to rest: the line that is typed into would be painted a frame before the hits.
        self.refresh_changes()

    def spans(self, item: int, line: int, width: int) -> list[TextSpan]:
        """One choice: sign, label, context, kind."""
        choice = self.choices[item]
        kind_cells = self._kind_cells if width >= KIND_FROM else 0
        room = width - kind_cells - 5
        first = room
        if choice.context and width >= CONTEXT_FROM:
            first = min(self._longest_label(), max(room * 3 // 5, room - 40))
        context = room - first - 2
        spans: list[TextSpan] = [(choice.sign, "number"), choice.glyph, (" " + self._label(item, first), "")]
        beside = "  " + pad(choice.context, context) if choice.context and context > 4 else ""
        used = 2 + cells_of(choice.glyph[0]) + first + cells_of(beside)
        kind = right(choice.kind, width - used - 1) if kind_cells else ""
        return [*spans, (beside + kind, "muted")]

    def _label(self, item: int, cells: int) -> str:
        """A label in so many cells; where it would then be like the one before or after it, with its end."""
        label, text = self.choices[item].label, pad(self.choices[item].label, cells)
        around = (self.choices[at].label for at in (item - 1, item + 1) if 0 <= at < self.count)
        alike = any(other != label and pad(other, cells) == text for other in around)
        return pad(label, cells, end=True) if alike else text

    def _longest_label(self) -> int:
        """Cells of the longest label on the screen; measured once for all its lines."""
        on_screen = range(self.offset_item, min(self.offset_item + self.capacity, self.count))
        if self._label_cells[0] != on_screen:
            self._label_cells = on_screen, max((cells_of(self.choices[at].label) for at in on_screen), default=0)
        return self._label_cells[1]


def _within(firsts: Sequence[int], first: int, number: int) -> int:
    """How many of some places, which ascend, are among so many from one on."""
    return bisect_left(firsts, first + number) - bisect_left(firsts, first)

"""What is drafted from reports, one line a record, with the fields of the record in use below it."""

from __future__ import annotations

from convenings.domain.kinds import GLYPHS
from convenings.domain.text import plain
from convenings.drafting.review_list import DIGEST, STATES, TO_BE_WORDED, ReviewList
from convenings.tui.paint.segments import TextSpan, cells_of, clip, pad, right
from convenings.tui.paint.styles import kind_style
from convenings.tui.pane_names import DRAFTS, TITLES
from convenings.tui.panes.pane import Pane

SIGNS = {
    "ticked": ("✓", "key"),
    "open": ("□", "gap"),
    "later": ("…", "muted"),
    "wording": ("✎", "gap"),
    "accepted": ("●", "number"),
    "rejected": ("×", "muted"),
}
"""State of a record to the sign before it."""
STAND_FOR = {"participation": "person", DIGEST: "source"}
"""Kind of a draft to the kind whose glyph it has, where it has none of its own."""
LABEL_CELLS = 9
"""Cells of the name of a field."""
LEAST_VALUE = 20
"""Cells that a value takes at least, before anything is said of how it was found."""


class DraftsPane(Pane):
    """The queue of the review."""

    LEGEND = (
        "✓ ticked beforehand, as the rule that found it is nearly always right · □ asked · … left for later · ✎ waits "
        "for your words · ● accepted · × rejected. Leaning text is inferred and not stated by the report."
    )

    def __init__(self) -> None:
        super().__init__(DRAFTS, 2, TITLES[DRAFTS])
        self.content: ReviewList | None = None

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.content.lines) if self.content is not None else 0

    def show(self, content: ReviewList | None, field: str) -> None:
        """Show a queue, with the cursor on a field of the record in use, or on that itself."""
        if content is None:
            self.content, self.cursor, self.dividers = None, 0, ()
        else:
            if content is not self.content:
                self.content = content
                waiting = len(content.refs) - content.first_to_be_worded
                first = content.position(content.refs[content.first_to_be_worded]) if waiting else 0
                self.dividers = ((first, f"{TO_BE_WORDED} {waiting}"),) if waiting else ()
            self.cursor = content.position(content.ref, field)
        self.keep_in_view()
        self.repaint()

    def keep_in_view(self) -> None:
        """Scroll as little as shows the record in use with its fields, and the cursor among them."""
        super().keep_in_view()
        if self.content is None or not self.area.height or not self.content.ref:
            return
        first = self.content.position(self.content.ref)
        last = first
        while last + 1 < self.count and self.content.lines[last + 1].field:
            last += 1
        capacity = self.capacity
        if last >= self.offset_item + capacity:
            self.offset_item = min(first, last - capacity + 1)
            super().keep_in_view()

    def spans(self, item: int, line: int, width: int) -> list[TextSpan]:
        """One line."""
        if self.content is None:
            return []
        return self._field(item, width) if self.content.lines[item].field else self._record(item, width)

    def _record(self, item: int, width: int) -> list[TextSpan]:
        assert self.content is not None
        words = self.content.record_words(self.content.lines[item].ref)
        kind = STAND_FOR.get(words.kind, words.kind)
        sign, style = SIGNS[words.state]
        state = STATES.get(words.state, "ask" if words.state == "open" else words.state)
        note = f" {state} {words.where}"
        room = max(LEAST_VALUE, width - 5 - cells_of(note))
        label = clip(plain(words.label), room)
        tie = plain(words.tie)
        left = room - cells_of(label)
        tie = f"  {clip(tie, left - 2)}" if tie and left > 6 else ""
        fill = " " * (left - cells_of(tie))
        return [
            (" ", ""),
            (sign, style),
            (" ", ""),
            (GLYPHS[kind], kind_style(kind)),
            (" ", ""),
            (label, "dimmed" if words.state == "rejected" else "strong" if words.state in ("open", "ticked") else ""),
            (f"{tie}{fill}{note}", "muted"),
        ]

    def _field(self, item: int, width: int) -> list[TextSpan]:
        assert self.content is not None
        words = self.content.field_words(self.content.lines[item])
        sign = ("✓", "key") if words.is_ticked else ("×", "muted") if words.is_rejected else (" ", "")
        room = width - 7 - LABEL_CELLS
        value, note = plain(words.value), plain(words.note)
        if words.is_inferred:
            note = f"inferred: {note}"
        if words.is_missing:
            value, note = note, ""
        value = clip(value, max(LEAST_VALUE, room - cells_of(note) - 2))
        style = (
            "dimmed" if words.is_rejected else "gap" if words.is_missing else "inferred" if words.is_inferred else ""
        )
        rest = max(0, room - cells_of(value))
        note = clip(note, max(0, rest - 2))
        return [
            ("     ", ""),
            sign,
            (" ", ""),
            (pad(words.label, LABEL_CELLS), "muted"),
            (value, style),
            (right(note, rest), "muted"),
        ]

"""The evidence drawer: the passages under what is shown, summed up or, with the report attached, in its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convenings.tui.paint.segments import TextSpan
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item, LinePosition

if TYPE_CHECKING:
    # What composes passages is not needed before the drawer is opened.
    from convenings.presentation.passages import Passage, Support

ATTACH = "convenings attach FILE to read the passage"


class EvidencePane(TextPane):
    """Evidence of what the profile shows, opened at the passage asked for."""

    LEGEND = (
        "Each passage stands once: its source and paragraph, its words, and below them what it supports, by number: "
        "which fields, whether the source states them or they were inferred, and from what. The text is a summary of "
        "the paragraph; attach the report, and enter on a number reads its own from there on."
    )

    def __init__(self) -> None:
        super().__init__("evidence", 6, "Evidence")
        self.passages: Sequence[Passage] = ()
        self._heads: dict[int, int] = {}
        """Paragraph that says what a passage supports to the one in which the passage begins."""

    def show(self, passages: Sequence[Passage], first: int = 0) -> None:
        """Show passages, the cursor on the number ``first``; without one the same passages stay in place."""
        if not first and passages == self.passages:
            return
        from convenings.presentation.passages import SUMMARY

        self.passages = passages
        self._heads = {}
        items: list[Item] = []
        digests: set[str] = set()
        for passage in passages:
            if items:
                items.append(Item(()))
            head = len(items)
            items += _items(passage)
            is_first_digest = passage.state is None and not passage.pointer and passage.source not in digests
            if is_first_digest:
                digests.add(passage.source)
                items.append(Item([(SUMMARY, "muted")], indent=4))
            # What was asked for stands first, so that it is seen with the words.
            supports = [_support(each) for each in sorted(passage.supports, key=lambda each: each.number != first)]
            self._heads |= dict.fromkeys(range(len(items), len(items) + len(supports)), head)
            items += supports
            if is_first_digest:
                items.append(Item([(ATTACH, "muted")], indent=4))
        self.set_items(items)
        asked = (at for at in self._heads if not first or first in items[at].numbers)
        if (at := next(asked, -1)) >= 0:
            self.select(at)

    def select(self, item: int) -> None:
        """Put the cursor on a paragraph, with as much of its passage above it as there is room for.

        Words that are longer than the pane are read from their beginning.
        """
        super().select(item)
        if item not in self._heads or not len(self.text):
            return
        head, text = self._heads[item], self.text
        first = text.first_line(head)
        words = text.first_line(next(at for at, other in self._heads.items() if other == head)) - first
        top = first if words >= self.capacity else max(first, text.lines_of(item)[-1] - self.capacity + 1)
        self._go(LinePosition(self.cursor, text.top(min(top, self.cursor), self.capacity)))


def _items(passage: Passage) -> list[Item]:
    """Where a passage is, a link to its source, and its words, or its digest and why these are not to be had."""
    head = Item([(passage.place, "strong")], passage.source, passage.numbers, choosable=True)
    if passage.pointer:
        return [head, *_element_items(passage)]
    digest = Item([(passage.digest, "")], indent=4, bar="  ▌")
    if passage.state is None:
        return [head, digest]
    if passage.state == "unsearched":
        warning = "the attached text has this passage neither at its place nor nearby; its summary says:"
        return [head, Item([(warning, "gap")], indent=4), digest]
    if passage.state in ("ambiguous", "lost"):
        warning = f"the attached text no longer has this passage ({passage.state}); its summary says:"
        return [head, Item([(warning, "gap")], indent=4), digest]
    items = [
        head,
        Item([(passage.before, "muted"), (passage.text, "match"), (passage.after, "muted")], indent=4, bar="  ▌"),
        Item([(f"attached text · locator {passage.state}", "muted")], indent=4),
    ]
    if passage.state == "moved":
        items.insert(1, Item([("the passage has moved in the attached text", "gap")], indent=4))
    return items


def _element_items(passage: Passage) -> list[Item]:
    """The piece of a structured file, line by line, and whether it is the one; or why it is not to be had."""
    from convenings.presentation.passages import element_state

    lines = [Item([(line or " ", "")], indent=4, bar="  ▌") for line in passage.lines]
    style = "muted" if passage.state in (None, "exact") else "gap"
    # First whether it can be trusted, as a long piece leaves the screen.
    return [Item([(element_state(passage), style)], indent=4), *lines]


def _support(support: Support) -> Item:
    """What a passage supports, under a number: Enter reads on from there."""
    basis = f"{support.basis}: {support.note}" if support.note else support.basis
    spans: list[TextSpan] = [(f"[{support.number}] ", "number")]
    if support.words:
        spans.append((f"“{support.words}” ", ""))
    spans.append((f"supports {support.claim} · {basis}", "inferred" if support.basis == "inferred" else "muted"))
    return Item(spans, "", (support.number,), choosable=True, indent=4)

"""The evidence drawer: the passages under what is shown, summed up or, with the report attached, in its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item

if TYPE_CHECKING:
    # What composes passages is not needed before the drawer is opened.
    from convenings.presentation.passages import Passage

ATTACH = "convenings attach FILE to read the passage"


class EvidencePane(TextPane):
    """Evidence of what the profile shows, opened at the passage asked for."""

    HELP = """
    **The evidence.** Each number is a passage: its source and paragraph, the fields it supports, whether the source
    states them or they were inferred, and from what. The text is a summary of the paragraph; attach the report to
    read its own.
    """

    def __init__(self) -> None:
        super().__init__("evidence", 6, "Evidence")
        self.passages: Sequence[Passage] = ()

    def show(self, passages: Sequence[Passage], first: int = 0) -> None:
        """Show passages, the one with the number ``first`` at the top; without one the same passages stay in place."""
        if not first and passages == self.passages:
            return
        self.passages = passages
        items: list[Item] = []
        at = 0
        for passage in passages:
            if items:
                items.append(Item(()))
            if passage.number == first:
                at = len(items)
            items += _items(passage)
        self.set_items(items)
        if at:
            self.select(at)


def _items(passage: Passage) -> list[Item]:
    inferred = passage.basis == "inferred"
    fields = ", ".join(name.replace("_", " ") for name in passage.fields)
    basis = f"{passage.basis}: {passage.note}" if passage.note else passage.basis
    spans = [(f"[{passage.number}] ", "number"), (passage.place, "strong")]
    head = Item(spans, passage.source, (passage.number,), choosable=True)
    support = Item([(f"supports {fields} · {basis}", "inferred" if inferred else "muted")], indent=4)
    return [head, support, *_text_items(passage)]


def _text_items(passage: Passage) -> list[Item]:
    """The words of the passage, or its digest and why these are not to be had."""
    digest = Item([(passage.digest, "")], indent=4, bar="  ▌")
    if passage.state is None:
        from convenings.presentation.passages import SUMMARY

        return [digest, Item([(f"{SUMMARY} · {ATTACH}", "muted")], indent=4)]
    if passage.state in ("ambiguous", "lost"):
        warning = f"the attached text no longer has this passage ({passage.state}); its summary says:"
        return [Item([(warning, "gap")], indent=4), digest]
    items = [
        Item([(passage.before, "muted"), (passage.text, "match"), (passage.after, "muted")], indent=4, bar="  ▌"),
        Item([(f"attached text · locator {passage.state}", "muted")], indent=4),
    ]
    if passage.state == "moved":
        items.insert(0, Item([("the passage has moved in the attached text", "gap")], indent=4))
    return items

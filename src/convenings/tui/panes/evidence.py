"""The evidence drawer: the passages under what is shown, in our own words or, with the report attached, in its own."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.presentation.passages import Passage
from convenings.tui.panes.text import Item, TextPane

ATTACH = "digest in our words · convenings attach FILE to read the passage"


class EvidencePane(TextPane):
    """Evidence of what the profile shows, opened at the passage asked for."""

    HELP = """
    **The evidence.** Each number is a passage: its source and paragraph, the fields it supports, whether the source
    states them or they were inferred, and from what. The text is a digest in our own words; attach the report to read
    its own.
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
    found = passage.evidence
    where = f"{passage.source}, paragraph {found.paragraph} of {passage.paragraphs}"
    supports = ", ".join(name.replace("_", " ") for name in passage.fields)
    ref = found.source
    head = Item([(f"[{passage.number}] ", "number"), (where, "strong")], ref, (passage.number,), choosable=True)
    why = f"{found.basis}: {found.note}" if found.note else found.basis
    said = Item([(f"supports {supports} · {why}", "inferred" if found.basis == "inferred" else "muted")], indent=4)
    if not passage.state:
        return [
            head,
            said,
            Item([(passage.digest, "")], indent=4, bar="  ▌"),
            Item([(ATTACH, "muted")], indent=4),
        ]
    if passage.state in ("ambiguous", "lost"):
        warning = f"the attached text no longer has this passage ({passage.state}); the digest says:"
        return [
            head,
            said,
            Item([(warning, "gap")], indent=4),
            Item([(passage.digest, "")], indent=4, bar="  ▌"),
        ]
    moved = (
        [Item([("the passage has moved in the attached text", "gap")], indent=4)] if passage.state == "moved" else []
    )
    text = Item([(passage.before, "muted"), (passage.passage, "match"), (passage.after, "muted")], indent=4, bar="  ▌")
    return [head, said, *moved, text, Item([(f"attached text · locator {passage.state}", "muted")], indent=4)]

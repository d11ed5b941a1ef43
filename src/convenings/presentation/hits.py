"""What stands beside a hit of a search: what tells it apart, and why it was found where its name does not say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from convenings.domain.query import parse
from convenings.domain.query.tree import Word, conjuncts
from convenings.domain.record_values import Name
from convenings.domain.text import fold, plain, words
from convenings.index.hits import Hit, Tier
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.presentation.names import name_line

NOTE_AROUND = 30
"""Characters of a note on each side of what was found in it."""


def contexts(
    model: ReadModel,
    line: str,
    hits: Sequence[Hit],
    rows: Sequence[Row],
    notes: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Of each hit what stands beside its name.

    Args:
        model: The read model.
        line: What was typed, which can be understood.
        hits: The hits.
        rows: The row of each.
        notes: Row to the note that the user wrote on it.
    """
    if not hits:
        return
    typed = [token for part in conjuncts(parse(line)) if isinstance(part, Word) for token in words(part.text)]
    # Only these tiers are of names, and to read a record takes longer than all else that is done for a hit.
    by_name = [row for hit, row in zip(hits, rows, strict=True) if hit.tier in (Tier.EXACT, Tier.ALIAS)]
    renamed = [row.row for row in by_name if typed and model.complete and not _has(row.label, typed)]
    names = {at: getattr(record, "names", ()) for at, record in zip(renamed, model.records(renamed), strict=True)}
    for hit, row in zip(hits, rows, strict=True):
        context = row.secondary
        if hit.tier in (Tier.EXTRA, Tier.FORM) and row.trailing not in context:
            context = ", ".join(filter(None, (row.trailing, context)))
        of_note = _in_note(typed, notes[row.row]) if hit.tier == Tier.TEXT and row.row in notes else ""
        yield ", ".join(filter(None, (of_note, _other_name(typed, names.get(row.row, ())), context)))


def _in_note(typed: Sequence[str], note: str) -> str:
    """Some words of the user's note, where it has any that was typed."""
    for word in re.finditer(r"\S+", plain(note)):
        if any(f" {fold(word[0])}".find(f" {token}") >= 0 for token in typed):
            line, start, end = plain(note), max(0, word.start() - NOTE_AROUND), word.end() + NOTE_AROUND
            return f"your note: {'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"
    return ""


def _other_name(typed: Sequence[str], names: Sequence[Name]) -> str:
    """The other name that has what was typed, with what it is: ``formerly Red Fund``."""
    return next((name_line(name) for name in names if _has(name.value, typed)), "")


def _has(name: str, typed: Sequence[str]) -> bool:
    """Whether words of a name begin with each word that was typed."""
    folded = f" {fold(name)}"
    return all(f" {token}" in folded for token in typed)

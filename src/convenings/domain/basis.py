"""On what a fact stands: whether the source states it, or whoever recorded it inferred it (its epistemic basis)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convenings.domain.records import Record


def inferred_fields(record: Record) -> frozenset[str]:
    """Names of the fields that any evidence of the record infers."""
    return frozenset(name for piece in record.evidence if piece.basis == "inferred" for name in piece.fields)


def mark_basis(text: str, basis: str | None) -> str:
    """A text with ``(inferred)`` behind it where that is its basis; an empty text stays empty."""
    return f"{text} (inferred)" if text and basis == "inferred" else text

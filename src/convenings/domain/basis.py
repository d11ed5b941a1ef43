"""On what a fact stands: whether the source states it, or whoever recorded it inferred it (its epistemic basis)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convenings.domain.records import Record

EVERY_FIELD = "*"
"""Among the fields of evidence: it supports every field that the record has."""


def supports(fields: Collection[str], *names: str) -> bool:
    """Whether evidence of some fields is evidence of any field with one of some names."""
    return EVERY_FIELD in fields or not set(names).isdisjoint(fields)


def inferred_fields(record: Record) -> frozenset[str]:
    """Names of the fields that any evidence of the record infers."""
    names = frozenset(name for piece in record.evidence if piece.basis == "inferred" for name in piece.fields)
    return names.union(record.__struct_fields__) if EVERY_FIELD in names else names


def mark_basis(text: str, basis: str | None) -> str:
    """A text with ``(inferred)`` behind it where that is its basis; an empty text stays empty."""
    return f"{text} (inferred)" if text and basis == "inferred" else text

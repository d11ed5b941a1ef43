"""What the rules of the check have in common: all records by id, and how a rule says what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from convenings.domain.errors import nearest
from convenings.domain.kinds import kind_of
from convenings.domain.records import Record
from convenings.domain.references import all_evidence
from convenings.store.changes import chain_ends

NEAR_LIMIT = 2000
"""Among how many ids the nearest one to a wrong one is looked for; more would take longer than the help is worth."""
NEAR_COMPARISONS = 100_000
"""How many ids are compared with wrong ones altogether, which takes a second or two."""


class Finding(NamedTuple):
    """What is wrong with a record."""

    field: str
    """The field and the way to it, items counted from 0; empty where the whole record is meant."""
    what: str
    hint: str


@dataclass
class Book:
    """All records of a dataset by id."""

    records: dict[str, Record] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Ids of documents that are no records; a reference to one of them resolves all the same."""
    right_references: defaultdict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    """Kinds to ids that lead to a record of one of them, as far as known."""
    outer_dates: dict[str, tuple[str, str] | None] = field(default_factory=dict)
    """Id of an event to id and date of the nearest event with a date, itself or above it, as far as known."""
    _ends: dict[str, str] | None = None
    _ids: dict[str, list[str]] | None = None
    _nearest: dict[str, str] = field(default_factory=dict)
    _comparisons: int = 0
    _cited: dict[str, set[int]] | None = None

    def resolve(self, ref: str) -> str:
        """The id that stands for an id after all merges."""
        if self._ends is None:
            self._ends = chain_ends(self.redirects)
        return self._ends.get(ref, ref)

    def get(self, ref: str | None) -> Record | None:
        """The record that an id stands for."""
        return self.records.get(self.resolve(ref)) if ref else None

    def cited_paragraphs(self, source: str) -> set[int]:
        """Numbers of the paragraphs of a source that any evidence cites."""
        if self._cited is None:
            self._cited = {}
            for record in self.records.values():
                for piece in all_evidence(record):
                    if not piece.pointer:
                        self._cited.setdefault(self.resolve(piece.source), set()).add(piece.paragraph)
        return self._cited.get(source, set())

    def near(self, ref: str) -> str:
        """The id in the dataset most like one that is not, of the same kind; an empty string where there is none."""
        if ref not in self._nearest:
            if self._ids is None:
                self._ids = {}
                for other in self.records:
                    self._ids.setdefault(kind_of(other), []).append(other)
            alike = self._ids.get(kind_of(ref), [])
            self._comparisons += len(alike)
            is_worth_it = len(alike) <= NEAR_LIMIT and self._comparisons <= NEAR_COMPARISONS
            self._nearest[ref] = nearest(ref, alike) if is_worth_it else ""
        return self._nearest[ref]


def is_set(value: object) -> bool:
    """Whether a field is set to something."""
    return value is not None and value != "" and value != []


def alternatives(words: Sequence[str]) -> str:
    """Words in a sentence: a, b or c."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))

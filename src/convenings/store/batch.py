"""Changes that are saved together, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from convenings.domain.parting import Split
from convenings.domain.record_values import Import
from convenings.domain.records import Record
from convenings.store.line_changes import LineChange

Place = str
"""Where a record comes from, for people: ``talks.csv: row 17``."""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """Changes that are saved together or not at all, in this order."""

    insert: Sequence[Record] = ()
    """Records whose ids must be free."""
    upsert: Sequence[Record] = ()
    """Records that are added, or take the place of those with their ids."""
    update: Sequence[Record] = ()
    """Records that take the place of those with their ids, which are there."""
    unmerge: Sequence[str] = ()
    """Ids that merges took out of use, to be records of their own again."""
    merge: Sequence[tuple[str, str]] = ()
    """Pairs of a record that goes and the one that stands for it from then on."""
    split: Split | None = None
    """A record that is two, before all else is done."""
    remove: Sequence[str] = ()
    """Ids of records that go."""
    redirects: Mapping[str, str] = {}
    """Ids that led to records elsewhere, each with the id that it is to lead to; those that lead somewhere stay."""
    imports: Sequence[Import] = ()
    """What files have brought; an import of a source takes the place of the one before."""
    places: Mapping[str, Place] = {}
    """Id to where the record comes from, for what is said of its faults."""
    is_complete: bool = False
    """Whether records without evidence for all they say are refused, too; they can be given it later otherwise."""

    @property
    def changes_redirects(self) -> bool:
        """Whether ids may come to lead elsewhere by it."""
        return bool(self.merge or self.unmerge or self.remove or self.redirects)


class Outcome(msgspec.Struct, kw_only=True):
    """What a batch did, by the ids of the records."""

    inserted: list[str] = []
    updated: list[str] = []
    unchanged: list[str] = []
    """Those that were to be updated and are as they were."""
    removed: list[str] = []
    merged: dict[str, str] = {}
    """Id that went to the id that stands for it, what became one thing by these merges included."""
    unmerged: list[str] = []
    changes: list[LineChange] = []
    """Every document that is otherwise than before."""

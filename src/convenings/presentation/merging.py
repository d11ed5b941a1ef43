"""What a merge, the undo of one, or a split would do to records: each before and after, before any of it is saved."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from convenings.domain.edits import Change
from convenings.domain.kinds import kind_of
from convenings.domain.records import Record
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.decoding import decode
from convenings.store.line_changes import NOTHING, LineChange


def record_changes(dataset: Dataset, batch: Batch, first: Collection[str]) -> list[Change]:
    """What a batch would make of each record, some of them first.

    Args:
        dataset: The dataset; it is not written.
        batch: What would be saved.
        first: Ids of those that come first.

    Raises:
        BadInput: The batch would be refused, or the dataset cannot be read.
    """
    outcome = dataset.foreseen(batch)
    leading = {*first, *outcome.inserted}
    changes = [_change(each) for each in outcome.changes if each.is_of_record]
    return sorted(changes, key=lambda change: change.id not in leading)


def _change(change: LineChange) -> Change:
    return Change(_record(change, change.before), _record(change, change.after))


def _record(change: LineChange, document: msgspec.Raw) -> Record | None:
    return None if document == NOTHING else decode(kind_of(change.id), document)

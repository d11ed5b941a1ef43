"""What a merge, the undo of one, or a split would do to records: each before and after, before any of it is saved."""

from __future__ import annotations

from collections.abc import Collection

from convenings.domain.edits import Change
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.line_changes import change_of


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
    changes = [change_of(each) for each in outcome.changes if each.is_of_record]
    return sorted(changes, key=lambda change: change.id not in leading)

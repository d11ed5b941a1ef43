"""What was done to a dataset, and to one record of it, as its journal has it; and what the journal does not explain."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

import msgspec

from convenings.store import files
from convenings.store.dataset import Dataset
from convenings.store.journal import Entry, Journal, Step
from convenings.store.line_changes import LineChange

StepState = Literal["done", "undone", "not in the file"]
"""Whether what a step did is in the file: taken back by a later one, or never saved, or of another copy."""


class PastStep(msgspec.Struct, frozen=True):
    """A step, and what has become of it."""

    step: Step
    state: StepState
    is_left_alone: bool
    """Whether nobody else had changed the file before the next step, or has by now."""
    changes: list[LineChange] = []
    """What it did to the record that was asked about; empty where none was."""


def past_steps(dataset: Dataset, ref: str = "") -> Iterator[PastStep]:
    """The steps of the journal, the last one first.

    Args:
        dataset: The dataset.
        ref: Where it is not empty, only those that changed this record, or one that a merge has made part of it.

    Raises:
        BadInput: The dataset, or the journal, cannot be read.
    """
    ids = _ids_of(dataset, ref) if ref else frozenset[str]()
    needles = [b'"id":' + msgspec.json.encode(each) for each in ids]
    journal = Journal(dataset.path)
    chain = journal.chain(journal.standing(files.content_hash(dataset.path)))
    present = next(chain, None)
    undone: set[int] = set()
    settled: set[int] = set()
    for entry in journal.entries():
        step = entry.step
        state: StepState = "not in the file"
        is_left_alone = True
        if present is not None and present.step.number == step.number:
            state, is_left_alone = "done", present.is_left_alone
            number = step.of or step.number
            if step.number in undone:
                state = "undone"
            elif step.kind in ("undo", "redo") and number not in settled:
                # The last word on that step.
                settled.add(number)
                if step.kind == "undo":
                    undone.add(number)
            present = next(chain, None)
        changes = [] if not needles else _changes(entry, needles, ids)
        if not needles or changes:
            yield PastStep(step, state, is_left_alone, changes)


def remark(dataset: Dataset) -> str:
    """What the journal does not explain of a dataset as it is, in a sentence; empty where it is as the last step left
    it, or nothing was ever done to it here.

    Raises:
        BadInput: The dataset cannot be read.
    """
    journal = Journal(dataset.path)
    standing = journal.standing(files.content_hash(dataset.path))
    if standing.is_exact and not standing.later:
        return ""
    last = next(journal.entries(), None)
    assert last is not None
    if not standing.is_exact:
        what = f"another program, or somebody by hand, has changed the file since step {last.step.number}"
        return f"{what} ({last.step.title}); undo does not run over that"
    after = f"after step {standing.entry.step.number}" if standing.entry else "before all steps"
    if standing.later == 1:
        return f"step {last.step.number} ({last.step.title}) was not saved, or the file is an older copy, {after}"
    return f"the file is an older copy: it is as it was {after}, and {standing.later} later steps are not in it"


def _ids_of(dataset: Dataset, ref: str) -> frozenset[str]:
    """The id of a record with those that lead to it."""
    ends = dataset.resolved_redirects()
    end = ends.get(ref, ref)
    return frozenset((ref, end, *(old for old, new in ends.items() if new == end)))


def _changes(entry: Entry, needles: Collection[bytes], ids: Collection[str]) -> list[LineChange]:
    data = entry.encoded_changes()
    # Most steps are of other records, and need not be decoded.
    if not any(needle in data for needle in needles):
        return []
    return [change for change in entry.changes() if change.is_of_record and change.id in ids]

"""Decisions as steps over two files, the dataset and the queue, each of which can be undone and done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, kind_of
from convenings.domain.records import Record
from convenings.domain.references import references
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.draft_file import DraftFile, DraftRecord, DraftStep
from convenings.store.journal import Purpose


class Steps:
    """What was decided, newest last.

    The queue is written first, with what the dataset is to hold: where the program is killed before the dataset is
    saved, :meth:`settle` sees that none of it is there and takes the decision back.

    Args:
        dataset: The dataset.
        file: The queue.
        read: Gives all records of the dataset as it is now, by id.
    """

    def __init__(self, dataset: Dataset, file: DraftFile, read: Callable[[], Mapping[str, Record]]) -> None:
        self._dataset = dataset
        self._file = file
        self._read = read

    def do(self, what: str, drafts: Mapping[str, DraftRecord], records: Mapping[str, Record]) -> None:
        """Make a decision.

        Args:
            what: It, in a word or two.
            drafts: Id to draft records as they are to be.
            records: Id to records of the dataset as they are to be.

        Raises:
            BadInput: A record is not fit to be saved, or one of the files cannot be written; nothing has changed.
        """
        own, former = self._file.tables, self._read() if records else {}
        old_steps = own.steps
        step = DraftStep(
            number=max((each.number for each in old_steps), default=0) + 1,
            what=what,
            drafts={ref: (own.records.get(ref), draft) for ref, draft in drafts.items()},
            records={ref: (_document(former.get(ref)), _document(record)) for ref, record in records.items()},
        )
        if all(before == after for before, after in (*step.drafts.values(), *step.records.values())):
            return
        self._carry_out(step, [*(each for each in old_steps if not each.is_undone), step], is_back=False)

    def undo(self) -> DraftStep:
        """Take the last decision back.

        Raises:
            BadInput: There is none, or what it wrote was changed since, or has come to be referred to.
        """
        steps = self._file.tables.steps
        step = next((each for each in reversed(steps) if not each.is_undone), None)
        if step is None:
            raise BadInput("there is no decision to undo", hint="decide on something first")
        self._refuse_changed(step, is_back=True)
        self._carry_out(step, _with(steps, replace(step, is_undone=True)), is_back=True)
        return step

    def redo(self) -> DraftStep:
        """Make the decision again that was taken back last.

        Raises:
            BadInput: There is none, or what it would write was changed since.
        """
        steps = self._file.tables.steps
        step = next((each for each in steps if each.is_undone), None)
        if step is None:
            raise BadInput("there is nothing to do again", hint="undo something first")
        self._refuse_changed(step, is_back=False)
        self._carry_out(step, _with(steps, replace(step, is_undone=False)), is_back=False)
        return step

    def settle(self) -> None:
        """Bring the queue in line with the dataset where the program was killed between writing the two."""
        steps = self._file.tables.steps
        last = next((each for each in reversed(steps) if not each.is_undone), None)
        if last and last.records and self._holds(last, after=False):
            self._file.put(_turned(last, is_back=True), [each for each in steps if each is not last])
            return
        first = next((each for each in steps if each.is_undone), None)
        if first and first.records and self._holds(first, after=True):
            self._file.put(_turned(first, is_back=False), _with(steps, replace(first, is_undone=False)))

    def _carry_out(self, step: DraftStep, steps: list[DraftStep], *, is_back: bool) -> None:
        old_steps = self._file.tables.steps
        self._file.put(_turned(step, is_back=is_back), steps)
        documents = {ref: pair[0 if is_back else 1] for ref, pair in step.records.items()}
        records = [_record(ref, document) for ref, document in documents.items() if document is not None]
        going = [ref for ref, document in documents.items() if document is None]
        if not documents:
            return
        try:
            purpose = Purpose(why=f"review of a report: {step.what}{' undone' if is_back else ''}")
            self._dataset.save(Batch(upsert=records, remove=going, is_complete=not is_back), purpose)
        except BadInput:
            self._file.put(_turned(step, is_back=not is_back), old_steps)
            raise

    def _refuse_changed(self, step: DraftStep, *, is_back: bool) -> None:
        records = self._read() if step.records else {}
        for ref, pair in step.records.items():
            if _document(records.get(ref)) != pair[1 if is_back else 0]:
                what = "it has been changed since, and that is not undone over"
                raise BadInput(what, place=ref, hint="change it back first, or leave it as it is")
        going = {ref for ref, pair in step.records.items() if pair[0 if is_back else 1] is None}
        for other in records.values() if going else ():
            if other.id not in step.records and any(ref in going for _, ref in references(other)):
                what = f"'{other.id}' refers to what would go"
                raise BadInput(what, place=other.id, hint="change or remove that record first")

    def _holds(self, step: DraftStep, *, after: bool) -> bool:
        """Whether the dataset has all of a step's records as they were before it, or after it, and not otherwise."""
        records = self._read()
        return all(
            pair[0] != pair[1] and _document(records.get(ref)) == pair[after] for ref, pair in step.records.items()
        )


def _document(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else msgspec.to_builtins(record)


def _record(ref: str, document: dict[str, Any]) -> Record:
    return msgspec.convert(document, KINDS[kind_of(ref)])


def _turned(step: DraftStep, *, is_back: bool) -> dict[str, tuple[DraftRecord | None, DraftRecord | None]]:
    return {ref: (after, before) if is_back else (before, after) for ref, (before, after) in step.drafts.items()}


def _with(steps: list[DraftStep], step: DraftStep) -> list[DraftStep]:
    return [step if each.number == step.number else each for each in steps]

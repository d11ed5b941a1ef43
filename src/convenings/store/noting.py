"""What the journal says of a save, and a save with its step in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from convenings.domain.edits import StepKind, changed_fields, title_of
from convenings.store import line_spans
from convenings.store.author import author
from convenings.store.batch import Batch, Outcome
from convenings.store.canonical import Info
from convenings.store.journal import Journal, Purpose, Step, now, short
from convenings.store.line_changes import NOTHING, LineChange, differences

MOST_OF_ID = 200
"""Characters of the id of a dataset that are kept with a step."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What a save is for, and what it changes."""

    purpose: Purpose = Purpose()
    changes: Sequence[LineChange] | None = None
    """Every document that is otherwise; nothing where that is to be worked out."""


def note_of(batch: Batch, outcome: Outcome, purpose: Purpose | None) -> Note:
    """What there is to say of a batch; its kind of step, where the purpose leaves it open."""
    purpose = purpose or Purpose()
    if purpose.kind is None:
        kind: StepKind | None = None
        title = ""
        if batch.merge:
            kind = "merge"
            title = _joined([f"{old} into {new}" for old, new in batch.merge], "merged {}", "merged {:,} records")
        elif batch.unmerge:
            kind = "split"
            title = _joined([f"{ref} from what it was merged into" for ref in batch.unmerge], "split {}", "split {:,}")
        elif batch.split is not None:
            kind, other = "split", batch.split.to or next(iter(outcome.inserted), batch.split.name)
            title = f"split {batch.split.id}: part of it is {other}"
        elif batch.imports:
            kind = "import"
            title = _joined([each.file for each in batch.imports], "imported {}", "imported {:,} files")
        purpose = msgspec.structs.replace(purpose, kind=kind, title=purpose.title or title)
    return Note(purpose=purpose, changes=outcome.changes)


@contextmanager
def noted(
    path: Path, note: Note, hashes: tuple[str, str], before: bytes, content: Sequence[bytes | memoryview]
) -> Iterator[None]:
    """Write the step of a save into the journal, before it is made; the lock is held.

    Args:
        path: The dataset.
        note: What there is to say.
        hashes: SHA-256 of what the file holds, and of what it is to hold.
        before: The canonical form of what it holds, in today's format.
        content: What it is to hold, in parts.

    Raises:
        BadInput: The journal cannot be written.
    """
    changes = note.changes
    if changes is None:
        changes = differences(before, b"".join(content))
    journal = Journal(path)
    step = step_of(journal, note.purpose, *hashes, changes, dataset_id(before))
    with journal.step(step, changes):
        yield


def step_of(
    journal: Journal, purpose: Purpose, before: str, after: str, changes: Sequence[LineChange], dataset: str
) -> Step:
    """The step to be written next; arguments as the fields of :class:`~convenings.store.journal.Step`."""
    standing = journal.standing(before)
    last = next(journal.entries(), None)
    kind = purpose.kind or _kind(changes)
    records = [change for change in changes if change.is_of_record]
    return Step(
        number=last.step.number + 1 if last else 1,
        at=now(),
        who=author() if purpose.who is None else purpose.who,
        kind=kind,
        title=short(purpose.title or _title(kind, records)),
        before=before,
        after=after,
        length=0,
        records=len(records),
        follows=standing.entry.step.number if standing.entry else 0,
        of=purpose.of,
        why=short(purpose.why),
        dataset=dataset[:MOST_OF_ID],
    )


def dataset_id(data: bytes) -> str:
    """The id of a dataset, from its canonical bytes; empty where it has none."""
    span = next(span for name, span in line_spans.table_by_table(data) if name == "dataset")
    infos = msgspec.json.decode(b"{%b}" % data[span.first : span.last], type=dict[str, Info])
    return next((info.id for info in infos.values()), "")


def _kind(changes: Sequence[LineChange]) -> StepKind:
    """What a step does, as far as that is to be seen from its changes."""
    if not changes:
        return "format"
    records = [change for change in changes if change.is_of_record]
    if records and all(change.before == NOTHING for change in records):
        return "add"
    if records and all(change.after == NOTHING for change in records):
        return "remove"
    return "many" if len(records) > 1 else "edit"


def _title(kind: StepKind, records: Sequence[LineChange]) -> str:
    ids = [change.id for change in records]
    if len(records) != 1:
        return title_of(kind, ids)
    before, after = documents(records[0])
    label = (after or before or {}).get("label")
    fields = changed_fields(before, after) if before and after else ()
    return title_of(kind, ids, label if isinstance(label, str) else "", fields)


def documents(change: LineChange) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    """A document before and after, as JSON has it."""
    return _DOCUMENT.decode(change.before), _DOCUMENT.decode(change.after)


def _joined(parts: Sequence[str], one: str, many: str) -> str:
    return one.format(parts[0]) if len(parts) == 1 else many.format(len(parts))


_DOCUMENT = msgspec.json.Decoder(dict[str, object] | None)

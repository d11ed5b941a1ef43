"""Edits carried out on a dataset as it is now: over nothing that is somebody else's, and never with a new fault."""

from __future__ import annotations

import msgspec

from convenings.domain.edits import Document, Edit, FieldConflict, carried_over
from convenings.domain.kinds import KINDS, kind_of
from convenings.domain.records import Record
from convenings.store import files
from convenings.store.applying import apply as apply_batch
from convenings.store.batch import Batch
from convenings.store.changes import follow
from convenings.store.conflicts import Conflicts
from convenings.store.dataset import Dataset
from convenings.store.decoding import decode
from convenings.store.faults import Fault
from convenings.store.journal import Purpose
from convenings.store.new_faults import new_faults
from convenings.store.noting import note_of
from convenings.store.splice import Lines, Pieces
from convenings.store.validation import refuse


class Editor:
    """A dataset of which records are being edited: what speaks against them is said without writing anything.

    Args:
        dataset: The dataset; it is read again where its file has changed.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._state: tuple[files.Signature | None, Lines] | None = None

    def record(self, ref: str) -> Record | None:
        """A record as it stands in the file now, or the one into which it was merged; nothing where there is none.

        Raises:
            BadInput: The file cannot be read, or the record is none of the data model.
        """
        lines = self._lines()
        data = lines.encoded(follow(ref, {old: each.to for old, each in lines.redirects.items()}))
        return None if data is None else decode(kind_of(ref), data)

    def faults(self, edit: Edit) -> list[Fault]:
        """What speaks against an edit: what the check would say afterwards and does not say now.

        Raises:
            BadInput: The file cannot be read.
        """
        put = [change.after for change in edit.changes if change.after is not None]
        removed = [change.id for change in edit.changes if change.after is None]
        lines = self._lines()
        return new_faults(lines, put, removed, str(self.dataset.path))

    def apply(self, edit: Edit, purpose: Purpose | None = None) -> list[Record]:
        """Save an edit, as one step; where other fields of the records have changed since, those stay as they are.

        Args:
            edit: The records as they were when it was begun, and as they are to be.
            purpose: What the journal is to say of it; made of the edit where absent.

        Returns:
            The records as the file has them now: what others have changed in other fields is in them.

        Raises:
            Conflicts: Somebody else has changed the same fields meanwhile; nothing was saved.
            BadBatch: The check would have something to say of it; nothing was saved.
            BadInput: It cannot be saved.
        """
        path = str(self.dataset.path)
        purpose = purpose or Purpose(why=edit.why)
        saved: list[Record] = []

        def save(data: bytes) -> Pieces | None:
            lines = Lines(data)
            batch = _batch(edit, lines, path)
            put = [*batch.insert, *batch.update]
            edited = Lines(data, lines)
            pieces, outcome = apply_batch(batch, edited, path)
            refuse(new_faults(lines, put, batch.remove, path))
            documents = [(kind_of(change.id), edited.encoded(change.id)) for change in edit.changes]
            saved[:] = [decode(kind, document) for kind, document in documents if document is not None]
            if pieces is not None:
                self.dataset.db.storage.note = note_of(batch, outcome, purpose)
            return pieces

        self.dataset.rewrite(save)
        return saved

    def _lines(self) -> Lines:
        signature = self.dataset.signature
        if self._state is None or self._state[0] != signature:
            self._state = signature, Lines(self.dataset.db.storage.canonical_bytes())
        return self._state[1]


def _batch(edit: Edit, lines: Lines, file: str) -> Batch:
    """What an edit comes to in a dataset as it is.

    Raises:
        Conflicts: Somebody else has changed the same fields.
    """
    conflicts: list[FieldConflict] = []
    insert: list[Record] = []
    update: list[Record] = []
    remove: list[str] = []
    for change in edit.changes:
        present = lines.document(change.id)
        document, more = carried_over(change.id, _document(change.before), _document(change.after), present)
        conflicts += more
        if document is None:
            if present is not None:
                remove.append(change.id)
        elif document != present:
            record: Record = msgspec.convert(document, KINDS[kind_of(change.id)])
            (insert if present is None else update).append(record)
    if conflicts:
        raise Conflicts(conflicts, file)
    return Batch(insert=insert, update=update, remove=remove)


def _document(record: Record | None) -> Document | None:
    """A record as its document has it, without what is at its default."""
    if record is None:
        return None
    return msgspec.json.decode(msgspec.json.encode(record), type=Document)
